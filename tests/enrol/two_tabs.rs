//! Two tabs, one draft: the later one sees both versions and loses nothing.

use routes::enrol::Step;
use support::{app::TestApp, family::Family, words::it};

/// A family with the same step open in two tabs.
async fn with_two_tabs(app: &TestApp) -> Family<'_> {
    let mut family = Family::arrive(app, "alfa", 1).await;
    family.begin().await;
    family
}

#[tokio::test]
async fn the_later_tab_gets_the_conflict_page_with_what_it_typed() {
    let app = TestApp::start().await;
    let mut family = with_two_tabs(&app).await;
    let earlier = family.filled().fill("residence.street", "Via Prima").press("next");
    let later = family.filled().fill("residence.street", "Via Seconda").press("next");
    family.send(earlier).await;
    assert!(family.page.path.ends_with("/passo/guardian"), "{:?}", family.page);
    let page = family.send(later).await;
    assert_eq!(page.status, 409);
    assert_eq!(page.title(), it("enrol.conflict.title"));
    assert!(page.text().contains("Via Prima") && page.text().contains("Via Seconda"));
}

#[tokio::test]
async fn the_later_tabs_answers_can_be_used_with_one_press() {
    let app = TestApp::start().await;
    let mut family = with_two_tabs(&app).await;
    let earlier = family.filled().fill("residence.street", "Via Prima").press("next");
    let later =
        family.filled().fill("residence.street", "Via Seconda\tdell'\"Orto\" <1>").press("next");
    family.send(earlier).await;
    family.send(later).await;
    let mine = family.page.form();
    family.send(mine).await;
    let draft = family.draft();
    family.open(&Step { draft, step: "pupil".into() }).await;
    assert!(family.page.value("residence.street").starts_with("Via Seconda"), "{:?}", family.page);
}

#[tokio::test]
async fn or_what_is_saved_stays() {
    let app = TestApp::start().await;
    let mut family = with_two_tabs(&app).await;
    let earlier = family.filled().fill("residence.street", "Via Prima").press("next");
    let later = family.filled().fill("residence.street", "Via Seconda").press("next");
    family.send(earlier).await;
    family.send(later).await;
    let saved = family.page.attributes("main .buttons a", "href");
    family.page = family.browser.follow(&saved[0]).await;
    assert_eq!(family.page.value("residence.street"), "Via Prima");
}

#[tokio::test]
async fn the_same_answers_from_two_tabs_are_no_conflict() {
    let app = TestApp::start().await;
    let mut family = with_two_tabs(&app).await;
    let form = family.filled().press("next");
    family.send(form.clone()).await;
    let page = family.send(form).await;
    assert!(page.path.ends_with("/passo/guardian"), "{page:?}");
}

#[tokio::test]
async fn two_children_in_two_tabs_do_not_mix() {
    let app = TestApp::start().await;
    let family = with_two_tabs(&app).await;
    let first = family.draft();
    app.clock.advance(jiff::SignedDuration::from_mins(2));
    let mut family = family.with_sibling(support::people::Person::pupil(2), "alfa");
    family.begin().await;
    let second = family.draft();
    assert_ne!(first, second);
    family.answer("next").await;
    family.open(&Step { draft: first, step: "pupil".into() }).await;
    assert_eq!(family.page.value("pupil_name"), "", "the first child's form is untouched");
}
