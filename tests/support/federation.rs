//! The federations as a test wants them: invented providers that the product knows, keys of the comuni, and a person
//! who leaves for a provider and comes back with whatever the test lets them bring.

use crate::{app::TestApp, browser::Browser, page::Page};
use axum::http::{HeaderMap, Method, StatusCode, header};
use domain::{
    Actor, Clock as _,
    identity::{AssuranceLevel, IdentityScheme},
    ids::TenantId,
};
use operations::{
    identity_providers,
    saml_keys::{self, KeyOwner, NewPair},
};
use simulators::identity_provider::{
    Answer, AuthnRequest, ErrorCode, Ground, Person, Provider, Signing, metadata, registry,
    signer::{self, SignOptions, SigningKey},
};
use spid::{Aggregator, Certificate, CertificateSubject, Mode, NewKey, Sources};
use std::sync::LazyLock;
use url::{Url, form_urlencoded};
use uuid::Uuid;

/// Providers that listen nowhere: their answers are made by the test itself.
static PROVIDERS: LazyLock<Vec<Provider>> = LazyLock::new(|| {
    let base = Url::parse("http://127.0.0.1:9/").expect("an address");
    Provider::all(&base).expect("keys")
});
static REGISTRY: LazyLock<SigningKey> =
    LazyLock::new(|| SigningKey::generate("Registro dei test").expect("a key"));

/// What the product believes in tests: the invented registry, and metadata without signature.
pub fn trust() -> Sources {
    let certificate = REGISTRY.certificate_der().expect("a certificate");
    trust_in(certificate)
}

/// The same with another registry.
pub fn trust_in(registry: Vec<u8>) -> Sources {
    let certificate = Certificate::from_der(registry).expect("a certificate");
    Sources { spid: vec![certificate], allow_loopback: true, ..Sources::default() }
}

/// The registry of the tests with these descriptors, made elsewhere, and nobody else.
pub fn registry_of(descriptors: &[String]) -> String {
    registry::aggregate(&[], descriptors, "_registro", &REGISTRY).expect("signed")
}

/// The operator of the tests as aggregator.
pub fn aggregator() -> Aggregator {
    Aggregator {
        entity_id_host: "aggregatore.example.test".into(),
        name: "Operatore di prova".into(),
        codice_ipa: None,
        vat: Some("IT12345678903".into()),
        fiscal_code: None,
        email: "spid@aggregatore.example.test".into(),
        telephone: Some("+390600000001".into()),
    }
}

/// The invented provider with that short name: `alfa`, `beta`, `gamma`, `delta`, `cie`, `eidas`.
pub fn provider(slug: &str) -> &'static Provider {
    PROVIDERS.iter().find(|provider| provider.slug == slug).expect("an invented provider")
}

/// Keys take long to make: one pair per owner serves all tests of a process.
static ALFA_KEY: LazyLock<NewKey> = LazyLock::new(|| {
    new_key("https://spid.alfa.example.test", "Comune di Alfa", "c_alfa", &Mode::Public)
});
static OPERATOR_KEY: LazyLock<NewKey> = LazyLock::new(|| {
    let mode = Mode::PublicFullAggregator(aggregator());
    new_key("https://aggregatore.example.test", "Operatore di prova", "", &mode)
});

/// Made long before any test's morning, and good until long after it.
fn new_key(entity_id: &str, name: &str, codice_ipa: &str, mode: &Mode) -> NewKey {
    let subject = CertificateSubject {
        entity_id,
        organisation_name: name,
        common_name: name,
        codice_ipa,
        locality: "Taranto",
        country: "IT",
        mode,
    };
    let then = "2023-12-01T00:00:00Z".parse().expect("an instant");
    spid::new_key(&subject, then, 3650).expect("a key")
}

impl TestApp {
    /// Gives alfa and the operator their keys, and makes the invented providers known.
    pub async fn open_identity_doors(&self) {
        self.give_keys().await;
        let spid: Vec<&Provider> =
            PROVIDERS.iter().filter(|it| it.scheme == IdentityScheme::Spid).collect();
        let registry = registry::aggregate(&spid, &[], "_registro", &REGISTRY).expect("signed");
        let single = |slug| metadata::signed_entity(provider(slug)).expect("signed");
        for (scheme, xml) in [
            (IdentityScheme::Spid, registry),
            (IdentityScheme::Cie, single("cie")),
            (IdentityScheme::Eidas, single("eidas")),
        ] {
            self.learn(scheme, &xml).await;
        }
    }

    /// Gives alfa and the operator (who signs for beta) a key each.
    pub async fn give_keys(&self) {
        let alfa = self.tenant("alfa");
        self.give_key(alfa, KeyOwner::Tenant, &ALFA_KEY).await;
        self.give_key(Uuid::nil().into(), KeyOwner::Operator, &OPERATOR_KEY).await;
    }

    async fn give_key(&self, tenant: TenantId, owner: KeyOwner, key: &NewKey) {
        let pair = NewPair {
            private_key: &key.private_key_pem,
            certificate: key.certificate.der(),
            expires_at: key.certificate.not_after().expect("an end"),
        };
        let ctx = self.ctx(tenant, Actor::Platform);
        let usage = saml_keys::add(&ctx, &self.platform, owner, pair).await;
        assert_eq!(usage.expect("the database answers"), Ok("signing"));
    }

    /// Stores what a source says, and lets this process know.
    pub async fn learn(&self, scheme: IdentityScheme, xml: &str) {
        let now = self.clock.now();
        let stored = identity_providers::record(&self.platform, scheme, Some(xml), None, now);
        stored.await.expect("the database answers").expect("a new version");
        self.providers.reload(&self.platform, now).await.expect("the database answers");
    }
}

/// Somebody on the way to a provider.
pub struct Leaving {
    /// Who is asked.
    pub provider: &'static Provider,
    /// The request as the provider reads it.
    pub request: AuthnRequest,
    /// What has to come back with the answer.
    pub relay_state: String,
    /// Where the answer goes, as the comune's metadata say.
    pub acs: String,
}

impl Leaving {
    /// A person leaves the comune of this browser for a provider.
    pub async fn by(browser: &mut Browser<'_>, slug: &str) -> Self {
        let provider = provider(slug);
        let page = browser.get(&sign_in_path(&browser.mount, provider)).await;
        assert_eq!(page.status, StatusCode::FOUND, "{page:?}");
        let url = Url::parse(page.location().expect("a redirect")).expect("an address");
        let find = |name: &str| {
            let mut pairs = url.query_pairs();
            pairs.find(|(known, _)| known == name).expect("a parameter").1.into_owned()
        };
        let xml = signer::inflate(&find("SAMLRequest")).expect("a request");
        let request = AuthnRequest::parse(&xml).expect("a request");
        let door = if provider.scheme == IdentityScheme::Cie { "cie" } else { "spid" };
        let acs = format!("https://{}{}/{door}/acs", browser.host, browser.mount);
        Self { provider, request, relay_state: find("RelayState"), acs }
    }

    /// What an answer is made from.
    pub fn ground<'a>(&'a self, app: &'a TestApp) -> Ground<'a> {
        Ground {
            provider: self.provider,
            request: &self.request,
            acs: &self.acs,
            now: app.clock.now(),
            entropy: &*app.platform.entropy,
        }
    }

    /// The right answer for a person (`anna`, `luca`, `minore`, …), to be bent before it is signed.
    pub fn answer(&self, app: &TestApp, person: &str) -> Answer {
        let person = Person::find(person).expect("an invented person");
        app.logs.watch_words(personal(person));
        let level = self.request.level().unwrap_or(AssuranceLevel::L2);
        let wanted: &[&str] = match self.provider.scheme {
            IdentityScheme::Spid => &["spidCode", "fiscalNumber", "name", "familyName", "email"],
            IdentityScheme::Cie => &["name", "familyName", "dateOfBirth", "fiscalNumber"],
            IdentityScheme::Eidas => &["spidCode", "name", "familyName", "dateOfBirth"],
        };
        let wanted: Vec<String> = wanted.iter().map(|name| (*name).to_owned()).collect();
        Answer::success(&self.ground(app), person, level, &wanted)
    }

    /// An anomaly of the official table.
    pub fn error(&self, app: &TestApp, number: u8) -> Answer {
        Answer::error(&self.ground(app), ErrorCode::new(number).expect("a number of the table"))
    }

    /// Signed as providers do.
    pub fn signed(&self, answer: &Answer) -> String {
        let key = self.provider.key().expect("a key");
        answer.signed(key, Signing::BOTH, &SignOptions::default()).expect("signed")
    }

    /// Brings a document to the comune, as the provider's page does.
    pub async fn bring(&self, browser: &mut Browser<'_>, xml: &str) -> Page {
        let response = base64(xml);
        let fields = [("SAMLResponse", response.as_str()), ("RelayState", &self.relay_state)];
        let path = Url::parse(&self.acs).expect("an address").path().to_owned();
        browser.post_from("http://127.0.0.1:9", &path, &fields).await
    }
}

/// The path with which a person leaves for a provider.
pub fn sign_in_path(mount: &str, provider: &Provider) -> String {
    let door = if provider.scheme == IdentityScheme::Cie { "cie" } else { "spid" };
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("idp", &provider.entity_id)
        .append_pair("scopo", "enrol")
        .finish();
    format!("{mount}/{door}/accesso?{query}")
}

/// A document as it travels in a form.
pub fn base64(xml: &str) -> String {
    use ::base64::{Engine as _, engine::general_purpose::STANDARD};
    STANDARD.encode(xml)
}

/// What of an invented person must never be logged.
fn personal(person: &Person) -> Vec<String> {
    let code = person.codice_fiscale().map(|code| code.as_str().to_owned());
    let words = [person.name, person.surname, person.email, person.code].map(str::to_owned);
    words.into_iter().chain(code).collect()
}

impl Browser<'_> {
    /// Signs in as one of the invented people; the page it lands on.
    pub async fn sign_in(&mut self, provider: &str, person: &str) -> Page {
        let leaving = Leaving::by(self, provider).await;
        let answer = leaving.answer(self.app, person);
        let xml = leaving.signed(&answer);
        leaving.bring(self, &xml).await
    }

    /// Sends a form as another site's page does, and follows where it leads.
    pub async fn post_from(&mut self, origin: &str, path: &str, fields: &[(&str, &str)]) -> Page {
        let page = self.post_from_unfollowed(origin, path, fields).await;
        self.led_on(page).await
    }

    /// Sends a form as another site's page does.
    pub async fn post_from_unfollowed(
        &mut self,
        origin: &str,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Page {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let mut headers = HeaderMap::new();
        let kind = "application/x-www-form-urlencoded";
        headers.insert(header::CONTENT_TYPE, kind.parse().expect("a media type"));
        headers.insert("sec-fetch-site", "cross-site".parse().expect("a word"));
        headers.insert(header::ORIGIN, origin.parse().expect("an origin"));
        self.request(Method::POST, path, headers, body.into_bytes()).await
    }
}
