//! Periods of enrolment: not yet open, open, closed, open for late applications.

use jiff::Timestamp;
use routes::{
    Route as _,
    enrol::{CredentialDoor, Status, Summary},
};
use support::{
    app::{Options, TestApp},
    family::Family,
    words::it,
};

/// The first instant after alfa's window, midnight in Rome.
const CLOSED: &str = "2026-10-14T00:00:00+02:00";

fn instant(text: &str) -> Timestamp {
    text.parse().unwrap()
}

async fn ready<'a>(app: &'a TestApp, slug: &str) -> Family<'a> {
    let mut family = Family::arrive(app, slug, 1).await;
    family.begin().await;
    family.fill_in().await;
    family
}

#[tokio::test]
async fn each_window_says_where_it_stands() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "beta", 1).await;
    let text = family.page.text();
    for (service, state) in [
        ("Mensa di Beta", "open"),
        ("Scuolabus di Beta", "late"),
        ("Doposcuola di Beta", "closed"),
        ("Centro estivo di Beta", "upcoming"),
    ] {
        let words = format!("{service} {}", it(&format!("enrol.start.{state}")));
        assert!(text.contains(&words), "{words}: {text}");
    }
    family.begin().await;
    family.answer("next").await;
    family.answer("next").await;
    let offered = family.page.attributes("[name=services][type=checkbox]", "value");
    assert_eq!(offered, ["canteen", "transport"], "only what takes applications can be chosen");
}

#[tokio::test]
async fn before_the_opening_nothing_can_be_begun_and_the_page_says_when() {
    let app =
        TestApp::start_with(Options { now: "2026-09-08T07:59:59+02:00", ..Options::default() })
            .await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    assert!(family.page.text().contains(&it("enrol.start.upcoming")));
    assert!(family.page.text().contains("8 settembre 2026"), "{}", family.page.text());
    family.start().await;
    assert_eq!(family.page.path, "/", "back to the page that explains");
    app.clock.set(instant("2026-09-08T08:00:00+02:00"));
    family.start().await;
    assert!(family.page.path.ends_with("/email"), "from the very instant");
}

#[tokio::test]
async fn what_arrives_before_the_closing_instant_counts() {
    let app = TestApp::start().await;
    let mut family = ready(&app, "alfa").await;
    app.clock.set(instant("2026-10-13T23:59:59.999+02:00"));
    refresh(&mut family).await;
    family.submit().await;
    assert_eq!(family.number(), "2026/000001");
}

#[tokio::test]
async fn a_window_that_closes_in_mid_form_keeps_what_was_typed_and_explains_itself() {
    let app = TestApp::start().await;
    let mut family = ready(&app, "alfa").await;
    app.clock.set(instant("2026-10-13T23:55:00+02:00"));
    refresh(&mut family).await;
    let form = family.signed_summary();
    app.clock.set(instant(CLOSED));
    let page = family.send(form).await;
    assert_eq!(page.status, 422);
    assert_eq!(page.title(), it("enrol.window_closed.title"));
    let draft = family.draft();
    family.open(&Status { draft }).await;
    assert!(family.page.text().contains("Via delle Prove"), "typed data is kept");
    family.open(&Summary { draft }).await;
    assert_eq!(family.page.title(), it("enrol.window_closed.title"));
}

#[tokio::test]
async fn after_the_closing_nothing_can_be_begun() {
    let app = TestApp::start_with(Options { now: CLOSED, ..Options::default() }).await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    assert!(family.page.text().contains(&it("enrol.start.closed")));
    assert!(family.page.text().contains(&it("enrol.start.door_text_closed")));
    family.start().await;
    assert_eq!(family.page.path, "/");
}

#[tokio::test]
async fn a_late_application_is_taken_and_marked() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "beta", 1).await;
    family.answers.set("services", &["transport"]);
    family.answers.set("bus_direction", &["out"]);
    family.begin().await;
    family.fill_in().await;
    assert!(family.page.text().contains(&it("enrol.summary.late")));
    family.submit().await;
    assert!(family.page.text().contains(&it("enrol.submitted.late")), "{}", family.page.text());
}

#[tokio::test]
async fn two_replicas_agree_on_the_closing_instant() {
    let app = TestApp::start().await;
    let mut family = ready(&app, "alfa").await;
    let other = app.replica().await;
    app.clock.set(instant("2026-10-13T23:55:00+02:00"));
    refresh(&mut family).await;
    app.clock.set(instant(CLOSED));
    let form = family.signed_summary();
    family.browser.router = other;
    assert_eq!(family.send(form).await.status, 422);
}

/// Comes back with a fresh session to the summary: the old one ended long ago.
async fn refresh(family: &mut Family<'_>) {
    let path = CredentialDoor {}.path();
    family.page = family.browser.open(&path).await;
    family.start().await;
    family.verify().await;
    family.open_summary().await;
}
