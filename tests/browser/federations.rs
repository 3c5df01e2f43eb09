//! The product beside invented identity providers, both on real ports; and what a person does on a provider's page.

use crate::browser::{portal::Portal, visitor::Visitor};
use axum::Router;
use domain::{Clock as _, identity::IdentityScheme};
use simulators::identity_provider::{self as providers, IdentityProviders, Person, Source};
use std::sync::Arc;
use support::{
    app::{MORNING, Options, TestApp},
    clock::FixedClock,
    entropy::SeededEntropy,
    federation,
};
use thirtyfour::By;
use url::Url;

/// Name, entityIDs with where their metadata are, hosts.
type Comune = (&'static str, [(&'static str, &'static str); 2], &'static [&'static str]);

/// What each comune is called, where its metadata are below its path, and by which host it is reached.
const COMUNI: [Comune; 2] = [
    (
        "alfa",
        [("https://spid.alfa.example.test", "spid"), ("https://cie.alfa.example.test", "cie")],
        &["alfa.localhost"],
    ),
    (
        "beta",
        [
            ("https://aggregatore.example.test/pub-ag-full/unione_beta", "spid"),
            ("https://cie.beta.example.test", "cie"),
        ],
        &[],
    ),
];

/// Both sides; the providers end with it.
pub struct Federations {
    /// The product.
    pub portal: Portal,
    _providers: IdentityProviders,
}

impl Federations {
    /// Starts the providers, then the product, which fetches their metadata, as they fetch those of the comuni.
    pub async fn open() -> Self {
        let clock = Arc::new(FixedClock::at_text(MORNING));
        let options = providers::Options::new(clock, Arc::new(SeededEntropy::of_test()));
        let providers = IdentityProviders::start(options).await.expect("the providers start");
        let base = providers.base_url().clone();
        let registry = providers.registry_key().certificate_der().expect("a certificate");
        let portal = Portal::open_as(Router::new(), |options| Options {
            trust: federation::trust_in(registry),
            provider_addresses: vec![
                (IdentityScheme::Spid, format!("{base}registry.xml")),
                (IdentityScheme::Cie, format!("{base}cie/metadata")),
                (IdentityScheme::Eidas, format!("{base}eidas/metadata")),
            ],
            ..options
        });
        let portal = portal.await;
        for (slug, doors, hosts) in COMUNI {
            for (entity_id, door) in doors {
                let url = format!("{}/{slug}/{door}/metadata", portal.address);
                let url = Url::parse(&url).expect("an address");
                let source = Source::Address { url, connect: None };
                providers.service_providers().register(entity_id, source);
            }
            move_to(&portal.app, slug, hosts).await;
        }
        portal.app.give_keys().await;
        portal.app.worker.refresh_identity_providers().await;
        let now = portal.app.clock.now();
        let known = portal.app.providers.reload(&portal.app.platform, now).await;
        known.expect("the database answers");
        Self { portal, _providers: providers }
    }
}

/// Browsers trust with secure cookies, without TLS, only what is called localhost.
async fn move_to(app: &TestApp, slug: &str, hosts: &[&str]) {
    let mut bundle = TestApp::bundle(slug);
    let hosts = hosts.iter().map(|host| (*host).to_owned().try_into().expect("a host"));
    bundle.settings.access.hosts = hosts.collect();
    app.apply(slug, &bundle).await;
}

impl Visitor<'_> {
    /// Opens the list of SPID's providers.
    pub async fn open_list(&self) {
        self.element(".door-spid summary").await.click().await.expect("it can be pressed");
    }

    /// Names of the providers of SPID, as they stand.
    pub async fn providers(&self) -> Vec<String> {
        let script = "return [...document.querySelectorAll('.provider-link')].map((a) => a.textContent.trim())";
        serde_json::from_value(self.execute(script).await).expect("a list of names")
    }

    /// Leaves for a provider of the opened list.
    pub async fn leave_for(&self, provider: &str) {
        let path = format!("//a[normalize-space()=\"{provider}\"]");
        let link = self.driver.find(By::XPath(path)).await.expect("a provider of the list");
        link.click().await.expect("it can be pressed");
        self.at_provider().await;
    }

    /// Leaves for the provider of CIE.
    pub async fn leave_with_cie(&self) {
        self.element(".door-cie a").await.click().await.expect("it can be pressed");
        self.at_provider().await;
    }

    /// Waits for the provider's page. What browsers say about it is nobody's concern.
    pub async fn at_provider(&self) {
        self.element("button[value=acconsento]").await;
        self.driver.browser_log().await.expect("the console can be read");
    }

    /// On the provider's page: says who they are, and decides.
    pub async fn decide(&self, person: &str, action: &str) {
        let known = Person::find(person).expect("an invented person");
        let code = known.codice_fiscale().map(|code| code.as_str().to_owned());
        self.portal.app.logs.watch_words(code);
        for css in [format!("input[value={person}]"), format!("button[value={action}]")] {
            self.element(&css).await.click().await.expect("it can be pressed");
        }
        if !self.seat.scripts {
            self.element("form[action$='/acs'] button").await.click().await.expect("it goes on");
        }
        self.element("footer").await;
        self.driver.browser_log().await.expect("the console can be read");
    }
}
