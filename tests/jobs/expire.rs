//! What has reached the end of its promised life goes, with all that hangs on it, and nothing goes before.

use domain::{Actor, ids::DraftId};
use jiff::SignedDuration;
use support::{app::TestApp, family::Family, files, inside};

/// The job of the schedule, for every tenant.
async fn expire(app: &TestApp) {
    for slug in ["alfa", "beta"] {
        let ctx = app.ctx(app.tenant(slug), Actor::Platform);
        operations::retention::schedule(&ctx, &app.platform).await.unwrap();
    }
    app.done().await;
}

async fn exists(app: &TestApp, slug: &str, draft: DraftId) -> bool {
    inside::count(app, slug, &format!("draft WHERE id = '{}'", draft.uuid())).await == 1
}

/// A saved draft with a file.
async fn saved_with_file(app: &TestApp) -> Family<'_> {
    let mut family = Family::arrive(app, "alfa", 1).await;
    family.begin().await;
    while !family.page.path.ends_with("/passo/declarations") {
        family.answer("next").await;
    }
    let form = family.filled();
    let form = form.choose("identity_document", "carta.pdf", "application/pdf", files::PDF);
    family.send(form.press("save")).await;
    assert!(family.page.path.contains("/bozza"), "{:?}", family.page);
    family
}

#[tokio::test]
async fn a_draft_lives_to_the_last_minute_of_the_day_that_its_page_promises() {
    let app = TestApp::start().await;
    let family = saved_with_file(&app).await;
    let draft = family.draft();
    assert!(family.page.text().contains("conservata fino a giovedì 15 ottobre 2026"));
    app.done().await;
    for (now, there) in [
        ("2026-10-14T12:00:00+02:00", true),
        ("2026-10-15T23:59:59+02:00", true),
        ("2026-10-16T00:00:01+02:00", false),
    ] {
        app.clock.set(now.parse().unwrap());
        expire(&app).await;
        assert_eq!(exists(&app, "alfa", draft).await, there, "{now}");
    }
}

#[tokio::test]
async fn what_visitors_said_goes_after_two_years() {
    use domain::rating::{RatedPage, Stars};
    let app = TestApp::start().await;
    let ctx = app.ctx(app.tenant("alfa"), Actor::Anonymous);
    let given = operations::ratings::give(&ctx, &app.platform, RatedPage::Submitted, Stars::ALL[4]);
    given.await.unwrap();
    for (now, left) in [("2028-09-15T12:00:00+02:00", 1), ("2028-09-16T12:00:00+02:00", 0)] {
        app.clock.set(now.parse().unwrap());
        expire(&app).await;
        assert_eq!(inside::count(&app, "alfa", "rating").await, left, "{now}");
    }
}

#[tokio::test]
async fn with_a_draft_go_its_files_codes_mails_sessions_and_sign_in_means() {
    let app = TestApp::start().await;
    saved_with_file(&app).await;
    app.done().await;
    let tables = ["draft", "attachment", "email_code", "mail", "session_draft", "credential"];
    for table in tables {
        assert!(inside::count(&app, "alfa", table).await > 0, "{table}");
    }
    app.clock.set("2026-10-16T00:00:01+02:00".parse().unwrap());
    expire(&app).await;
    for table in tables {
        assert_eq!(inside::count(&app, "alfa", table).await, 0, "{table}");
    }
    let recorded = "SELECT count(*) FROM audit_event WHERE verb = 'drafts_expired'";
    assert_eq!(inside::value::<i64>(&app, "alfa", recorded).await, 1);
}

#[tokio::test]
async fn each_change_begins_the_promise_anew() {
    let app = TestApp::start().await;
    let mut family = saved_with_file(&app).await;
    let draft = family.draft();
    app.clock.advance(SignedDuration::from_hours(20 * 24));
    let mut family_again = Family::arrive(&app, "alfa", 1).await;
    family_again.start().await;
    family_again.verify().await;
    assert_eq!(family_again.draft(), draft);
    family_again.open(&routes::enrol::Step { draft, step: "pupil".into() }).await;
    let form = family_again.filled().fill("residence.number", "13").press("save");
    family_again.send(form).await;
    assert!(family_again.page.text().contains("fino a mercoledì 4 novembre 2026"));
    app.clock.set("2026-10-20T12:00:00+02:00".parse().unwrap());
    expire(&app).await;
    assert!(exists(&app, "alfa", draft).await);
    family.page = family_again.page;
}

#[tokio::test]
async fn an_unproven_address_keeps_nothing_longer_than_a_day() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.start().await;
    let draft = family.draft();
    app.clock.advance(SignedDuration::from_hours(23));
    expire(&app).await;
    assert!(exists(&app, "alfa", draft).await);
    app.clock.advance(SignedDuration::from_mins(61));
    expire(&app).await;
    assert!(!exists(&app, "alfa", draft).await);
}

#[tokio::test]
async fn what_was_sent_is_no_draft_and_stays() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.enrol().await;
    let draft = family.draft();
    app.done().await;
    app.clock.advance(SignedDuration::from_hours(400 * 24));
    expire(&app).await;
    assert!(exists(&app, "alfa", draft).await);
    assert_eq!(inside::count(&app, "alfa", "application").await, 1);
}

#[tokio::test]
async fn the_promise_is_each_comunes_own_and_so_is_its_erasing() {
    let app = TestApp::start().await;
    let mut drafts = Vec::new();
    for slug in ["alfa", "beta"] {
        let mut family = Family::arrive(&app, slug, 1).await;
        family.begin().await;
        family.answer("save").await;
        drafts.push(family.draft());
        app.done().await;
    }
    app.clock.set("2026-10-16T00:00:01+02:00".parse().unwrap());
    expire(&app).await;
    assert!(!exists(&app, "alfa", drafts[0]).await, "thirty days");
    assert!(exists(&app, "beta", drafts[1]).await, "sixty days");
    app.clock.set("2026-11-15T00:00:01+01:00".parse().unwrap());
    expire(&app).await;
    assert!(!exists(&app, "beta", drafts[1]).await);
}

#[tokio::test]
async fn what_a_temporary_password_was_made_from_goes_after_fourteen_days() {
    let app = TestApp::start().await;
    saved_with_file(&app).await;
    app.done().await;
    let alive = "credential WHERE temp_nonce IS NOT NULL";
    app.clock.advance(SignedDuration::from_hours(14 * 24 - 1));
    expire(&app).await;
    assert_eq!(inside::count(&app, "alfa", alive).await, 1);
    app.clock.advance(SignedDuration::from_hours(1));
    expire(&app).await;
    assert_eq!(inside::count(&app, "alfa", alive).await, 0);
    assert_eq!(inside::count(&app, "alfa", "credential").await, 1, "the means stay with the draft");
}

#[tokio::test]
async fn ended_sessions_are_erased() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.start().await;
    app.clock.advance(SignedDuration::from_mins(19));
    expire(&app).await;
    assert_eq!(inside::count(&app, "alfa", "session").await, 1);
    app.clock.advance(SignedDuration::from_mins(1));
    expire(&app).await;
    assert_eq!(inside::count(&app, "alfa", "session").await, 0);
}

#[tokio::test]
async fn however_many_ask_a_run_is_queued_once_per_quarter_of_an_hour() {
    let app = TestApp::start().await;
    let ctx = app.ctx(app.tenant("alfa"), Actor::Platform);
    for _ in 0..5 {
        operations::retention::schedule(&ctx, &app.platform).await.unwrap();
    }
    let count = "SELECT count(*) FROM job WHERE kind = 'expire'";
    let mut connection = app.database.app().await;
    assert_eq!(support::sql::value::<i64>(&mut connection, count).await.unwrap(), 1);
}
