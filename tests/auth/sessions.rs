//! Sessions of families: how they end, and that nothing typed is lost with them.

use jiff::SignedDuration;
use routes::{
    Route as _,
    enrol::{Status, Step},
};
use support::{app::TestApp, family::Family, form::Form, words::it};

async fn in_the_form(app: &TestApp) -> Family<'_> {
    let mut family = Family::arrive(app, "alfa", 1).await;
    family.begin().await;
    family
}

#[tokio::test]
async fn a_session_that_ended_in_mid_form_gives_back_what_was_typed() {
    let app = TestApp::start().await;
    let mut family = in_the_form(&app).await;
    let form = family.filled().fill("residence.street", "Via \"Lunga\" & <larga>").press("next");
    app.clock.advance(SignedDuration::from_mins(21));
    let page = family.send(form).await;
    assert_eq!(page.status, 401);
    assert_eq!(page.title(), it("enrol.session_expired.title"));
    assert_eq!(page.value("residence.street"), "Via \"Lunga\" & <larga>");
    let again = family.page.form_with("[name='residence.street']");
    // Signed in again in another tab, the same browser sends it with one press.
    family.start().await;
    family.verify().await;
    family.send(again).await;
    assert!(family.page.path.ends_with("/passo/guardian"), "{:?}", family.page);
}

#[tokio::test]
async fn twenty_idle_minutes_end_a_session_and_each_page_begins_them_anew() {
    let app = TestApp::start().await;
    let mut family = in_the_form(&app).await;
    let draft = family.draft();
    for _ in 0..3 {
        app.clock.advance(SignedDuration::from_mins(19));
        assert_eq!(family.open(&Status { draft }).await.status, 200);
    }
    app.clock.advance(SignedDuration::from_mins(20));
    assert_eq!(family.open(&Status { draft }).await.status, 401);
}

#[tokio::test]
async fn eight_hours_end_a_session_in_any_case() {
    let app = TestApp::start().await;
    let mut family = in_the_form(&app).await;
    let draft = family.draft();
    for _ in 0..(8 * 60 / 15 - 1) {
        app.clock.advance(SignedDuration::from_mins(15));
        assert_eq!(family.open(&Status { draft }).await.status, 200);
    }
    app.clock.advance(SignedDuration::from_mins(15));
    assert_eq!(family.open(&Status { draft }).await.status, 401);
}

#[tokio::test]
async fn the_page_knows_when_its_session_ends() {
    let app = TestApp::start().await;
    let family = in_the_form(&app).await;
    assert_eq!(family.page.attributes("body", "data-session-seconds"), ["1200"]);
    assert_eq!(family.page.attributes("body", "data-session-expired"), ["/sessione-scaduta"]);
}

#[tokio::test]
async fn leaving_ends_the_session_on_the_server() {
    let app = TestApp::start().await;
    let mut family = in_the_form(&app).await;
    let draft = family.draft();
    let stolen = family.browser.cookies.clone();
    let leave = family.page.attributes("header form[action='/esci']", "action");
    assert_eq!(leave, ["/esci"], "the way out is always visible");
    family.send(Form::by_hand("/esci", &[])).await;
    assert_eq!(family.page.path, "/");
    assert!(!family.browser.cookies.keys().any(|name| name.starts_with("__Host-s_")));
    family.browser.cookies = stolen;
    assert_eq!(family.open(&Status { draft }).await.status, 401, "an old cookie opens nothing");
}

#[tokio::test]
async fn each_sign_in_makes_a_new_session() {
    let app = TestApp::start().await;
    let mut family = in_the_form(&app).await;
    let before = family.browser.cookies["__Host-s_alfa"].clone();
    app.clock.advance(SignedDuration::from_mins(2));
    family.start().await;
    assert_ne!(family.browser.cookies["__Host-s_alfa"], before);
    let mut old = family.browser.twin();
    old.cookies.insert("__Host-s_alfa".into(), before);
    let path = Status { draft: family.draft() }.path();
    assert_eq!(old.open(&path).await.status, 401, "the old one is gone");
}

#[tokio::test]
async fn a_cookie_of_ones_own_making_opens_nothing() {
    let app = TestApp::start().await;
    let mut family = in_the_form(&app).await;
    let draft = family.draft();
    for forged in ["", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "%00", "a=b"] {
        family.browser.cookies.insert("__Host-s_alfa".into(), forged.into());
        assert_eq!(family.open(&Status { draft }).await.status, 401, "{forged}");
    }
}

#[tokio::test]
async fn a_malformed_id_leads_nowhere_as_an_unknown_one_does() {
    let app = TestApp::start().await;
    let mut family = in_the_form(&app).await;
    let known = Status { draft: family.draft() }.path();
    for id in ["0", "x", "%27", "%00", "01890000-0000-7000-8000-00000000000g"] {
        let path = known.replace(&family.draft().to_string(), id);
        assert_eq!(family.browser.get(&path).await.status, 404, "{id}");
    }
}

#[tokio::test]
async fn a_session_of_one_comune_opens_nothing_at_another_on_the_same_host() {
    let app = TestApp::start().await;
    let browser = support::browser::Browser::at_path(&app, "alfa");
    let mut family = Family::arrive_with(browser, "alfa", 1).await;
    family.begin().await;
    let token = family.browser.cookies["__Host-s_alfa"].clone();
    family.browser.cookies.insert("__Host-s_beta".into(), token);
    let path = format!("/beta{}", Step { draft: family.draft(), step: "pupil".into() }.path());
    assert_eq!(family.browser.follow(&path).await.status, 401);
}
