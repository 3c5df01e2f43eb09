//! Changing an application with several services, when one of them no longer takes changes.

use jiff::SignedDuration;
use routes::enrol::{Status, Step};
use support::{
    app::TestApp,
    family::Family,
    inside,
    officer::Officer,
    words::{it, it_with},
};

/// Beta's canteen has closed; its school bus goes on taking late applications.
const CANTEEN_CLOSED: &str = "2026-12-02T08:00:00+01:00";

/// A family with canteen and school bus, both confirmed, after the canteen's window has closed.
async fn confirmed(app: &TestApp) -> (Family<'_>, Officer<'_>) {
    let mut family = Family::arrive(app, "beta", 1).await;
    family.answers.set("services", &["canteen", "transport"]);
    family.answers.set("bus_direction", &["out"]);
    family.enrol().await;
    let mut officer = Officer::arrive(app, "beta").await;
    let id = officer.numbered("2026/000001").await;
    officer.confirm(id).await;
    app.clock.set(CANTEEN_CLOSED.parse().unwrap());
    officer.sign_in().await;
    family.start().await;
    family.verify().await;
    (family, officer)
}

/// Gives other answers in one step and looks at the summary.
async fn change(family: &mut Family<'_>, step: &str, answers: &[(&str, &[&str])]) {
    let draft = family.draft();
    family.open(&Step { draft, step: step.into() }).await;
    let form = family.page.form_with("[name=_revision]");
    let form = answers.iter().fold(form, |form, (name, values)| form.tick(name, values));
    family.send(form.press("next")).await;
    assert!(!family.page.path.ends_with(step), "{:?}", family.page.error_links());
    family.open_summary().await;
}

/// Each service with the number of its state.
async fn states(app: &TestApp) -> Vec<(String, i16)> {
    let query = "SELECT json_agg(json_build_array(school_service, state) ORDER BY school_service)
                   FROM application_service";
    inside::value(app, "beta", query).await
}

/// Services with an enrolment in force.
async fn in_force(app: &TestApp) -> Vec<String> {
    let query = "SELECT coalesce(json_agg(school_service ORDER BY school_service), '[]')
                   FROM enrolment WHERE ended_at IS NULL";
    inside::value(app, "beta", query).await
}

fn pair(service: &str, state: i16) -> (String, i16) {
    (service.to_owned(), state)
}

#[tokio::test]
async fn an_open_service_is_changed_while_the_closed_one_stays_confirmed() {
    let app = TestApp::start().await;
    let (mut family, mut officer) = confirmed(&app).await;
    let both: [(&str, &[&str]); 2] = [("bus_direction", &["both"]), ("goes_home_alone", &["yes"])];
    change(&mut family, "transport", &both).await;
    let kept = it_with("enrol.summary.kept", "services", "Mensa di Beta");
    assert!(family.page.text().contains(&kept), "{}", family.page.text());
    family.submit().await;
    assert!(family.page.path.ends_with("/inviata"), "{:?}", family.page);
    assert_eq!(states(&app).await, [pair("canteen", 4), pair("transport", 1)]);
    assert_eq!(in_force(&app).await, ["canteen", "transport"], "the confirmed ones");
    let id = officer.numbered("2026/000001").await;
    officer.confirm(id).await;
    assert_eq!(states(&app).await, [pair("canteen", 4), pair("transport", 4)]);
}

#[tokio::test]
async fn a_change_for_everybody_reaches_the_open_service_only() {
    let app = TestApp::start().await;
    let (mut family, _) = confirmed(&app).await;
    change(&mut family, "family", &[("guardian_phone", &["+39 333 4444444"])]).await;
    family.submit().await;
    assert_eq!(states(&app).await, [pair("canteen", 4), pair("transport", 1)]);
}

#[tokio::test]
async fn a_changed_answer_about_the_closed_service_is_not_taken_and_is_kept() {
    let app = TestApp::start().await;
    let (mut family, _) = confirmed(&app).await;
    change(&mut family, "canteen", &[("canteen_start", &["01/02/2027"])]).await;
    assert_eq!(family.page.title(), it("enrol.window_closed.title"));
    assert!(family.page.text().contains("Mensa di Beta"));
    assert!(!family.page.text().contains("Scuolabus di Beta"), "only what stands in the way");
    let draft = family.draft();
    family.open(&Status { draft }).await;
    assert!(family.page.text().contains("01/02/2027"), "typed data is kept");
    assert!(family.page.text().contains(&it("enrol.status.unsent_changes")));
}

#[tokio::test]
async fn a_service_given_up_ends_at_once_and_leaves_its_trace() {
    let app = TestApp::start().await;
    let (mut family, mut officer) = confirmed(&app).await;
    change(&mut family, "wishes", &[("services", &["canteen"])]).await;
    let words = it_with("enrol.summary.withdrawn", "services", "Scuolabus di Beta");
    assert!(family.page.text().contains(&words), "{}", family.page.text());
    family.submit().await;
    assert_eq!(states(&app).await, [pair("canteen", 4), pair("transport", 8)]);
    assert_eq!(in_force(&app).await, ["canteen"]);
    let id = officer.numbered("2026/000001").await;
    officer.read(id).await;
    assert!(officer.page.text().contains(&it("office.verb.application_withdrawn")));
}

#[tokio::test]
async fn saving_the_same_answers_again_makes_no_new_version() {
    let app = TestApp::start().await;
    let (mut family, _) = confirmed(&app).await;
    app.clock.advance(SignedDuration::from_mins(1));
    change(&mut family, "transport", &[("bus_direction", &["out"])]).await;
    family.submit().await;
    assert!(family.page.path.ends_with("/inviata"), "{:?}", family.page);
    assert_eq!(states(&app).await, [pair("canteen", 4), pair("transport", 4)]);
    assert_eq!(inside::count(&app, "beta", "application_version").await, 1);
    let draft = family.draft();
    family.open(&Status { draft }).await;
    assert!(!family.page.text().contains(&it("enrol.status.unsent_changes")));
}
