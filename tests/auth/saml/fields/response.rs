//! Cases 8 to 32 and 109: what is said about the response.

use super::{Case, check, empty, some};
use simulators::identity_provider::{
    Answer,
    answer::{Issuer, Status},
    names,
};
use support::saml_desk::assertion;

const STATUS: Status = Status { code: None, sub_code: None, message: None };

const CASES: &[Case] = &[
    (8, |answer| answer.id = empty(), "response_id_missing"),
    (9, |answer| answer.id = None, "response_id_missing"),
    (10, |answer| answer.version = some("1.0"), "response_version"),
    (10, |answer| answer.version = None, "response_version"),
    (11, |answer| answer.issue_instant = empty(), "response_issue_instant_missing"),
    (12, |answer| answer.issue_instant = None, "response_issue_instant_missing"),
    (13, |answer| answer.issue_instant = some("2026-09-15"), "response_issue_instant_malformed"),
    (14, |answer| answer.issue_instant = some("2020-01-01T00:00:00Z"), "response_before_request"),
    (15, |answer| answer.issue_instant = some("2099-01-01T00:00:00Z"), "response_in_future"),
    (16, |answer| answer.in_response_to = empty(), "in_response_to_missing"),
    (17, |answer| answer.in_response_to = None, "in_response_to_missing"),
    (18, |answer| answer.in_response_to = some("_other"), "in_response_to_mismatch"),
    (19, |answer| answer.destination = empty(), "destination_missing"),
    (20, |answer| answer.destination = None, "destination_missing"),
    (21, |answer| answer.destination = some("https://x.example.test/acs"), "destination_mismatch"),
    (22, |answer| answer.status = Some(STATUS), "status_code_missing"),
    (23, |answer| answer.status = None, "status_missing"),
    (24, |answer| status(answer).code = empty(), "status_code_missing"),
    (25, |answer| status(answer).code = None, "status_code_missing"),
    (26, |answer| status(answer).code = some("urn:other"), "status_unknown"),
    (26, |answer| status(answer).code = some("success"), "status_unknown"),
    (27, |answer| issuer(answer).value = "".into(), "response_issuer_missing"),
    (28, |answer| answer.issuer = None, "response_issuer_missing"),
    (
        29,
        |answer| issuer(answer).value = "https://x.example.test".into(),
        "response_issuer_mismatch",
    ),
    (30, |answer| issuer(answer).format = some(names::FORMAT_TRANSIENT), "response_issuer_format"),
    (31, |answer| issuer(answer).format = None, "accepted"),
    (32, |answer| answer.assertion = None, "assertion_missing"),
    (
        109,
        |answer| answer.prolog = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".into(),
        "accepted",
    ),
    (109, without_formats, "accepted"),
    (110, |answer| answer.issue_instant = some("2026-09-15T07:30:00.123456Z"), "accepted"),
];

fn status(answer: &mut Answer) -> &mut Status {
    answer.status.as_mut().unwrap()
}

fn issuer(answer: &mut Answer) -> &mut Issuer {
    answer.issuer.as_mut().unwrap()
}

fn without_formats(answer: &mut Answer) {
    for attribute in assertion(answer).attributes.as_mut().unwrap() {
        attribute.name_format = None;
        attribute.value_type = None;
    }
}

#[test]
fn what_is_said_about_the_response_is_checked() {
    check(CASES);
}
