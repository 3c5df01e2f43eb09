//! Reading an application: everything the family wrote, its files, its history; each reading is recorded.

use jiff::SignedDuration;
use routes::{
    Route as _,
    enrol::Step,
    office::{OfficeApplication, OfficeAttachment},
};
use support::{app::TestApp, family::Family, files, officer::Officer, words::it};

#[tokio::test]
async fn the_office_reads_what_the_family_wrote() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.enrol().await;
    let mut officer = Officer::arrive(&app, "alfa").await;
    let application = officer.shown()[0];
    let page = officer.read(application).await;
    for words in ["2026/000001", "Via delle Prove", "Primaria Alfa Uno", "Mensa di Alfa"] {
        assert!(page.text().contains(words), "{words}");
    }
    assert!(page.text().contains(family.pupil.codice_fiscale().as_str()));
    assert!(page.text().contains(&family.guardian.email));
}

#[tokio::test]
async fn each_reading_stands_in_the_history() {
    let app = TestApp::start().await;
    Family::arrive(&app, "alfa", 1).await.enrol().await;
    let mut officer = Officer::arrive(&app, "alfa").await;
    let application = officer.shown()[0];
    officer.read(application).await;
    app.clock.advance(SignedDuration::from_mins(1));
    officer.read(application).await;
    let history = officer.page.texts(".history-list li").join(" | ");
    assert!(history.contains(&it("office.verb.application_submitted")), "{history}");
    assert!(history.contains(&it("office.verb.application_read")), "{history}");
    assert!(history.contains(&it("office.actor.officer")), "{history}");
}

#[tokio::test]
async fn files_are_downloads_for_the_office_too_and_their_reading_is_recorded() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.begin().await;
    while !family.page.path.ends_with("/passo/declarations") {
        family.answer("next").await;
    }
    let form = family.filled();
    let form = form.choose("identity_document", "carta.pdf", "application/pdf", files::PDF);
    family.send(form.press("next")).await;
    family.submit().await;
    let mut officer = Officer::arrive(&app, "alfa").await;
    let application = officer.shown()[0];
    let link = officer.read(application).await.attributes("main a[href*='/allegati/']", "href");
    let file = officer.browser.get(&link[0]).await;
    assert_eq!(file.bytes, files::PDF);
    assert!(file.header("content-disposition").starts_with("attachment"));
    assert!(file.header("content-security-policy").contains("sandbox"));
    let attachment = link[0].rsplit('/').next().unwrap().parse().unwrap();
    let mut tx = app.platform.pool.tenant(app.tenant("alfa")).await.unwrap();
    let id: domain::ids::AttachmentId = attachment;
    let lines = storage::audit_events::list_by_subject(&mut tx, id.uuid()).await.unwrap();
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0].verb, "attachment_read");
}

#[tokio::test]
async fn a_changed_application_shows_its_newest_version() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.enrol().await;
    let draft = family.draft();
    family.open(&Step { draft, step: "guardian".into() }).await;
    let form = family.page.form_with("[name=_revision]").fill("guardian_phone", "+39 333 7777777");
    family.send(form.press("next")).await;
    let mut officer = Officer::arrive(&app, "alfa").await;
    let application = officer.shown()[0];
    assert!(!officer.read(application).await.text().contains("7777777"), "not sent yet");
    family.open_summary().await;
    family.submit().await;
    assert!(officer.read(application).await.text().contains("7777777"));
}

#[tokio::test]
async fn two_applications_for_one_child_are_shown_side_by_side() {
    let app = TestApp::start().await;
    Family::arrive(&app, "alfa", 1).await.enrol().await;
    let mut second = Family::arrive(&app, "alfa", 1).await;
    second.guardian = support::people::Person::guardian(500);
    let pupil = second.pupil.clone();
    second.with_sibling(pupil, "alfa").enrol().await;
    let mut officer = Officer::arrive(&app, "alfa").await;
    let both = officer.shown();
    let page = officer.read(both[0]).await;
    assert!(page.text().contains(&it("office.application.duplicates")));
    let other = OfficeApplication { application: both[1] }.path();
    assert!(page.has(&format!("main a[href='{other}']")));
}

#[tokio::test]
async fn a_file_is_found_by_way_of_its_own_application_only() {
    let app = TestApp::start().await;
    Family::arrive(&app, "alfa", 1).await.enrol().await;
    let mut officer = Officer::arrive(&app, "alfa").await;
    let application = officer.shown()[0];
    let attachment = uuid::Uuid::from_u128(7).into();
    let path = OfficeAttachment { application, attachment }.path();
    assert_eq!(officer.browser.get(&path).await.status, 404);
}
