//! Periods of enrolment: not yet open, open, closed, open for late applications.

use axum::{
    body::{Body, Bytes},
    extract::ConnectInfo,
    http::{Request, StatusCode, header},
};
use domain::Clock as _;
use futures_util::stream::{StreamExt as _, once};
use jiff::Timestamp;
use routes::{
    Route as _,
    enrol::{CredentialDoor, Status, Step, Submitted, Summary},
};
use std::{convert::Infallible, sync::Arc};
use support::{
    app::{Options, TestApp},
    browser::Browser,
    family::Family,
    form::Form,
    words::{en, it},
};
use tower::ServiceExt as _;

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
    assert_eq!(family.page.status, 422);
    assert!(family.page.text().contains(&it("errors.credentials.not_open")));
    assert!(!family.page.value("codice_fiscale").is_empty(), "what was typed stays");
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
async fn what_began_to_arrive_before_the_closing_instant_counts_though_it_ends_after() {
    let app = TestApp::start().await;
    let mut family = ready(&app, "alfa").await;
    app.clock.set(instant("2026-10-13T23:59:59.999+02:00"));
    refresh(&mut family).await;
    let status = send_slowly(&family.browser, &family.signed_summary()).await;
    assert_eq!(app.clock.now(), instant(CLOSED), "the window closed while the form travelled");
    assert_eq!(status, 303);
    family.open(&Submitted { draft: family.draft() }).await;
    assert_eq!(family.number(), "2026/000001");
}

/// Sends a form whose last octets arrive when the window is already closed.
async fn send_slowly(browser: &Browser<'_>, form: &Form) -> StatusCode {
    let (kind, body) = form.body();
    let (first, rest) = body.split_at(body.len() / 2);
    let (first, rest) = (Bytes::copy_from_slice(first), Bytes::copy_from_slice(rest));
    let clock = Arc::clone(&browser.app.clock);
    let late = once(async move {
        clock.set(instant(CLOSED));
        Ok::<_, Infallible>(rest)
    });
    let body = Body::from_stream(once(async { Ok(first) }).chain(late));
    let jar: Vec<_> =
        browser.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let mut request = Request::post(&form.action)
        .header(header::HOST, &browser.host)
        .header(header::CONTENT_TYPE, kind)
        .header(header::COOKIE, jar.join("; "))
        .header("sec-fetch-site", "same-origin")
        .body(body)
        .unwrap();
    request.extensions_mut().insert(ConnectInfo(browser.address));
    browser.router.clone().oneshot(request).await.unwrap().status()
}

#[tokio::test]
async fn a_step_posted_after_the_closing_is_kept_and_the_page_says_that_it_is_closed() {
    let app = TestApp::start().await;
    let mut family = ready(&app, "alfa").await;
    app.clock.set(instant("2026-10-13T23:55:00+02:00"));
    refresh(&mut family).await;
    let draft = family.draft();
    for (step, field, typed, pressed) in [
        ("guardian", "guardian_phone", "+39 333 1111111", "next"),
        ("guardian", "guardian_phone", "+39 333 2222222", "save"),
        ("guardian", "guardian_phone", "no number", "next"),
        ("canteen", "diet", "health", "back"),
    ] {
        app.clock.set(instant("2026-10-13T23:56:00+02:00"));
        family.open(&Step { draft, step: step.into() }).await;
        let form = family.page.form_with("[name=_revision]").set(field, &[typed]).press(pressed);
        app.clock.set(instant(CLOSED));
        let page = family.send(form).await;
        assert_eq!(page.title(), it("enrol.window_closed.title"), "{step}, {pressed}");
        app.clock.set(instant("2026-10-13T23:56:00+02:00"));
        family.open(&Step { draft, step: step.into() }).await;
        assert_eq!(family.page.value(field), typed, "{step}, {pressed}: kept");
    }
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
    assert_eq!(family.page.status, 422);
    assert!(family.page.text().contains(&it("errors.credentials.not_open")));
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

/// The chooser's button goes along with the boxes of the summary, as without scripts.
async fn in_english<'p>(family: &'p mut Family<'_>, form: Form) -> &'p support::page::Page {
    family.send(form.set("_language", &["en"])).await
}

#[tokio::test]
async fn a_change_of_language_keeps_the_boxes_only_under_the_answers_that_were_shown() {
    let app = TestApp::start().await;
    for slug in ["alfa", "beta"] {
        let mut family = ready(&app, slug).await;
        let ticked = family.page.form_with("[name=privacy]").set("privacy", &["yes"]);
        let page = in_english(&mut family, ticked.clone()).await;
        assert_eq!(page.status, StatusCode::OK, "{slug}");
        assert!(
            page.has("[name=privacy][checked]") && page.html().contains("lang=\"en\""),
            "{slug}"
        );
        let draft = family.draft();
        let step = if slug == "alfa" { "guardian" } else { "family" };
        family.open(&Step { draft, step: step.into() }).await;
        let form =
            family.page.form_with("[name=_revision]").fill("guardian_phone", "+39 333 4444444");
        family.send(form.press("next")).await;
        let page = in_english(&mut family, ticked.clone()).await;
        assert!(
            page.has("[name=privacy]") && !page.has("[name=privacy][checked]"),
            "{slug}: stale"
        );
    }
}

#[tokio::test]
async fn a_change_of_language_after_the_closing_offers_no_sending() {
    let app = TestApp::start().await;
    app.clock.set(instant("2026-10-13T23:50:00+02:00"));
    let mut family = ready(&app, "alfa").await;
    let ticked = family.page.form_with("[name=privacy]").set("privacy", &["yes"]);
    app.clock.set(instant(CLOSED));
    let page = in_english(&mut family, ticked).await;
    assert_eq!(page.title(), en("enrol.window_closed.title"));
    assert!(!page.has("[name=privacy]"), "{page:?}");
}
