//! Two people enrol the same child: the office sees both, and the database lets one of them be confirmed.

use domain::ids::ApplicationId;
use support::{app::TestApp, family::Family, inside, officer::Officer, people::Person, words::it};

/// Two applications for one child, by different people.
async fn both(app: &TestApp) -> (Officer<'_>, [ApplicationId; 2]) {
    Family::arrive(app, "alfa", 1).await.enrol().await;
    let mut second = Family::arrive(app, "alfa", 1).await;
    second.guardian = Person::guardian(500);
    let pupil = second.pupil.clone();
    let mut second = second.with_sibling(pupil, "alfa");
    second.enrol().await;
    let mut officer = Officer::arrive(app, "alfa").await;
    let ids = [officer.numbered("2026/000001").await, officer.numbered("2026/000002").await];
    (officer, ids)
}

#[tokio::test]
async fn each_application_names_the_other_one_for_the_same_child() {
    let app = TestApp::start().await;
    let (mut officer, [first, second]) = both(&app).await;
    for (id, other, number) in [(first, second, "2026/000002"), (second, first, "2026/000001")] {
        officer.read(id).await;
        assert!(officer.page.text().contains(&it("office.application.duplicates")));
        let link = format!("a[href$='/ufficio/domande/{other}']");
        assert_eq!(officer.page.texts(&link), [number]);
        for guardian in [Person::guardian(1), Person::guardian(500)] {
            let name = format!("{} {}", guardian.surname, guardian.name);
            assert!(officer.page.texts("table td").contains(&name), "both side by side");
        }
    }
}

#[tokio::test]
async fn another_child_and_a_child_of_another_comune_are_no_duplicates() {
    let app = TestApp::start().await;
    for (slug, number) in [("alfa", 1), ("alfa", 2), ("beta", 1)] {
        Family::arrive(&app, slug, number).await.enrol().await;
    }
    let mut officer = Officer::arrive(&app, "alfa").await;
    let id = officer.numbered("2026/000001").await;
    officer.read(id).await;
    assert!(!officer.page.text().contains(&it("office.application.duplicates")));
}

#[tokio::test]
async fn only_one_of_them_can_be_confirmed() {
    let app = TestApp::start().await;
    let (mut officer, [first, second]) = both(&app).await;
    officer.confirm(second).await;
    assert!(officer.page.text().contains(&it("office.application.confirmed")));
    let page = officer.confirm(first).await;
    assert_eq!(page.status, 422);
    assert!(page.text().contains(&it("errors.office.already_enrolled")), "{page:?}");
    assert_eq!(inside::count(&app, "alfa", "enrolment WHERE ended_at IS NULL").await, 1);
    let states = "SELECT json_agg(state ORDER BY number) FROM application";
    assert_eq!(inside::value::<Vec<i16>>(&app, "alfa", states).await, [1, 4]);
}

#[tokio::test]
async fn pressed_at_the_same_moment_one_wins_and_the_other_is_told() {
    let app = TestApp::start().await;
    let (mut officer, ids) = both(&app).await;
    let mut forms = Vec::new();
    for application in ids {
        let route = routes::office::OfficeConfirm { application };
        let form = officer.open(&route).await.form_with("[name=identity]");
        forms.push(form.fill("identity", "in_person"));
    }
    let mut browsers = [officer.browser.twin(), officer.browser.twin()];
    let presses = browsers.iter_mut().zip(forms).map(|(browser, form)| browser.send(form));
    let mut statuses: Vec<u16> =
        support::together(presses).await.iter().map(|page| page.status.as_u16()).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 422]);
    assert_eq!(inside::count(&app, "alfa", "enrolment").await, 1);
}

#[tokio::test]
async fn the_other_one_can_be_refused_and_its_family_alone_is_told() {
    let app = TestApp::start().await;
    let (mut officer, [first, second]) = both(&app).await;
    officer.confirm(first).await;
    officer.refuse(second, "L'alunno è già iscritto.").await;
    app.done().await;
    let refused = it("mail.application_refused.appeal");
    let told: Vec<Vec<String>> = app
        .sink
        .messages()
        .into_iter()
        .filter(|mail| mail.text.contains(&refused))
        .map(|mail| mail.to)
        .collect();
    assert_eq!(told, [[Person::guardian(500).email]]);
}
