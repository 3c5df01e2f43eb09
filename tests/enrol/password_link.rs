//! «Password dimenticata»: one answer for everybody, and a link that works once.

use jiff::SignedDuration;
use regex::Regex;
use routes::enrol::ForgottenPassword;
use support::{app::TestApp, family::Family, page::Page, words::it};

async fn ask<'p>(family: &'p mut Family<'_>, email: &str) -> &'p Page {
    let code = family.pupil.codice_fiscale().as_str().to_owned();
    let form = family.open(&ForgottenPassword {}).await.form();
    family.send(form.fill("codice_fiscale", &code).fill("email", email)).await
}

/// A family that enrolled, and the path of the link it was sent.
async fn with_link(app: &TestApp) -> (Family<'_>, String) {
    let mut family = Family::arrive(app, "alfa", 1).await;
    family.enrol().await;
    // The receipt first: a link is urgent and would overtake it.
    app.work().await;
    let email = family.guardian.email.clone();
    ask(&mut family, &email).await;
    let link = link(&family).await;
    (family, link)
}

async fn link(family: &Family<'_>) -> String {
    let mail = family.newest_mail().await;
    let pattern =
        Regex::new(r"https://alfa\.example\.test(/iscrizioni/nuova-password/\S+)").unwrap();
    pattern.captures(&mail.text).unwrap_or_else(|| panic!("{}", mail.subject))[1].to_owned()
}

async fn choose<'p>(family: &'p mut Family<'_>, link: &str, password: &str) -> &'p Page {
    family.page = family.browser.follow(link).await;
    let form = family.page.form_with("input[type=password]");
    let names = form.controls().to_vec();
    family.send(form.fill(&names[0], password).fill(&names[1], password)).await
}

const CHOSEN: &str = "cavallo lampada nuvola";

#[tokio::test]
async fn the_page_says_the_same_whether_or_not_the_two_belong_together() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.enrol().await;
    app.work().await;
    let before = app.sink.messages().len();
    let mut pages = Vec::new();
    let mut asking = Family::arrive(&app, "alfa", 1).await;
    for email in [family.guardian.email.as_str(), "altra@posta.example"] {
        let page = ask(&mut asking, email).await;
        pages.push((page.status, page.html().to_owned()));
    }
    let mut unknown = Family::arrive(&app, "alfa", 2).await;
    let page = ask(&mut unknown, &family.guardian.email).await;
    pages.push((page.status, page.html().to_owned()));
    assert_eq!(pages[0], pages[1]);
    assert_eq!(pages[0], pages[2]);
    assert!(pages[0].1.contains("Se il codice fiscale e l"));
    app.work().await;
    assert_eq!(app.sink.messages().len(), before + 1, "one mail, to the one address that fits");
}

#[tokio::test]
async fn the_link_sets_a_password_once() {
    let app = TestApp::start().await;
    let (mut family, link) = with_link(&app).await;
    app.logs.watch_words([CHOSEN.to_owned()]);
    let page = choose(&mut family, &link, CHOSEN).await;
    assert!(page.path.ends_with("/stato"), "{page:?}");
    let again = family.browser.follow(&link).await;
    assert_eq!(again.status, 410);
    assert_eq!(again.title(), it("enrol.new_password.spent_title"));
    let mut later = Family::arrive(&app, "alfa", 1).await;
    assert!(later.sign_in(CHOSEN).await.path.ends_with("/stato"));
}

#[tokio::test]
async fn looking_at_the_link_does_not_use_it_up() {
    let app = TestApp::start().await;
    let (mut family, link) = with_link(&app).await;
    for _ in 0..3 {
        assert_eq!(family.browser.follow(&link).await.status, 200, "mail scanners look as well");
    }
    assert!(choose(&mut family, &link, CHOSEN).await.path.ends_with("/stato"));
}

#[tokio::test]
async fn a_weak_password_does_not_use_the_link_up() {
    let app = TestApp::start().await;
    let (mut family, link) = with_link(&app).await;
    assert_eq!(choose(&mut family, &link, "breve").await.status, 422);
    assert!(choose(&mut family, &link, CHOSEN).await.path.ends_with("/stato"));
}

#[tokio::test]
async fn a_newer_link_replaces_the_older() {
    let app = TestApp::start().await;
    let (mut family, older) = with_link(&app).await;
    let email = family.guardian.email.clone();
    ask(&mut family, &email).await;
    let newer = link(&family).await;
    assert_ne!(older, newer);
    assert_eq!(family.browser.follow(&older).await.status, 410);
    assert_eq!(family.browser.follow(&newer).await.status, 200);
}

#[tokio::test]
async fn a_link_lives_a_day_and_only_at_its_comune() {
    let app = TestApp::start().await;
    let (mut family, link) = with_link(&app).await;
    let mut elsewhere = Family::arrive(&app, "beta", 1).await;
    assert_eq!(elsewhere.browser.follow(&link).await.status, 410);
    assert_eq!(family.browser.follow("/iscrizioni/nuova-password/AAAA").await.status, 410);
    app.clock.advance(SignedDuration::from_hours(24));
    assert_eq!(family.browser.follow(&link).await.status, 410);
}

#[tokio::test]
async fn a_new_password_puts_everybody_else_out() {
    let app = TestApp::start().await;
    let (mut family, link) = with_link(&app).await;
    let mut elsewhere = Family::arrive(&app, "alfa", 1).await;
    choose(&mut elsewhere, &link, CHOSEN).await;
    let draft = elsewhere.draft();
    assert_eq!(family.open(&routes::enrol::Status { draft }).await.status, 401);
}

#[tokio::test]
async fn links_are_sent_three_times_an_hour_to_one_address() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.enrol().await;
    let email = family.guardian.email.clone();
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(ask(&mut family, &email).await.status.as_u16());
    }
    assert_eq!(statuses, [200, 200, 200, 429]);
}
