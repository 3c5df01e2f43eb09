//! Notices and declarations change; what was accepted stays what was accepted.

use domain::form::LocalisedText;
use routes::enrol::{DocumentKind, Summary};
use support::{app::TestApp, family::Family, inside};

const NEWER: &str = "alfa-2";

/// Alfa publishes a newer notice and newer declarations.
async fn publish(app: &TestApp) {
    let mut bundle = TestApp::bundle("alfa");
    NEWER.clone_into(&mut bundle.settings.privacy_notice.version);
    NEWER.clone_into(&mut bundle.settings.declarations.version);
    let sentence = "Autorizzo ancora di più (Alfa).";
    bundle.settings.privacy_notice.acknowledgement = Some(LocalisedText::italian(sentence));
    app.apply("alfa", &bundle).await;
}

/// The versions of notice and declarations of each sending, oldest first.
async fn accepted(app: &TestApp) -> Vec<String> {
    let query = "SELECT json_agg(privacy_version || ' ' || declarations_version ORDER BY version)
                   FROM application_version";
    inside::value(app, "alfa", query).await
}

#[tokio::test]
async fn a_sent_version_records_what_was_in_force_and_its_summary_still_names_it() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.enrol().await;
    assert_eq!(accepted(&app).await, ["alfa-1 alfa-1"]);
    publish(&app).await;
    assert_eq!(accepted(&app).await, ["alfa-1 alfa-1"]);
    let summary = family.document(DocumentKind::Summary).await;
    assert!(summary.contains("Autorizzo il trattamento dei dati (Alfa)."), "{summary}");
    assert!(summary.contains("alfa-1") && !summary.contains(NEWER), "{summary}");
    assert!(!summary.contains("ancora di più"), "{summary}");
}

#[tokio::test]
async fn whoever_sends_after_a_newer_notice_reads_it_first_and_accepts_that_one() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.begin().await;
    family.fill_in().await;
    let old = family.signed_summary();
    publish(&app).await;
    family.send(old).await;
    assert!(family.page.path.ends_with("/privacy"), "not sent unread: {:?}", family.page);
    let draft = family.draft();
    family.open(&Summary { draft }).await;
    assert!(family.page.path.ends_with("/privacy"), "{:?}", family.page);
    family.accept_privacy().await;
    family.open(&Summary { draft }).await;
    family.submit().await;
    assert_eq!(accepted(&app).await, ["alfa-2 alfa-2"]);
    let summary = family.document(DocumentKind::Summary).await;
    assert!(summary.contains("ancora di più") && summary.contains(NEWER), "{summary}");
}
