//! Budgets of codes: per address, per browser, per day, and what the refusal says.

use axum::http::StatusCode;
use jiff::SignedDuration;
use routes::enrol::ForgottenPassword;
use support::{app::TestApp, browser::Browser, family::Family, words::it_with};

/// Asks for a code as one more family with that address, in that browser; the status.
async fn ask(app: &TestApp, browser: Browser<'_>, number: u16, mailbox: &str) -> (u16, String) {
    let mut family = Family::arrive_with(browser, "alfa", number).await;
    family.guardian = family.guardian.clone().with_email(mailbox);
    app.logs.watch(&family.guardian);
    family.start().await;
    let page = family.ask_for_code().await;
    (page.status.as_u16(), page.text())
}

fn fresh(app: &TestApp) -> Browser<'_> {
    Browser::at(app, "alfa")
}

#[tokio::test]
async fn the_fourth_code_within_an_hour_is_refused_and_the_page_says_when_to_come_back() {
    let app = TestApp::start().await;
    for number in 1..=3 {
        assert_eq!(ask(&app, fresh(&app), number, "anna.ripete").await.0, 200);
        app.clock.advance(SignedDuration::from_mins(10));
    }
    let mut family = Family::arrive(&app, "alfa", 4).await;
    family.guardian = family.guardian.clone().with_email("anna.ripete");
    family.start().await;
    let page = family.ask_for_code().await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    let seconds: u64 = page.header("retry-after").parse().unwrap();
    assert_eq!(seconds, 30 * 60, "an hour after the first one");
    assert!(page.text().contains("30 min"), "{}", page.text());
    app.clock.advance(SignedDuration::from_mins(30));
    assert_eq!(ask(&app, fresh(&app), 5, "anna.ripete").await.0, 200, "as promised");
}

#[tokio::test]
async fn ten_codes_a_day_go_to_one_address() {
    let app = TestApp::start().await;
    let mut statuses = Vec::new();
    for number in 1..=11 {
        statuses.push(ask(&app, fresh(&app), number, "anna.insiste").await.0);
        app.work().await;
        app.clock.advance(SignedDuration::from_mins(31));
    }
    assert_eq!(statuses[..10], [200; 10]);
    assert_eq!(statuses[10], 429);
    assert_eq!(app.sink.messages().len(), 10);
    app.clock.advance(SignedDuration::from_hours(20));
    assert_eq!(ask(&app, fresh(&app), 12, "anna.insiste").await.0, 200, "the next day");
}

#[tokio::test]
async fn one_browser_asks_for_five_codes_in_a_quarter_of_an_hour() {
    let app = TestApp::start().await;
    let mut browser = fresh(&app);
    browser.open("/iscrizioni/nuova").await;
    let mut statuses = Vec::new();
    for number in 1..=6 {
        statuses.push(ask(&app, browser.twin(), number, &format!("anna.casella{number}")).await.0);
        app.clock.advance(SignedDuration::from_mins(1));
    }
    assert_eq!(statuses, [200, 200, 200, 200, 200, 429]);
    assert_eq!(ask(&app, fresh(&app), 7, "anna.altrove").await.0, 200, "another browser beside it");
    app.clock.advance(SignedDuration::from_mins(10));
    assert_eq!(
        ask(&app, browser.twin(), 8, "anna.dopo").await.0,
        200,
        "a quarter of an hour later"
    );
}

#[tokio::test]
async fn budgets_are_each_comunes_own() {
    let app = TestApp::start().await;
    for number in 1..=4 {
        ask(&app, fresh(&app), number, "anna.ovunque").await;
    }
    let mut family = Family::arrive(&app, "beta", 5).await;
    family.guardian = family.guardian.clone().with_email("anna.ovunque");
    family.start().await;
    assert_eq!(family.ask_for_code().await.status, 200);
}

#[tokio::test]
async fn replicas_count_together() {
    let app = TestApp::start().await;
    let mut statuses = Vec::new();
    for number in 1..=4 {
        let mut browser = fresh(&app);
        browser.router = app.replica().await;
        statuses.push(ask(&app, browser, number, "anna.repliche").await.0);
    }
    assert_eq!(statuses, [200, 200, 200, 429]);
}

#[tokio::test]
async fn the_same_address_written_otherwise_is_the_same_address() {
    let app = TestApp::start().await;
    let mut statuses = Vec::new();
    for (number, mailbox) in
        [(1, "anna.uguale"), (2, "Anna.Uguale"), (3, "ANNA.UGUALE"), (4, "anna.uguale")]
    {
        statuses.push(ask(&app, fresh(&app), number, mailbox).await.0);
    }
    assert_eq!(statuses, [200, 200, 200, 429]);
}

#[tokio::test]
async fn a_refused_link_says_when_to_come_back_and_keeps_what_was_typed() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    let code = family.pupil.codice_fiscale().as_str().to_owned();
    for _ in 0..4 {
        let form = family.open(&ForgottenPassword {}).await.form();
        let form = form.fill("codice_fiscale", &code).fill("email", &family.guardian.email);
        family.send(form).await;
    }
    assert_eq!(family.page.status, 429);
    assert!(family.page.text().contains(&it_with(
        "errors.too_many_requests.advice",
        "minutes",
        "60"
    )));
    assert_eq!(family.page.value("codice_fiscale"), code);
    assert_eq!(family.page.value("email"), family.guardian.email);
}
