//! Keeping the identity providers current: fetched over HTTP, judged, kept in versions; a bad day of the source harms nobody.

use domain::identity::IdentityScheme::{Cie, Spid};
use jiff::SignedDuration;
use simulators::identity_provider::{IdentityProviders, Options as Server};
use std::sync::Arc;
use support::{
    app::{MORNING, Options, TestApp},
    browser::Browser,
    clock::FixedClock,
    entropy::SeededEntropy,
    federation, sql,
};

/// The invented providers on a port of their own.
async fn server() -> IdentityProviders {
    let clock = Arc::new(FixedClock::at_text(MORNING));
    let options = Server::new(clock, Arc::new(SeededEntropy::of_test()));
    IdentityProviders::start(options).await.expect("a free port")
}

/// A product that fetches from there.
async fn product(server: &IdentityProviders, believed: Vec<u8>) -> TestApp {
    let base = server.base_url().as_str();
    let provider_addresses =
        vec![(Spid, format!("{base}registry.xml")), (Cie, format!("{base}cie/metadata"))];
    let trust = federation::trust_in(believed);
    let app =
        TestApp::start_with(Options { trust, provider_addresses, ..Options::default() }).await;
    app.give_keys().await;
    app
}

fn signer(server: &IdentityProviders) -> Vec<u8> {
    server.registry_key().certificate_der().expect("a certificate")
}

async fn refresh(app: &TestApp) {
    app.worker.refresh_identity_providers().await;
    let now = domain::Clock::now(&*app.clock);
    app.providers.reload(&app.platform, now).await.expect("the database answers");
}

async fn versions(app: &TestApp) -> i64 {
    let count = "SELECT count(*) FROM identity_provider_version";
    sql::value(&mut app.database.app().await, count).await.expect("a count")
}

/// Names in the list of a start page.
async fn offered(app: &TestApp, slug: &str) -> Vec<String> {
    let page = Browser::at(app, slug).open("/").await;
    let mut names = page.texts("details a");
    names.retain(|name| name.starts_with("Identità"));
    names
}

#[tokio::test]
async fn what_the_registry_says_stands_in_the_list_in_a_new_order_each_time() {
    let server = server().await;
    let app = product(&server, signer(&server)).await;
    assert!(offered(&app, "alfa").await.is_empty(), "nobody is hard-coded");
    refresh(&app).await;
    for slug in ["alfa", "beta"] {
        let mut orders = std::collections::BTreeSet::new();
        for _ in 0..12 {
            let names = offered(&app, slug).await;
            assert_eq!(names.len(), 4, "{names:?}");
            orders.insert(names);
        }
        assert!(orders.len() > 3, "no provider is privileged");
    }
}

#[tokio::test]
async fn a_source_is_read_when_it_is_due_and_kept_when_it_has_changed() {
    let server = server().await;
    let app = product(&server, signer(&server)).await;
    refresh(&app).await;
    assert_eq!(versions(&app).await, 2, "SPID's and CIE's");
    server.roll_key("alfa").expect("a key");
    refresh(&app).await;
    assert_eq!(versions(&app).await, 2, "not due yet");
    app.clock.advance(SignedDuration::from_hours(7));
    refresh(&app).await;
    assert_eq!(versions(&app).await, 3, "the provider shows two keys now");
    let provider = server.provider("alfa").expect("a provider");
    assert_eq!(provider.keys.len(), 2);
    app.clock.advance(SignedDuration::from_hours(7));
    refresh(&app).await;
    assert_eq!(versions(&app).await, 3, "nothing has changed since");
}

#[tokio::test]
async fn another_signer_is_not_believed_and_a_source_that_is_gone_changes_nothing() {
    let server = server().await;
    let other = simulators::identity_provider::signer::SigningKey::generate("Altri").unwrap();
    let deceived = product(&server, other.certificate_der().unwrap()).await;
    refresh(&deceived).await;
    assert!(offered(&deceived, "alfa").await.is_empty());
    assert!(deceived.logs.text().contains("refused"), "it is told");

    let app = product(&server, signer(&server)).await;
    refresh(&app).await;
    drop(server);
    app.clock.advance(SignedDuration::from_hours(7));
    refresh(&app).await;
    assert_eq!(offered(&app, "beta").await.len(), 4, "the last good copy stays");
    // A process that starts on such a day finds the same copy.
    let mut late = Browser::at(&app, "beta");
    late.router = app.replica().await;
    let page = late.open("/").await;
    assert!(page.text().contains("Identità Alfa"));
}

#[tokio::test]
async fn a_source_that_loses_most_of_its_providers_is_taken_over_by_a_person_only() {
    let server = server().await;
    let app = product(&server, signer(&server)).await;
    refresh(&app).await;
    server.leave_out(&["alfa", "beta", "gamma"]);
    app.clock.advance(SignedDuration::from_hours(7));
    refresh(&app).await;
    assert_eq!(offered(&app, "alfa").await.len(), 4, "the last good copy stays");
    assert!(app.logs.text().contains("only 1 of 4 providers are left"), "{}", app.logs.text());
    server.leave_out(&["alfa", "beta"]);
    app.clock.advance(SignedDuration::from_hours(7));
    refresh(&app).await;
    assert_eq!(offered(&app, "beta").await.len(), 2, "half of them may go");
    server.leave_out(&["alfa", "beta", "gamma", "delta"]);
    let now = domain::Clock::now(&*app.clock);
    let sources = &app.worker.settings.identity_providers;
    let asked = worker::refresh_now(&app.platform, sources, now).await;
    assert!(
        asked.iter().any(|(_, read)| matches!(read, Err(worker::FetchError::Empty))),
        "{asked:?}"
    );
    server.leave_out(&["alfa", "beta", "gamma"]);
    worker::refresh_now(&app.platform, sources, now).await;
    app.providers.reload(&app.platform, now).await.unwrap();
    assert_eq!(offered(&app, "alfa").await, ["Identità Delta"], "whoever looks may take it");
}

#[tokio::test]
async fn replaced_versions_are_kept_as_long_as_the_register_and_the_newest_for_good() {
    let server = server().await;
    let app = product(&server, signer(&server)).await;
    refresh(&app).await;
    server.roll_key("alfa").expect("a key");
    app.clock.advance(SignedDuration::from_hours(7));
    refresh(&app).await;
    assert_eq!(versions(&app).await, 3);
    app.clock.advance(SignedDuration::from_hours(24 * 731));
    server.roll_key("beta").expect("a key");
    refresh(&app).await;
    assert_eq!(versions(&app).await, 4, "an answer of two years ago can still be proven");
    app.clock.advance(SignedDuration::from_hours(24 * 3));
    server.roll_key("gamma").expect("a key");
    refresh(&app).await;
    assert_eq!(versions(&app).await, 4, "the first version of SPID's has gone");
    assert_eq!(offered(&app, "beta").await.len(), 4);
}
