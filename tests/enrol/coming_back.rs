//! Coming back: the status box, and changing after sending.

use jiff::SignedDuration;
use routes::enrol::{Status, Step};
use support::{app::TestApp, family::Family, words::it};

#[tokio::test]
async fn the_status_box_shows_the_three_dates_and_who_has_it() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.begin().await;
    app.clock.advance(SignedDuration::from_mins(5));
    family.answer("save").await;
    let draft = family.draft();
    app.clock.advance(SignedDuration::from_mins(5));
    family.open(&Step { draft, step: "pupil".into() }).await;
    family.fill_in().await;
    family.open(&Status { draft }).await;
    let fact = |family: &Family<'_>, term: &str| family.page.fact(term).unwrap_or_default();
    assert_eq!(family.page.title(), "Modulo Iscrizione - Anno Scolastico 2026/2027");
    assert_eq!(fact(&family, "Stato iscrizione"), "Bozza");
    assert_eq!(fact(&family, "Data primo salvataggio"), "15/09/2026 09:30:00");
    assert_eq!(fact(&family, "Data inserimento iscrizione"), it("enrol.status.not_sent"));
    app.clock.advance(SignedDuration::from_mins(5));
    family.open_summary().await;
    family.submit().await;
    app.clock.advance(SignedDuration::from_mins(5));
    family.open(&Status { draft }).await;
    assert_eq!(fact(&family, "Stato iscrizione"), "Inviata");
    assert_eq!(fact(&family, "Data primo salvataggio"), "15/09/2026 09:30:00");
    assert_eq!(fact(&family, "Data ultima modifica"), "15/09/2026 09:40:00");
    assert_eq!(fact(&family, "Data inserimento iscrizione"), "15/09/2026 09:45:00");
    assert_eq!(fact(&family, &it("enrol.status.with_whom")), it("enrol.status.with_office"));
}

#[tokio::test]
async fn a_draft_says_what_is_missing_and_a_sent_application_when_the_answer_comes() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.begin().await;
    family.answer("next").await;
    family.answer("save").await;
    let draft = family.draft();
    family.open(&Status { draft }).await;
    let fact = |family: &Family<'_>, key: &str| family.page.fact(&it(key));
    let missing = fact(&family, "enrol.status.missing").expect("something is missing");
    assert_eq!(missing, "Scuola e classe Dichiarazioni e allegati", "and nothing that is complete");
    assert_eq!(fact(&family, "enrol.submitted.answer_by"), None);
    assert_eq!(fact(&family, "enrol.status.with_whom"), Some(it("enrol.status.with_family")));
    assert!(fact(&family, "enrol.status.kept_until").is_some());
    family.open(&Step { draft, step: "school".into() }).await;
    family.fill_in().await;
    family.open(&Status { draft }).await;
    assert_eq!(fact(&family, "enrol.status.missing"), None, "complete, but not sent");
    family.open_summary().await;
    family.submit().await;
    family.open(&Status { draft }).await;
    let due = fact(&family, "enrol.submitted.answer_by").expect("a date");
    assert_eq!(due, "giovedì 15 ottobre 2026", "thirty days, as alfa promises");
    assert_eq!(fact(&family, "enrol.status.missing"), None);
}

#[tokio::test]
async fn the_sections_begin_with_the_guardian() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.enrol().await;
    family.open(&Status { draft: family.draft() }).await;
    let sections = family.page.texts("main details summary");
    assert!(sections[0].contains("Dati del genitore/utente"), "{sections:?}");
}

#[tokio::test]
async fn what_was_sent_can_be_changed_and_sent_again_under_the_same_number() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.enrol().await;
    let draft = family.draft();
    app.clock.advance(SignedDuration::from_mins(10));
    family.open(&Step { draft, step: "guardian".into() }).await;
    assert!(family.page.text().contains(&it("enrol.step.changing")));
    let form = family.page.form_with("[name=_revision]").fill("guardian_phone", "+39 333 4444444");
    family.send(form.press("next")).await;
    family.open(&Status { draft }).await;
    assert!(family.page.text().contains(&it("enrol.status.unsent_changes")));
    family.open_summary().await;
    family.submit().await;
    assert_eq!(family.page.title(), it("enrol.submitted.changed_title"));
    assert_eq!(family.number(), "2026/000001");
    assert_eq!(family.page.fact(&it("enrol.submitted.sent_at")).unwrap(), "15/09/2026 09:40:00");
    let mails = family.mails().await;
    let sent = mails.iter().filter(|mail| mail.subject.contains("2026/000001")).count();
    assert_eq!(sent, 2, "a mail for each sending");
    family.open(&Status { draft }).await;
    assert!(!family.page.text().contains(&it("enrol.status.unsent_changes")));
}

#[tokio::test]
async fn the_password_of_the_letter_opens_the_application_and_must_be_changed() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.enrol().await;
    family.mails().await;
    let password = family.letter_password().await;
    let mut again = Family::arrive(&app, "alfa", 1).await;
    again.sign_in(&password).await;
    assert_eq!(again.page.title(), "Cambio Password");
}

#[tokio::test]
async fn the_same_applicant_starting_again_reaches_the_application() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.enrol().await;
    let draft = family.draft();
    app.clock.advance(SignedDuration::from_mins(5));
    let mut again = Family::arrive(&app, "alfa", 1).await;
    again.start().await;
    assert_ne!(again.draft(), draft, "before the address is proven, nothing shows");
    again.verify().await;
    assert_eq!(again.draft(), draft);
    assert_eq!(again.page.fact("Stato iscrizione").unwrap(), "Inviata");
}

#[tokio::test]
async fn after_the_window_nothing_can_be_changed_but_everything_read() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.enrol().await;
    family.mails().await;
    let draft = family.draft();
    let password = family.letter_password().await;
    app.clock.set("2026-10-14T09:00:00+02:00".parse().unwrap());
    let mut later = Family::arrive(&app, "alfa", 1).await;
    assert_eq!(later.sign_in(&password).await.status, 422, "a temporary password is over");
    app.clock.set("2026-09-28T09:00:00+02:00".parse().unwrap());
    later.sign_in(&password).await;
    let form = later.page.form_with("input[type=password]");
    let names = form.controls().to_vec();
    let chosen = "cavallo lampada nuvola";
    app.logs.watch_words([chosen.to_owned()]);
    later.send(form.fill(&names[0], chosen).fill(&names[1], chosen)).await;
    app.clock.set("2026-10-14T09:00:00+02:00".parse().unwrap());
    let mut later = Family::arrive(&app, "alfa", 1).await;
    later.sign_in(chosen).await;
    assert_eq!(later.draft(), draft);
    assert!(later.page.text().contains("Via delle Prove"));
    let change = later.page.attributes("main .buttons a.btn-primary", "href");
    assert!(change.is_empty(), "no button to change: {change:?}");
}
