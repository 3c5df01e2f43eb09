//! Budgets: a school behind one address is not noticed, a flood is, and Redis may be away.

use support::{
    app::{Options, TestApp},
    browser::Browser,
    family::Family,
};

#[tokio::test]
async fn two_hundred_parents_behind_one_address_finish_without_a_refusal() {
    let app = TestApp::start().await;
    let mut numbers = Vec::new();
    for number in 1..=200 {
        let mut family = Family::arrive(&app, "alfa", number).await;
        family.start().await;
        assert_ne!(family.page.status, 429, "family {number}");
        family.ask_for_code().await;
        assert_ne!(family.page.status, 429, "family {number}");
        // All receive their code; every tenth goes the whole way here, the others up to the form.
        let code = family.mailed_code().await;
        family.type_code(&code).await;
        family.accept_privacy().await;
        assert_eq!(family.page.status, 200, "family {number}");
        if number % 10 == 0 {
            family.fill_in().await;
            family.submit().await;
            numbers.push(family.number());
        }
    }
    assert_eq!(numbers.len(), 20);
}

#[tokio::test]
async fn a_spoofed_forwarding_header_does_not_make_another_visitor() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.enrol().await;
    let code = family.pupil.codice_fiscale();
    let mut statuses = Vec::new();
    for number in 0..12 {
        let mut browser = Browser::at(&app, "alfa");
        browser.forwarded_for = Some(format!("198.51.100.{number}"));
        let form = browser.open("/iscrizioni/nuova").await.form();
        let form = form.fill("codice_fiscale", code.as_str()).fill("password", "a caso");
        statuses.push(browser.send(form).await.status.as_u16());
    }
    assert_eq!(*statuses.last().unwrap(), 429, "{statuses:?}");
}

#[tokio::test]
async fn without_redis_the_work_goes_on_under_stricter_limits() {
    let app = TestApp::start_with(Options {
        redis_url: "redis://127.0.0.1:1/".to_owned(),
        ..Options::default()
    })
    .await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.enrol().await;
    assert_eq!(family.number(), "2026/000001");
    let mut refused = 0;
    for number in 2..=6 {
        let mut other = Family::arrive(&app, "alfa", number).await;
        other.guardian = other.guardian.clone().with_email("anna.comune");
        other.start().await;
        refused += u32::from(other.ask_for_code().await.status == 429);
    }
    assert!(refused >= 3, "at most two of five codes without Redis, {refused} refused");
}

#[tokio::test]
async fn a_refusal_says_when_to_come_back_and_keeps_what_was_typed() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    for number in 2..=5 {
        family = Family::arrive(&app, "alfa", number).await;
        family.guardian = family.guardian.clone().with_email("anna.comune");
        family.start().await;
        family.ask_for_code().await;
    }
    assert_eq!(family.page.status, 429);
    assert!(family.page.header("retry-after").parse::<u64>().unwrap() > 0);
    assert_eq!(family.page.value("email"), "anna.comune@posta.example");
}
