//! Refusing: only with a reason, which the family reads.

use routes::{enrol::Status, office::OfficeRefuse};
use support::{app::TestApp, family::Family, officer::Officer, words::it};

const REASON: &str = "Manca il certificato.\nScrivi all'ufficio <scuola> & riprova.";

#[tokio::test]
async fn the_family_reads_the_reason_and_gets_a_mail() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.enrol().await;
    let mut officer = Officer::arrive(&app, "alfa").await;
    let application = officer.shown()[0];
    let page = officer.refuse(application, REASON).await;
    assert!(page.text().contains(&it("office.application.refused")));
    family.open(&Status { draft: family.draft() }).await;
    assert_eq!(family.page.fact("Stato iscrizione").unwrap(), "Respinta");
    assert!(family.page.text().contains("Manca il certificato."));
    assert!(!family.page.has("main scuola"), "a reason is text");
    let mail = family.newest_mail().await;
    assert!(mail.subject.contains("2026/000001"), "{}", mail.subject);
    assert!(!mail.text.contains(&family.pupil.name));
}

#[tokio::test]
async fn without_a_reason_nothing_is_refused() {
    let app = TestApp::start().await;
    Family::arrive(&app, "alfa", 1).await.enrol().await;
    let mut officer = Officer::arrive(&app, "alfa").await;
    let application = officer.shown()[0];
    for reason in ["", "   ", "\n\t"] {
        let page = officer.refuse(application, reason).await;
        assert_eq!(page.status, 422, "{reason:?}");
        assert!(page.text().contains(&it("errors.office.reason_missing")));
    }
    assert!(officer.read(application).await.text().contains("Inviata"));
}

#[tokio::test]
async fn a_refused_application_may_be_mended_and_sent_again() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.enrol().await;
    let mut officer = Officer::arrive(&app, "alfa").await;
    let application = officer.shown()[0];
    officer.refuse(application, REASON).await;
    let draft = family.draft();
    family.open(&routes::enrol::Step { draft, step: "guardian".into() }).await;
    let form = family.page.form_with("[name=_revision]").fill("guardian_phone", "+39 333 9999999");
    family.send(form.press("next")).await;
    family.open_summary().await;
    family.submit().await;
    assert_eq!(family.number(), "2026/000001");
    assert!(officer.confirm(application).await.text().contains("Confermato"));
}

#[tokio::test]
async fn a_typed_reason_is_not_lost_when_the_application_changed_meanwhile() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.enrol().await;
    let mut officer = Officer::arrive(&app, "alfa").await;
    let application = officer.shown()[0];
    let page = officer.open(&OfficeRefuse { application }).await;
    let form = page.form_with("[name=reason]").fill("reason", REASON);
    let draft = family.draft();
    family.open(&routes::enrol::Step { draft, step: "guardian".into() }).await;
    let change =
        family.page.form_with("[name=_revision]").fill("guardian_phone", "+39 333 9999999");
    family.send(change.press("next")).await;
    family.open_summary().await;
    family.submit().await;
    let page = officer.send(form).await;
    assert_eq!(page.status, 422);
    assert!(page.text().contains(&it("errors.office.stale")));
    assert_eq!(page.value("reason"), REASON);
}
