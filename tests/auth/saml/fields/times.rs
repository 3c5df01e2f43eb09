//! Clocks may be a minute apart, and not a second more; fractions of a second have any length.

use super::{SIGNINGS, some};
use simulators::identity_provider::Answer;
use support::saml_desk::{Desk, assertion};

/// Where a time goes, the seconds from now that are still good and those that are not, and the reason.
type Edge = (fn(&mut Answer, &str), i64, i64, &'static str);

const EDGES: &[Edge] = &[
    (|a, at| a.issue_instant = some(at), -59, -61, "response_before_request"),
    (|a, at| a.issue_instant = some(at), 59, 61, "response_in_future"),
    (|a, at| assertion(a).issue_instant = some(at), -59, -61, "assertion_before_request"),
    (|a, at| assertion(a).issue_instant = some(at), 59, 61, "assertion_in_future"),
    (confirmed_until, -59, -61, "confirmation_expired"),
    (confirmed_until, -59, -60, "confirmation_expired"),
    (|a, at| conditions(a).not_before = some(at), 59, 61, "not_yet_valid"),
    (|a, at| conditions(a).not_on_or_after = some(at), -59, -61, "expired"),
    (signed_in_at, 59, 61, "authn_instant"),
];

fn conditions(answer: &mut Answer) -> &mut simulators::identity_provider::answer::Conditions {
    assertion(answer).conditions.as_mut().unwrap()
}

fn confirmed_until(answer: &mut Answer, at: &str) {
    let confirmation = assertion(answer).subject.as_mut().unwrap().confirmation.as_mut().unwrap();
    confirmation.data.as_mut().unwrap().not_on_or_after = some(at);
}

fn signed_in_at(answer: &mut Answer, at: &str) {
    assertion(answer).authn_statement.as_mut().unwrap().authn_instant = some(at);
}

#[test]
fn clocks_may_be_a_minute_apart() {
    let desk = Desk::of("alfa");
    for (number, (set, good, bad, code)) in EDGES.iter().enumerate() {
        for (seconds, expected) in [(*good, "accepted"), (*bad, *code)] {
            for signing in SIGNINGS {
                let mut answer = desk.answer("anna");
                set(&mut answer, &desk.at(seconds));
                let code = desk.code(&desk.signed(&answer, signing));
                assert_eq!(code, expected, "edge {number}, {seconds} seconds, {signing:?}");
            }
        }
    }
}

#[test]
fn an_answer_is_good_for_its_five_minutes_and_the_tolerance() {
    let mut desk = Desk::of("alfa");
    let xml = desk.signed(&desk.answer("anna"), SIGNINGS[0]);
    let request = desk.now;
    for (seconds, code) in [
        (-60, "accepted"),
        (-61, "response_in_future"),
        (359, "accepted"),
        (360, "confirmation_expired"),
    ] {
        desk.now = request + jiff::SignedDuration::from_secs(seconds);
        assert_eq!(desk.code(&xml), code, "{seconds}");
    }
}

#[test]
fn a_time_is_utc_with_any_number_of_digits() {
    let desk = Desk::of("alfa");
    let malformed = "response_issue_instant_malformed";
    for (end, expected) in [
        (".1Z", "accepted"),
        (".123456Z", "accepted"),
        (".123456789012345678Z", "accepted"),
        ("Z", "accepted"),
        (".Z", malformed),
        ("", malformed),
        ("+00:00", malformed),
        ("z", malformed),
        ("Z ", malformed),
    ] {
        let mut answer = desk.answer("anna");
        answer.issue_instant = some(&format!("2026-09-15T07:30:00{end}"));
        assert_eq!(desk.code(&desk.signed(&answer, SIGNINGS[1])), expected, "{end:?}");
    }
}
