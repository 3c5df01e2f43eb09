//! The register of sign-ins: both messages, sealed, linked, unchangeable, read with a reason, gone after two years.

use super::{assert_entered, open_doors, signed_by};
use axum::http::StatusCode;
use domain::{Actor, Clock as _};
use jiff::{SignedDuration, Timestamp};
use operations::logins::{self, RegisterLine};
use support::{app::TestApp, browser::Browser, federation::base64, inside, sql};

async fn lines(app: &TestApp) -> Vec<RegisterLine> {
    let ctx = app.ctx(app.tenant("alfa"), Actor::Platform);
    let (hour, now) = (SignedDuration::from_hours(1), app.clock.now());
    let all = (now - hour, now + hour);
    let lines = logins::register(&ctx, &app.platform, all, "richiesta di prova").await;
    let mut lines = lines.expect("readable");
    // The clock stands still: a request and its answer are of one instant.
    lines.sort_by_key(|line| (line.at, line.kind.clone()));
    lines
}

#[tokio::test]
async fn request_and_answer_are_kept_as_they_were_and_belong_together() {
    let app = open_doors().await;
    let mut browser = Browser::at(&app, "alfa");
    let (left, xml) = signed_by(&mut browser, "alfa").await;
    assert_entered(&left.bring(&mut browser, &xml).await);
    let lines = lines(&app).await;
    let [request, response] = lines.as_slice() else { panic!("two lines") };
    assert_eq!((request.kind.as_str(), request.outcome.as_str()), ("request", "sent"));
    assert_eq!((response.kind.as_str(), response.outcome.as_str()), ("response", "accepted"));
    assert_eq!(request.login_request, response.login_request);
    assert_eq!(request.message_id, left.request.id);
    assert!(request.message.contains("AuthnRequest"));
    assert_eq!(response.message, xml, "to the letter");
    assert_eq!(response.level, Some(2));
    assert!(response.assertion_id.is_some() && response.certificate.is_some());
    assert!(response.subject.is_some() && response.person_code.is_some());
    // Nothing of it can be read in the rows themselves.
    let rows: String = inside::value(
        &app,
        "alfa",
        "SELECT string_agg(to_jsonb(m)::text, ' ') FROM login_message m",
    )
    .await;
    let bodies: String = inside::value(
        &app,
        "alfa",
        "SELECT string_agg(encode(body_enc, 'escape'), ' ') FROM login_message",
    )
    .await;
    for text in [&rows, &bodies] {
        assert_eq!(app.logs.found_in(text), Vec::<String>::new());
        assert!(!text.contains("AuthnRequest") && !text.contains(&base64(&xml)[..40]));
    }
}

#[tokio::test]
async fn of_the_refused_answers_to_one_request_five_are_kept_and_all_are_counted() {
    let app = open_doors().await;
    let mut browser = Browser::at(&app, "alfa");
    let (left, xml) = signed_by(&mut browser, "alfa").await;
    let forged = xml.replacen(">Anna<", ">Enna<", 1);
    for _ in 0..7 {
        assert_eq!(left.bring(&mut browser, &forged).await.status, StatusCode::FORBIDDEN);
    }
    let refused = "login_message WHERE outcome = 'signature_invalid'";
    assert_eq!(inside::count(&app, "alfa", refused).await, 5);
    let counted = "audit_event WHERE verb = 'sign_in_refused'";
    assert_eq!(inside::count(&app, "alfa", counted).await, 7);
    assert_entered(&left.bring(&mut browser, &xml).await);
    assert_eq!(lines(&app).await.len(), 7, "request, five refusals, the accepted answer");
}

#[tokio::test]
async fn reading_the_register_takes_a_reason_and_leaves_a_trace() {
    let app = open_doors().await;
    let mut browser = Browser::at(&app, "alfa");
    browser.sign_in("alfa", "anna").await;
    lines(&app).await;
    let read = "SELECT details FROM audit_event WHERE verb = 'register_read'";
    let details: serde_json::Value = inside::value(&app, "alfa", read).await;
    assert_eq!(details["reason"], "richiesta di prova");
    assert_eq!(details["lines"], 2);
    let ctx = app.ctx(app.tenant("alfa"), Actor::Anonymous);
    let all = (Timestamp::UNIX_EPOCH, app.clock.now());
    assert!(logins::register(&ctx, &app.platform, all, "curiosità").await.is_err());
}

#[tokio::test]
async fn nothing_in_the_register_is_changed_or_erased_before_its_time() {
    let app = open_doors().await;
    let mut browser = Browser::at(&app, "alfa");
    browser.sign_in("alfa", "anna").await;
    for statement in [
        "UPDATE login_message SET outcome = 'sent'",
        "DELETE FROM login_message",
        "SET LOCAL app.erase_before = '2028-01-01'; DELETE FROM login_message",
        "TRUNCATE login_message",
    ] {
        for mut connection in [app.database.app().await, app.database.owner().await] {
            let tenant = app.tenant("alfa");
            let whole = format!("BEGIN; SET LOCAL app.tenant = '{tenant}'; {statement}; COMMIT");
            let code = sql::refusal(sql::execute(&mut connection, &whole).await);
            assert!(["P0001", "42501"].contains(&code.as_str()), "{statement}: {code}");
        }
    }
    assert_eq!(inside::count(&app, "alfa", "login_message").await, 2);
}

#[tokio::test]
async fn the_register_is_erased_after_two_years_and_not_a_day_before() {
    let app = open_doors().await;
    let mut browser = Browser::at(&app, "alfa");
    browser.sign_in("alfa", "anna").await;
    for (moment, left) in
        [("2028-09-14T12:00:00Z", 2), ("2028-09-15T07:29:00Z", 2), ("2028-09-15T07:46:00Z", 0)]
    {
        app.clock.set(moment.parse().unwrap());
        let ctx = app.ctx(app.tenant("alfa"), Actor::Platform);
        operations::retention::schedule(&ctx, &app.platform).await.unwrap();
        app.done().await;
        assert_eq!(inside::count(&app, "alfa", "login_message").await, left, "{moment}");
    }
    let erased = "audit_event WHERE verb = 'register_erased'";
    assert_eq!(inside::count(&app, "alfa", erased).await, 1);
}
