//! Getting a mail through: tried again with longer waits, given up where that is final, never twice for the family.

use jiff::{SignedDuration, Timestamp};
use simulators::smtp::Failure;
use support::{app::TestApp, family::Family, inside, officer::Officer, sql, words::it_with};

/// A family that has just asked for a code; the mail is queued and not sent.
async fn asking(app: &TestApp) -> Family<'_> {
    let mut family = Family::arrive(app, "alfa", 1).await;
    family.start().await;
    family.ask_for_code().await;
    family
}

#[derive(serde::Deserialize)]
struct Waiting {
    run_at: Timestamp,
    attempts: i16,
    last_error_code: Option<String>,
    failed_at: Option<Timestamp>,
}

async fn jobs(app: &TestApp) -> Vec<Waiting> {
    let query = "SELECT run_at, attempts, last_error_code, failed_at FROM job ORDER BY created_at";
    sql::rows(&mut app.database.app().await, query).await.unwrap()
}

/// State, tries and last error of the only mail.
async fn mail_row(app: &TestApp) -> (i16, i16, Option<String>) {
    let query = "SELECT json_build_array(state, attempts, last_error_code) FROM mail";
    inside::value(app, "alfa", query).await
}

#[tokio::test]
async fn a_code_that_was_replaced_before_its_mail_went_out_is_left_out() {
    let app = TestApp::start().await;
    let mut family = asking(&app).await;
    app.clock.advance(SignedDuration::from_secs(61));
    let form = family.page.form_with("button[value=resend]").press("resend");
    family.send(form).await;
    app.work().await;
    assert_eq!(app.sink.messages().len(), 1);
    let query = "SELECT json_agg(state ORDER BY created_at) FROM mail";
    let states: Vec<i16> = inside::value(&app, "alfa", query).await;
    assert_eq!(states, [4, 2]);
    assert!(jobs(&app).await.is_empty());
}

#[tokio::test]
async fn a_relay_that_is_busy_is_asked_again_after_longer_and_longer_waits() {
    let app = TestApp::start().await;
    asking(&app).await;
    app.sink.fail_next(3, Failure::Message(451));
    let mut waits = Vec::new();
    for attempt in 1..=3 {
        app.work().await;
        assert!(app.sink.messages().is_empty());
        let job = jobs(&app).await.pop().expect("it stays in the queue");
        assert_eq!((job.attempts, job.last_error_code.as_deref()), (attempt, Some("smtp_451")));
        let now = domain::Clock::now(&*app.clock);
        waits.push(job.run_at.duration_since(now).as_secs());
        app.clock.set(job.run_at - SignedDuration::from_secs(1));
        app.work().await;
        assert_eq!(jobs(&app).await[0].attempts, attempt, "not before its time");
        app.clock.set(job.run_at);
    }
    for (wait, plain) in waits.iter().zip([60, 120, 240]) {
        assert!((plain * 3 / 4..=plain * 5 / 4).contains(wait), "about {plain} s: {waits:?}");
    }
    app.work().await;
    assert_eq!(app.sink.messages().len(), 1);
    assert!(jobs(&app).await.is_empty());
    assert_eq!(
        mail_row(&app).await,
        (2, 4, Some("smtp_451".into())),
        "sent, and what stood in the way"
    );
}

#[tokio::test]
async fn a_connection_that_breaks_before_the_answer_repeats_the_same_message() {
    let app = TestApp::start().await;
    let family = asking(&app).await;
    app.sink.fail_next(1, Failure::CutBeforeReply { kept: true });
    app.work().await;
    app.clock.advance(SignedDuration::from_mins(2));
    let mails = family.mails().await;
    assert_eq!(mails.len(), 2, "the relay had taken the first, nobody could know");
    assert_eq!(mails[0].message_id, mails[1].message_id, "mailboxes show it once");
    assert!(mails[0].message_id.ends_with("@alfa.example.test>"), "{}", mails[0].message_id);
    assert_eq!((&mails[0].text, &mails[0].date), (&mails[1].text, &mails[1].date));
}

#[tokio::test]
async fn a_receipt_is_repeated_to_the_byte_documents_included() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.begin().await;
    family.fill_in().await;
    family.submit().await;
    app.sink.clear();
    app.sink.fail_next(1, Failure::CutBeforeReply { kept: true });
    app.work().await;
    app.clock.advance(SignedDuration::from_mins(2));
    let mails = family.mails().await;
    assert_eq!(mails.len(), 2);
    assert_eq!(mails[0].message_id, mails[1].message_id);
    assert!(mails[0].attachments == mails[1].attachments, "the same documents");
}

#[tokio::test]
async fn each_mail_has_an_id_of_its_own() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.enrol().await;
    app.work().await;
    let mut ids: Vec<_> = app.sink.messages().into_iter().map(|mail| mail.message_id).collect();
    let sent = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!((ids.len(), sent), (2, 2));
}

#[tokio::test]
async fn an_address_that_is_refused_is_given_up_at_once_and_the_office_sees_it() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.begin().await;
    family.fill_in().await;
    family.submit().await;
    app.sink.fail_for(&family.guardian.email, Failure::Recipient(550));
    app.work().await;
    let job = jobs(&app).await.pop().expect("it stays, to be seen");
    assert!(job.failed_at.is_some());
    assert_eq!((job.attempts, job.last_error_code.as_deref()), (1, Some("smtp_550")));
    app.sink.clear_failures();
    app.clock.advance(SignedDuration::from_hours(24));
    let before = app.sink.messages().len();
    app.work().await;
    assert_eq!(app.sink.messages().len(), before, "never again by itself");
    let mut officer = Officer::arrive(&app, "alfa").await;
    let application = officer.shown()[0];
    let page = officer.read(application).await;
    let warning = it_with("office.application.mail_failure", "code", "smtp_550");
    assert!(page.text().contains(&warning), "{page:?}");
}

#[tokio::test]
async fn a_full_mailbox_is_tried_for_days_and_then_given_up() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.begin().await;
    family.answer("save").await;
    app.sink.clear();
    app.sink.fail_for(&family.guardian.email, Failure::Message(452));
    let began = domain::Clock::now(&*app.clock);
    let tries = loop {
        app.work().await;
        let job = jobs(&app).await.pop().expect("it stays");
        if job.failed_at.is_some() {
            break job.attempts;
        }
        app.clock.set(job.run_at);
    };
    let days = domain::Clock::now(&*app.clock).duration_since(began).as_hours() / 24;
    assert_eq!(tries, 20);
    assert!((2..=4).contains(&days), "longer than a weekend: {days} days");
}

#[tokio::test]
async fn what_was_undone_with_its_cause_is_never_mailed() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.begin().await;
    family.fill_in().await;
    app.work().await;
    app.sink.clear();
    // The last statement of the sending fails, so that all of it is undone.
    let mut owner = app.database.owner().await;
    let broken = "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
                  $$ BEGIN RAISE EXCEPTION 'refused by a test'; END $$;
                  CREATE TRIGGER refuse BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION refuse()";
    sql::execute(&mut owner, broken).await.unwrap();
    let form = family.signed_summary();
    assert_eq!(family.send(form.clone()).await.status, 500);
    assert!(family.page.has("form textarea[name=privacy]"), "what was ticked can be sent again");
    app.work().await;
    assert!(app.sink.messages().is_empty() && jobs(&app).await.is_empty());
    assert_eq!(inside::count(&app, "alfa", "application").await, 0);
    sql::execute(&mut owner, "DROP TRIGGER refuse ON audit_event").await.unwrap();
    family.send(form).await;
    assert_eq!(family.number(), "2026/000001", "no number was lost");
    assert_eq!(family.mails().await.len(), 1);
}

#[tokio::test]
async fn a_code_that_was_replaced_or_used_up_is_not_mailed_any_more() {
    let app = TestApp::start().await;
    let mut family = asking(&app).await;
    app.clock.advance(SignedDuration::from_mins(2));
    let form = family.page.form_with("[value=resend]");
    family.send(form.press("resend")).await;
    let mails = family.mails().await;
    assert_eq!(mails.len(), 1, "only the code that works");
    let code = family.mailed_code().await;
    family.type_code(&code).await;
    assert!(family.page.path.ends_with("/privacy"), "{:?}", family.page);
}

#[tokio::test]
async fn a_relay_that_is_away_stops_no_family() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.begin().await;
    family.fill_in().await;
    app.sink.fail_next(5, Failure::Message(421));
    family.submit().await;
    assert_eq!(family.number(), "2026/000001");
    app.work().await;
    assert!(family.page.has("a[href$='/documenti/lettera.pdf']"), "the documents are on the page");
    app.sink.clear_failures();
    app.clock.advance(SignedDuration::from_mins(2));
    assert!(family.newest_mail().await.subject.contains("2026/000001"));
}
