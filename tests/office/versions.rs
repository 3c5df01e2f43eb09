//! Changes meanwhile: what the officer did not read is not decided, and what was confirmed stays in force.

use domain::ids::ApplicationId;
use jiff::SignedDuration;
use routes::{
    enrol::{Status, Step},
    office::{OfficeConfirm, OfficeRefuse},
};
use support::{app::TestApp, family::Family, inside, officer::Officer, words::it};

async fn enrolled(app: &TestApp) -> (Family<'_>, Officer<'_>, ApplicationId) {
    let mut family = Family::arrive(app, "alfa", 1).await;
    family.enrol().await;
    let mut officer = Officer::arrive(app, "alfa").await;
    let id = officer.numbered("2026/000001").await;
    (family, officer, id)
}

/// Another telephone, sent again.
async fn change(family: &mut Family<'_>, phone: &str) {
    let draft = family.draft();
    family.browser.app.clock.advance(SignedDuration::from_mins(5));
    family.open(&Step { draft, step: "guardian".into() }).await;
    let form = family.page.form_with("[name=_revision]").fill("guardian_phone", phone);
    family.send(form.press("next")).await;
    family.open_summary().await;
    family.submit().await;
    assert!(family.page.path.ends_with("/inviata"), "{:?}", family.page);
}

/// The accepted versions in force, and those that were.
async fn in_force(app: &TestApp) -> Vec<(i32, bool)> {
    let query = "SELECT coalesce(json_agg(json_build_array(v.version, e.ended_at IS NULL) ORDER BY v.version), '[]')
                   FROM enrolment e JOIN application_version v ON v.id = e.application_version_id";
    inside::value(app, "alfa", query).await
}

#[tokio::test]
async fn a_version_that_the_officer_did_not_read_is_neither_confirmed_nor_refused() {
    let app = TestApp::start().await;
    let (mut family, mut officer, application) = enrolled(&app).await;
    let confirm = officer.open(&OfficeConfirm { application }).await.form_with("[name=identity]");
    let confirm = confirm.fill("identity", "in_person");
    let refuse = officer.open(&OfficeRefuse { application }).await.form_with("[name=reason]");
    let refuse = refuse.fill("reason", "Nessun posto.");
    change(&mut family, "+39 333 4444444").await;
    for form in [confirm, refuse] {
        let page = officer.send(form).await;
        assert_eq!(page.status, 422);
        assert!(page.text().contains(&it("errors.office.stale")), "{page:?}");
    }
    assert!(in_force(&app).await.is_empty());
    officer.read(application).await;
    assert!(officer.page.text().contains("4444444"), "the newest answers");
    officer.confirm(application).await;
    assert_eq!(in_force(&app).await, [(2, true)]);
}

#[tokio::test]
async fn the_last_confirmed_version_stays_in_force_until_the_newer_is_confirmed() {
    let app = TestApp::start().await;
    let (mut family, mut officer, id) = enrolled(&app).await;
    let draft = family.draft();
    officer.confirm(id).await;
    assert_eq!(in_force(&app).await, [(1, true)]);
    change(&mut family, "+39 333 4444444").await;
    family.open(&Status { draft }).await;
    assert_eq!(family.page.fact("Stato iscrizione").unwrap(), "Inviata");
    assert_eq!(in_force(&app).await, [(1, true)], "the confirmed one");
    officer.confirm(id).await;
    assert_eq!(in_force(&app).await, [(1, false), (2, true)]);
    family.open(&Status { draft }).await;
    assert_eq!(family.page.fact("Stato iscrizione").unwrap(), "Confermato");
}

#[tokio::test]
async fn a_refused_change_leaves_the_confirmed_version_in_force() {
    let app = TestApp::start().await;
    let (mut family, mut officer, id) = enrolled(&app).await;
    officer.confirm(id).await;
    change(&mut family, "+39 333 4444444").await;
    officer.refuse(id, "Il numero non è raggiungibile.").await;
    assert_eq!(in_force(&app).await, [(1, true)]);
}

#[tokio::test]
async fn a_mail_goes_out_for_each_confirmation() {
    let app = TestApp::start().await;
    let (mut family, mut officer, id) = enrolled(&app).await;
    officer.confirm(id).await;
    change(&mut family, "+39 333 4444444").await;
    officer.confirm(id).await;
    let confirmed = it("mail.application_confirmed.next");
    let mails = family.mails().await;
    assert_eq!(mails.iter().filter(|mail| mail.text.contains(&confirmed)).count(), 2);
}
