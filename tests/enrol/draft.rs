//! «Salva Bozza»: kept until the promised day, opened again with the password that comes by mail.

use jiff::SignedDuration;
use regex::Regex;
use routes::enrol::{ChangePassword, Status, Step};
use support::{
    app::TestApp,
    family::Family,
    people::Person,
    words::{it, it_with},
};

/// A family whose draft is saved, and the temporary password it was sent.
async fn saved<'a>(app: &'a TestApp, slug: &str, number: u16) -> (Family<'a>, String) {
    let mut family = Family::arrive(app, slug, number).await;
    family.begin().await;
    family.answer("save").await;
    let password = temporary_password(&family).await;
    (family, password)
}

async fn temporary_password(family: &Family<'_>) -> String {
    let mail = family.newest_mail().await;
    let pattern = Regex::new(r"(?m)^ {4}(\S+)$").unwrap();
    let found = pattern.captures(&mail.text).unwrap_or_else(|| panic!("{}", mail.subject));
    family.browser.app.logs.watch_words([found[1].to_owned()]);
    found[1].to_owned()
}

#[tokio::test]
async fn a_saved_draft_says_that_it_is_no_application_and_until_when_it_is_kept() {
    let app = TestApp::start().await;
    let (family, _) = saved(&app, "alfa", 1).await;
    let text = family.page.text();
    assert_eq!(family.page.title(), "Bozza salvata");
    assert!(text.contains("La bozza non è una domanda."));
    assert!(text.contains("La bozza è conservata fino a giovedì 15 ottobre 2026"), "{text}");
    assert!(text.contains(&family.guardian.email), "it says where the password went");
}

#[tokio::test]
async fn the_temporary_password_comes_once_with_the_first_saving() {
    let app = TestApp::start().await;
    let (mut family, _) = saved(&app, "alfa", 1).await;
    let mails = family.mails().await.len();
    let draft = family.draft();
    family.open(&Step { draft, step: "pupil".into() }).await;
    family.answer("save").await;
    assert_eq!(family.mails().await.len(), mails);
}

#[tokio::test]
async fn the_temporary_password_opens_the_draft_and_must_be_changed_first() {
    let app = TestApp::start().await;
    let (mut family, temporary) = saved(&app, "alfa", 1).await;
    let draft = family.draft();
    let mut again = Family::arrive(&app, "alfa", 1).await;
    again.sign_in(&temporary).await;
    assert_eq!(again.page.title(), "Cambio Password");
    again.open(&Status { draft }).await;
    assert_eq!(again.page.title(), "Cambio Password", "no page before the change");
    let chosen = "cavallo lampada nuvola";
    app.logs.watch_words([chosen.to_owned()]);
    change(&mut again, chosen, chosen).await;
    assert!(again.page.path.ends_with("/stato"), "{:?}", again.page);
    assert!(again.page.text().contains("Bozza"));
    family.open(&Status { draft }).await;
    assert_eq!(family.page.status, 401, "whoever was in before is out");
    let mut third = Family::arrive(&app, "alfa", 1).await;
    assert_eq!(third.sign_in(&temporary).await.status, 422, "the temporary one is gone");
    assert!(third.sign_in(chosen).await.path.ends_with("/stato"));
}

#[tokio::test]
async fn a_weak_password_is_refused_and_says_why() {
    let app = TestApp::start().await;
    let (_, temporary) = saved(&app, "alfa", 1).await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.sign_in(&temporary).await;
    let own = family.pupil.codice_fiscale().as_str().to_owned();
    for (chosen, problem) in [
        ("breve", "too_short"),
        ("9182736450", "only_digits"),
        ("aaaaaaaaaaaa", "repeated"),
        ("abcdefghijkl", "sequence"),
        ("Password123", "leaked"),
        ("Comune di Alfa 7", "context"),
        (own.as_str(), "context"),
    ] {
        let page = change(&mut family, chosen, chosen).await;
        assert_eq!(page.status, 422, "{problem}");
        let expected = it_with(&format!("errors.password.{problem}"), "min", "10");
        assert!(page.text().contains(&expected), "{problem}: {expected}");
        assert!(page.value("new_password").is_empty(), "a password is never shown again");
    }
    let page = change(&mut family, "cavallo lampada", "cavallo lampone").await;
    assert!(page.text().contains(&it("errors.passwords_differ")));
}

#[tokio::test]
async fn a_temporary_password_lives_fourteen_days() {
    let app = TestApp::start().await;
    let (_, temporary) = saved(&app, "alfa", 1).await;
    app.clock.advance(SignedDuration::from_hours(14 * 24));
    let mut late = Family::arrive(&app, "alfa", 1).await;
    assert_eq!(late.sign_in(&temporary).await.status, 422);
}

#[tokio::test]
async fn however_many_began_for_one_pupil_each_password_opens_its_own_draft() {
    let app = TestApp::start().await;
    let mut saved = Vec::new();
    for number in 1..=5 {
        let family = Family::arrive(&app, "alfa", number).await;
        let mut family = family.with_sibling(Person::pupil(1), "alfa");
        family.begin().await;
        family.answer("save").await;
        saved.push((family.draft(), temporary_password(&family).await));
    }
    for (draft, password) in saved {
        let mut again = Family::arrive(&app, "alfa", 1).await;
        again.sign_in(&password).await;
        assert_eq!(again.draft(), draft);
    }
}

#[tokio::test]
async fn a_password_opens_nothing_at_another_comune() {
    let app = TestApp::start().await;
    let (_, temporary) = saved(&app, "alfa", 1).await;
    let mut elsewhere = Family::arrive(&app, "beta", 1).await;
    assert_eq!(elsewhere.sign_in(&temporary).await.status, 422);
}

#[tokio::test]
async fn a_draft_is_erased_on_the_promised_day_and_not_before() {
    let app = TestApp::start().await;
    let (family, _) = saved(&app, "alfa", 1).await;
    let draft = family.draft();
    app.clock.advance(SignedDuration::from_hours(29 * 24));
    expire(&app).await;
    assert!(exists(&app, draft).await, "the day before");
    app.clock.advance(SignedDuration::from_hours(48));
    expire(&app).await;
    assert!(!exists(&app, draft).await, "after the last day");
}

#[tokio::test]
async fn the_same_applicant_starting_again_reaches_the_draft() {
    let app = TestApp::start().await;
    let (family, _) = saved(&app, "alfa", 1).await;
    let draft = family.draft();
    app.clock.advance(SignedDuration::from_mins(5));
    let mut again = Family::arrive(&app, "alfa", 1).await;
    again.start().await;
    again.verify().await;
    assert!(again.page.path.ends_with("/stato"), "{:?}", again.page);
    assert_eq!(again.draft(), draft);
}

#[tokio::test]
async fn changing_the_password_is_for_whoever_came_with_a_temporary_one() {
    let app = TestApp::start().await;
    let (mut family, _) = saved(&app, "alfa", 1).await;
    let draft = family.draft();
    family.open(&ChangePassword { draft }).await;
    assert!(family.page.path.ends_with("/stato"), "{:?}", family.page);
}

async fn change<'p>(
    family: &'p mut Family<'_>,
    chosen: &str,
    repeated: &str,
) -> &'p support::page::Page {
    let form = family.page.form_with("input[type=password]");
    let names: Vec<String> = form.controls().to_vec();
    let form = form.fill(&names[0], chosen).fill(&names[1], repeated);
    family.send(form).await
}

async fn expire(app: &TestApp) {
    let ctx = app.ctx(app.tenant("alfa"), domain::Actor::Platform);
    operations::retention::schedule(&ctx, &app.platform).await.unwrap();
    app.work().await;
}

async fn exists(app: &TestApp, draft: domain::ids::DraftId) -> bool {
    let mut tx = app.platform.pool.tenant(app.tenant("alfa")).await.unwrap();
    storage::drafts::find(&mut tx, draft).await.unwrap().is_some()
}
