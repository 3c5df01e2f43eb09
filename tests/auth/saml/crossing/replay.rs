//! An answer is taken once: whichever process sees it, whatever Redis has forgotten, however fast it comes again.

use super::{assert_entered, assert_refused, is_signed_in, open_doors, signed_by};
use axum::http::StatusCode;
use jiff::SignedDuration;
use support::{app::TestApp, browser::Browser, federation::Leaving, inside, together, words::it};

/// A browser that has the same cookies as before the answer, and so no session.
fn before<'a>(browser: &Browser<'a>) -> Browser<'a> {
    browser.twin()
}

#[tokio::test]
async fn the_same_answer_is_not_taken_twice_by_the_same_process_or_another() {
    let app = open_doors().await;
    let mut browser = Browser::at(&app, "alfa");
    let (left, xml) = signed_by(&mut browser, "alfa").await;
    let copies = [before(&browser), before(&browser), before(&browser)];
    assert_entered(&left.bring(&mut browser, &xml).await);
    let replica = app.replica().await;
    forget_budgets(&app).await;
    let restarted = app.replica().await;
    for (mut copy, router) in copies.into_iter().zip([app.router.clone(), replica, restarted]) {
        copy.router = router;
        let page = left.bring(&mut copy, &xml).await;
        assert_refused(&copy, "alfa", &page, "request_used", "already_used").await;
    }
    assert_eq!(inside::count(&app, "alfa", "session").await, 1);
}

/// What Redis knows of this test's comuni is gone, as after a failure of Redis.
async fn forget_budgets(app: &TestApp) {
    let client = redis::Client::open(support::environment::redis_url()).unwrap();
    let mut connection = client.get_multiplexed_async_connection().await.unwrap();
    let pattern = format!("*{}*", app.tenant("alfa"));
    let keys: Vec<String> =
        redis::cmd("KEYS").arg(pattern).query_async(&mut connection).await.unwrap();
    assert!(!keys.is_empty(), "the sign-in was counted");
    let gone: i64 = redis::cmd("DEL").arg(keys).query_async(&mut connection).await.unwrap();
    assert!(gone > 0);
}

#[tokio::test]
async fn a_used_assertion_does_not_answer_another_request() {
    let app = open_doors().await;
    let mut browser = Browser::at(&app, "alfa");
    let left = Leaving::by(&mut browser, "alfa").await;
    let first = left.answer(&app, "anna");
    assert_entered(&left.bring(&mut browser, &left.signed(&first)).await);
    let mut other = Browser::at(&app, "alfa");
    let again = Leaving::by(&mut other, "alfa").await;
    let used = first.assertion.as_ref().unwrap();
    // As it was, in a new response: it still says which request it answers.
    let mut answer = again.answer(&app, "anna");
    answer.assertion = Some(used.clone());
    let page = again.bring(&mut other, &again.signed(&answer)).await;
    assert_refused(&other, "alfa", &page, "confirmation_request_mismatch", "not_valid").await;
    // Made anew for this request under the old name: the name has been used.
    let mut answer = again.answer(&app, "anna");
    answer.assertion.as_mut().unwrap().id.clone_from(&used.id);
    let xml = again.signed(&answer);
    let page = again.bring(&mut other, &xml).await;
    assert_refused(&other, "alfa", &page, "assertion_used", "already_used").await;
    // As long as the assertion could still be valid, its name is remembered.
    app.clock.advance(SignedDuration::from_mins(5));
    let page = again.bring(&mut other, &xml).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(!is_signed_in(&other, "alfa"));
}

#[tokio::test]
async fn of_two_simultaneous_postings_one_enters() {
    let app = open_doors().await;
    let mut browser = Browser::at(&app, "alfa");
    let (left, xml) = signed_by(&mut browser, "alfa").await;
    let replica = app.replica().await;
    let windows = (0..4).map(|number| {
        let mut window = before(&browser);
        if number % 2 == 1 {
            window.router = replica.clone();
        }
        window
    });
    let statuses = together(windows.map(|mut window| {
        let (left, xml) = (&left, &xml);
        async move { left.bring(&mut window, xml).await.status }
    }));
    let statuses = statuses.await;
    let entered = statuses.iter().filter(|status| **status == StatusCode::OK).count();
    assert_eq!(entered, 1, "{statuses:?}");
    assert_eq!(inside::count(&app, "alfa", "session").await, 1);
    let accepted = "login_message WHERE outcome = 'accepted'";
    assert_eq!(inside::count(&app, "alfa", accepted).await, 1);
}

#[tokio::test]
async fn a_session_gets_a_new_name_at_the_sign_in() {
    let app = open_doors().await;
    let mut browser = Browser::at(&app, "alfa");
    browser.sign_in("alfa", "anna").await;
    let first = browser.cookies["__Host-s_alfa"].clone();
    browser.sign_in("alfa", "anna").await;
    assert_ne!(browser.cookies["__Host-s_alfa"], first);
    let mut stale = Browser::at(&app, "alfa");
    stale.cookies.insert("__Host-s_alfa".into(), first);
    let title = it("identity.enrolments.title");
    assert_ne!(stale.open("/iscrizioni/mie").await.title(), title);
    assert_eq!(browser.open("/iscrizioni/mie").await.title(), title);
}
