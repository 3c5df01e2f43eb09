//! The officer's session ends while a reason is being written: it is not lost.

use jiff::SignedDuration;
use routes::office::OfficeRefuse;
use support::{app::TestApp, family::Family, officer::Officer, words::it};

const REASON: &str = "Manca il certificato.\n«Dieta» & <allegati>: si può rimandare.";

#[tokio::test]
async fn a_reason_sent_without_a_session_is_kept_and_sent_again_after_signing_in() {
    let app = TestApp::start().await;
    Family::arrive(&app, "alfa", 1).await.enrol().await;
    let mut officer = Officer::arrive(&app, "alfa").await;
    let application = officer.shown()[0];
    let form = officer.open(&OfficeRefuse { application }).await.form_with("[name=reason]");
    app.clock.advance(SignedDuration::from_mins(21));
    let page = officer.send(form.fill("reason", REASON)).await;
    assert_eq!(page.status, 401);
    assert_eq!(page.title(), it("office.session_expired.title"));
    assert_eq!(page.value("reason"), REASON);
    let kept = officer.page.form_with("[name=reason]");
    officer.sign_in().await;
    officer.send(kept).await;
    assert!(officer.page.text().contains(&it("office.application.refused")), "{:?}", officer.page);
    assert!(officer.page.text().contains("«Dieta» & <allegati>: si può rimandare."));
}

#[tokio::test]
async fn whoever_only_looks_is_led_to_the_door() {
    let app = TestApp::start().await;
    let mut officer = Officer::arrive(&app, "alfa").await;
    app.clock.advance(SignedDuration::from_mins(21));
    officer.open(&routes::office::OfficeApplications {}).await;
    assert_eq!(officer.page.path, "/ufficio/accesso");
}

#[tokio::test]
async fn a_working_day_is_the_longest_session_of_an_officer() {
    let app = TestApp::start().await;
    let mut officer = Officer::arrive(&app, "alfa").await;
    for _ in 0..(8 * 4 - 1) {
        app.clock.advance(SignedDuration::from_mins(15));
        officer.open(&routes::office::OfficeApplications {}).await;
        assert_eq!(officer.page.path, "/ufficio/domande");
    }
    app.clock.advance(SignedDuration::from_mins(15));
    officer.open(&routes::office::OfficeApplications {}).await;
    assert_eq!(officer.page.path, "/ufficio/accesso");
}
