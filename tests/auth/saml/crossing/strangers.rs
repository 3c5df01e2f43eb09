//! An answer counts for one request, one browser, one provider, one comune, one door.

use super::{assert_entered, assert_refused, open_doors, signed_by};
use axum::http::StatusCode;
use jiff::SignedDuration;
use simulators::identity_provider::{Signing, names, signer::SignOptions};
use support::{
    browser::Browser,
    federation::{Leaving, provider, sign_in_path},
};

#[tokio::test]
async fn an_answer_that_nobody_asked_for_is_refused() {
    let app = open_doors().await;
    let mut browser = Browser::at(&app, "alfa");
    let left = Leaving::by(&mut browser, "alfa").await;
    let mut answer = left.answer(&app, "anna");
    let other = "_ffffffffffffffffffffffffffffffff";
    answer.in_response_to = Some(other.into());
    let xml = left.signed(&answer);
    let page = left.bring(&mut browser, &xml).await;
    assert_refused(&browser, "alfa", &page, "unknown_request", "unknown_request").await;
    answer.in_response_to = None;
    let page = left.bring(&mut browser, &left.signed(&answer)).await;
    assert_refused(&browser, "alfa", &page, "in_response_to_missing", "not_valid").await;
}

#[tokio::test]
async fn an_answer_brought_by_another_browser_is_refused_and_the_right_one_still_enters() {
    let app = open_doors().await;
    let mut browser = Browser::at(&app, "alfa");
    let (left, xml) = signed_by(&mut browser, "alfa").await;
    let mut bare = Browser::at(&app, "alfa");
    let page = left.bring(&mut bare, &xml).await;
    assert_refused(&bare, "alfa", &page, "other_browser", "other_browser").await;
    let mut stranger = Browser::at(&app, "alfa");
    Leaving::by(&mut stranger, "alfa").await;
    let page = left.bring(&mut stranger, &xml).await;
    assert_refused(&stranger, "alfa", &page, "other_browser", "other_browser").await;
    assert_entered(&left.bring(&mut browser, &xml).await);
}

#[tokio::test]
async fn the_relay_state_is_our_own_token_or_the_answer_is_refused() {
    let app = open_doors().await;
    let mut browser = Browser::at(&app, "alfa");
    let (mut left, xml) = signed_by(&mut browser, "alfa").await;
    let right = left.relay_state.clone();
    let another = Leaving::by(&mut browser.twin(), "alfa").await.relay_state;
    let long = "x".repeat(5_000);
    for wrong in [
        "",
        "https://evil.example/",
        "<script>alert(1)</script>",
        "/iscrizioni/mie",
        &long,
        &another,
    ] {
        left.relay_state = wrong.to_owned();
        let page = left.bring(&mut browser, &xml).await;
        assert_refused(&browser, "alfa", &page, "other_relay_state", "unknown_request").await;
        assert!(!page.html().contains("evil.example") && !page.html().contains("alert(1)"));
    }
    left.relay_state = right;
    assert_entered(&left.bring(&mut browser, &xml).await);
}

#[tokio::test]
async fn a_request_is_answered_within_a_quarter_of_an_hour_or_never() {
    let app = open_doors().await;
    let mut browser = Browser::at(&app, "alfa");
    let left = Leaving::by(&mut browser, "alfa").await;
    let mut in_time = Browser::at(&app, "alfa");
    let other = Leaving::by(&mut in_time, "alfa").await;
    app.clock.advance(SignedDuration::from_mins(14));
    let xml = other.signed(&other.answer(&app, "anna"));
    assert_entered(&other.bring(&mut in_time, &xml).await);
    app.clock.advance(SignedDuration::from_mins(2));
    let xml = left.signed(&left.answer(&app, "anna"));
    let page = left.bring(&mut browser, &xml).await;
    assert_refused(&browser, "alfa", &page, "request_expired", "request_expired").await;
}

#[tokio::test]
async fn one_provider_does_not_answer_for_another() {
    let app = open_doors().await;
    let mut browser = Browser::at(&app, "alfa");
    let left = Leaving::by(&mut browser, "alfa").await;
    let mut posing = Leaving::by(&mut browser, "beta").await;
    let honest = posing.answer(&app, "anna");
    let relay_state = posing.relay_state.clone();
    // Beta answers, as itself, what alfa was asked. The browser's one cookie is that of its last departure.
    let left = Leaving { request: left.request, ..Leaving::by(&mut browser, "alfa").await };
    let again = Leaving::by(&mut browser, "alfa").await;
    posing.request = again.request.clone();
    posing.relay_state = again.relay_state.clone();
    let page = posing.bring(&mut browser, &posing.signed(&posing.answer(&app, "anna"))).await;
    assert_refused(&browser, "alfa", &page, "response_issuer_mismatch", "not_valid").await;
    // Under alfa's name, with its own key.
    let named = again.answer(&app, "anna");
    let page = again.bring(&mut browser, &posing.signed(&named)).await;
    assert_refused(&browser, "alfa", &page, "signature_invalid", "not_valid").await;
    // The response in alfa's name, the assertion in its own.
    let mut mixed = again.answer(&app, "anna");
    mixed.assertion.as_mut().unwrap().issuer.clone_from(&honest.assertion.as_ref().unwrap().issuer);
    let page = again.bring(&mut browser, &posing.signed(&mixed)).await;
    assert_refused(&browser, "alfa", &page, "assertion_issuer_mismatch", "not_valid").await;
    // An old departure of the same browser no longer counts, whoever answers it.
    let page = left.bring(&mut browser, &left.signed(&left.answer(&app, "anna"))).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(!relay_state.is_empty());
    assert_entered(&again.bring(&mut browser, &again.signed(&named)).await);
}

#[tokio::test]
async fn an_answer_for_one_comune_opens_no_other() {
    let app = open_doors().await;
    let mut alfa = Browser::at(&app, "alfa");
    let (left, xml) = signed_by(&mut alfa, "alfa").await;
    let mut beta = Browser::at(&app, "beta");
    let mut there = Leaving::by(&mut beta, "alfa").await;
    // As it is: beta never asked.
    let acs = there.acs.clone();
    let astray = Leaving { acs: acs.clone(), request: left.request.clone(), ..there };
    let page = astray.bring(&mut beta, &xml).await;
    assert_refused(&beta, "beta", &page, "unknown_request", "unknown_request").await;
    there = Leaving::by(&mut beta, "alfa").await;
    // Made for alfa, but for the request of beta.
    let relabelled = Leaving {
        acs: left.acs.clone(),
        request: there.request.clone(),
        provider: left.provider,
        relay_state: String::new(),
    };
    let page = there.bring(&mut beta, &relabelled.signed(&relabelled.answer(&app, "anna"))).await;
    assert_refused(&beta, "beta", &page, "destination_mismatch", "not_valid").await;
    // With the right address outside, and alfa's inside.
    let mut answer = there.answer(&app, "anna");
    let inside = relabelled.answer(&app, "anna").assertion.unwrap();
    answer.assertion.as_mut().unwrap().subject = inside.subject;
    let page = there.bring(&mut beta, &there.signed(&answer)).await;
    assert_refused(&beta, "beta", &page, "recipient_mismatch", "not_valid").await;
    // For alfa as audience.
    let mut answer = there.answer(&app, "anna");
    let audience = left.request.issuer.as_deref().unwrap();
    answer.assertion.as_mut().unwrap().conditions.as_mut().unwrap().audiences =
        Some(vec![audience.into()]);
    let page = there.bring(&mut beta, &there.signed(&answer)).await;
    assert_refused(&beta, "beta", &page, "audience_mismatch", "not_valid").await;
    assert_entered(&left.bring(&mut alfa, &xml).await);
}

#[tokio::test]
async fn from_the_shared_host_one_leaves_by_the_comune_s_own_where_the_answer_will_come() {
    let app = open_doors().await;
    let mut browser = Browser::at_path(&app, "alfa");
    let page = browser.get(&sign_in_path("/alfa", provider("alfa"))).await;
    let there = page.location().unwrap();
    assert!(there.starts_with("https://alfa.example.test/spid/accesso?"), "{there}");
    assert!(!browser.cookies.contains_key("__Host-i_alfa"), "the cookie belongs to that host");
}

#[tokio::test]
async fn an_answer_of_spid_does_not_come_in_through_the_door_of_cie() {
    let app = open_doors().await;
    let mut browser = Browser::at(&app, "alfa");
    for (provider, from, to) in [("alfa", "/spid/", "/cie/"), ("cie", "/cie/", "/spid/")] {
        let mut left = Leaving::by(&mut browser, provider).await;
        let right = left.acs.clone();
        left.acs = left.acs.replace(from, to);
        for acs in [&right, &left.acs] {
            let made = Leaving {
                acs: acs.clone(),
                request: left.request.clone(),
                relay_state: String::new(),
                ..left
            };
            let page = left.bring(&mut browser, &made.signed(&made.answer(&app, "anna"))).await;
            assert_refused(&browser, "alfa", &page, "provider_unavailable", "provider_unavailable")
                .await;
        }
    }
}

#[tokio::test]
async fn a_level_below_the_one_asked_for_and_a_minor_do_not_enter() {
    let app = open_doors().await;
    let mut browser = Browser::at(&app, "alfa");
    let left = Leaving::by(&mut browser, "alfa").await;
    let mut low = left.answer(&app, "anna");
    let statement = low.assertion.as_mut().unwrap().authn_statement.as_mut().unwrap();
    statement.context.as_mut().unwrap().class_ref = Some(format!("{}1", names::CLASS).into());
    let page = left.bring(&mut browser, &left.signed(&low)).await;
    assert_refused(&browser, "alfa", &page, "level_too_low", "level_too_low").await;
    let page = left.bring(&mut browser, &left.signed(&left.answer(&app, "minore"))).await;
    assert_refused(&browser, "alfa", &page, "minor", "minor").await;
}

#[tokio::test]
async fn the_assertion_alone_may_be_signed_and_a_tampered_one_may_not() {
    let app = open_doors().await;
    let mut browser = Browser::at(&app, "alfa");
    let left = Leaving::by(&mut browser, "alfa").await;
    let key = left.provider.key().unwrap();
    let answer = left.answer(&app, "luca");
    let xml = answer.signed(key, Signing::ASSERTION, &SignOptions::default()).unwrap();
    let page = left.bring(&mut browser, &xml.replacen(">Luca<", ">Lucas<", 1)).await;
    assert_refused(&browser, "alfa", &page, "signature_invalid", "not_valid").await;
    assert_entered(&left.bring(&mut browser, &xml).await);
}
