//! Confirming: from then on the child is enrolled, and the family sees and hears it.

use domain::ids::ApplicationId;
use jiff::SignedDuration;
use routes::{
    enrol::{Status, Step},
    office::{OfficeConfirm, OfficeRefuse},
};
use support::{app::TestApp, family::Family, officer::Officer, sql, words::it};

async fn sent<'a>(app: &'a TestApp, slug: &str) -> (Family<'a>, Officer<'a>, ApplicationId) {
    let mut family = Family::arrive(app, slug, 1).await;
    family.enrol().await;
    family.mails().await;
    let mut officer = Officer::arrive(app, slug).await;
    let application = officer.listed().await[0];
    (family, officer, application)
}

#[tokio::test]
async fn a_confirmed_enrolment_shows_confermato_and_the_three_dates_to_the_family() {
    let app = TestApp::start().await;
    let (mut family, mut officer, application) = sent(&app, "alfa").await;
    app.clock.advance(SignedDuration::from_mins(5));
    let page = officer.confirm(application).await;
    assert!(page.text().contains(&it("office.application.confirmed")), "{page:?}");
    assert!(page.text().contains("Confermato"));
    family.open(&Status { draft: family.draft() }).await;
    let fact = |term| family.page.fact(term).unwrap();
    assert_eq!(fact("Stato iscrizione"), "Confermato");
    assert_eq!(fact("Data primo salvataggio"), "15/09/2026 09:30:00");
    assert_eq!(fact("Data ultima modifica"), "15/09/2026 09:30:00");
    assert_eq!(fact("Data inserimento iscrizione"), "15/09/2026 09:30:00");
    let mail = family.newest_mail().await;
    assert!(
        mail.subject.contains("2026/000001") && mail.subject.contains("confermata"),
        "{}",
        mail.subject
    );
    assert!(!mail.text.contains(&family.pupil.name), "no child's data in a mail");
}

#[tokio::test]
async fn confirming_asks_how_the_identity_was_verified() {
    let app = TestApp::start().await;
    let (_, mut officer, application) = sent(&app, "alfa").await;
    let form = officer.open(&OfficeConfirm { application }).await.form_with("[name=identity]");
    let page = officer.send(form).await;
    assert_eq!(page.status, 422);
    assert!(page.text().contains(&it("errors.office.identity_missing")));
    officer.confirm(application).await;
    assert!(officer.page.text().contains(&it("office.application.identity")));
}

#[tokio::test]
async fn confirming_twice_enrols_once_and_mails_once() {
    let app = TestApp::start().await;
    let (family, mut officer, application) = sent(&app, "alfa").await;
    let before = family.mails().await.len();
    let page = officer.open(&OfficeConfirm { application }).await;
    let form = page.form_with("[name=identity]").fill("identity", "in_person");
    let mut twins = [officer.browser.twin(), officer.browser.twin(), officer.browser.twin()];
    let pages = support::together(twins.iter_mut().map(|twin| twin.send(form.clone()))).await;
    assert!(pages.iter().all(|page| page.status == 200), "{pages:?}");
    assert_eq!(family.mails().await.len(), before + 1);
    assert_eq!(enrolments(&app).await, 1);
}

#[tokio::test]
async fn a_version_that_changed_meanwhile_is_read_again_before_it_is_confirmed() {
    let app = TestApp::start().await;
    let (mut family, mut officer, application) = sent(&app, "alfa").await;
    let page = officer.open(&OfficeConfirm { application }).await;
    let form = page.form_with("[name=identity]").fill("identity", "in_person");
    change(&mut family).await;
    let page = officer.send(form).await;
    assert_eq!(page.status, 422);
    assert!(page.text().contains(&it("errors.office.stale")));
    assert_eq!(enrolments(&app).await, 0);
}

#[tokio::test]
async fn at_most_one_of_two_applications_for_a_child_is_confirmed() {
    let app = TestApp::start().await;
    let (_, mut officer, first) = sent(&app, "alfa").await;
    let mut second = Family::arrive(&app, "alfa", 1).await;
    second.guardian = support::people::Person::guardian(500);
    let pupil = second.pupil.clone();
    second.with_sibling(pupil, "alfa").enrol().await;
    let other = officer.listed().await.into_iter().find(|id| *id != first).unwrap();
    officer.confirm(first).await;
    let page = officer.confirm(other).await;
    assert_eq!(page.status, 422);
    assert!(page.text().contains(&it("errors.office.already_enrolled")));
    assert_eq!(enrolments(&app).await, 1);
}

#[tokio::test]
async fn what_a_colleague_decided_meanwhile_is_not_reported_as_ones_own_decision() {
    let app = TestApp::start().await;
    let (_, mut officer, application) = sent(&app, "alfa").await;
    let page = officer.open(&OfficeConfirm { application }).await;
    let form = page.form_with("[name=identity]").fill("identity", "in_person");
    let mut colleague = Officer::create(&app, "alfa", 2).await;
    colleague.sign_in().await;
    colleague.refuse(application, "Il documento manca.").await;
    let page = officer.send(form).await;
    assert!(!page.text().contains(&it("office.application.confirmed")), "it was refused");
    assert_eq!(enrolments(&app).await, 0);
    let page = officer.open(&OfficeRefuse { application }).await;
    assert!(page.status == 200 || page.status == 404, "{page:?}");
}

#[tokio::test]
async fn the_confirmed_version_stays_in_force_until_the_new_one_is_confirmed() {
    let app = TestApp::start().await;
    let (mut family, mut officer, application) = sent(&app, "alfa").await;
    officer.confirm(application).await;
    change(&mut family).await;
    let draft = family.draft();
    family.open(&Status { draft }).await;
    assert_eq!(family.page.fact("Stato iscrizione").unwrap(), "Inviata");
    assert_eq!(enrolments(&app).await, 1, "still enrolled");
    officer.confirm(application).await;
    assert_eq!(enrolments(&app).await, 1, "by the newer version");
    family.open(&Status { draft }).await;
    assert_eq!(family.page.fact("Stato iscrizione").unwrap(), "Confermato");
}

/// The family sends a changed version.
async fn change(family: &mut Family<'_>) {
    let draft = family.draft();
    family.open(&Step { draft, step: "guardian".into() }).await;
    let form = family.page.form_with("[name=_revision]").fill("guardian_phone", "+39 333 8888888");
    family.send(form.press("next")).await;
    family.open_summary().await;
    family.submit().await;
    assert!(family.page.path.ends_with("/inviata"), "{:?}", family.page);
}

/// Live enrolments of alfa.
async fn enrolments(app: &TestApp) -> i64 {
    let mut connection = app.database.app().await;
    let begin = format!("BEGIN; SET LOCAL app.tenant = '{}'", app.tenant("alfa"));
    sql::execute(&mut connection, &begin).await.unwrap();
    let query = "SELECT count(*) FROM enrolment WHERE ended_at IS NULL";
    sql::value(&mut connection, query).await.unwrap()
}
