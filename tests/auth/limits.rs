//! Budgets: nobody escapes them by naming another address.

use support::{app::TestApp, browser::Browser, family::Family};

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
