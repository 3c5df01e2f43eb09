//! A comune whose sender the relay does not accept yet: its receipts wait, and arrive once it does.

use jiff::SignedDuration;
use simulators::smtp::Failure;
use support::{app::TestApp, family::Family, sql};

#[tokio::test]
async fn a_receipt_outlives_the_days_in_which_its_sender_is_refused() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.begin().await;
    family.fill_in().await;
    app.work().await;
    app.sink.clear();
    app.sink.fail_next(3, Failure::Sender(550));
    family.submit().await;
    for _ in 0..4 {
        app.work().await;
        app.clock.advance(SignedDuration::from_hours(7));
    }
    let mails = family.mails().await;
    assert_eq!(mails.len(), 1);
    assert!(!mails[0].attachments.is_empty(), "the receipt, with its documents");
    let waiting = "SELECT count(*) FROM job WHERE kind = 'send_mail'";
    let waiting: i64 = sql::value(&mut app.database.app().await, waiting).await.unwrap();
    assert_eq!(waiting, 0);
}
