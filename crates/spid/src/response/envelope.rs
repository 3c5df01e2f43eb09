//! Version, times, addresses and issuers of the response and of the assertion (cases 10 to 40, 67 to 72).

use super::{Expected, issuer};
use crate::{
    dom,
    names::SAML_VERSION,
    refusal::{
        Refusal,
        content::{
            ASSERTION_BEFORE_REQUEST, ASSERTION_IN_FUTURE, ASSERTION_ISSUE_INSTANT_MALFORMED,
            ASSERTION_ISSUE_INSTANT_MISSING, ASSERTION_VERSION, DESTINATION_MISMATCH,
            DESTINATION_MISSING, IN_RESPONSE_TO_MISMATCH, RESPONSE_BEFORE_REQUEST,
            RESPONSE_IN_FUTURE, RESPONSE_ISSUE_INSTANT_MALFORMED, RESPONSE_ISSUE_INSTANT_MISSING,
            RESPONSE_VERSION,
        },
        form::IN_RESPONSE_TO_MISSING,
    },
    time::{is_earlier, is_future},
};
use jiff::Timestamp;
use roxmltree::Node;

/// Checks what is said about the response as a whole; gives the instant it was made.
pub(super) fn check(response: Node<'_, '_>, expected: &Expected<'_>) -> Result<Timestamp, Refusal> {
    if response.attribute("Version") != Some(SAML_VERSION) {
        return Err(RESPONSE_VERSION);
    }
    let issued = dom::instant(
        response,
        "IssueInstant",
        RESPONSE_ISSUE_INSTANT_MISSING,
        RESPONSE_ISSUE_INSTANT_MALFORMED,
    )?;
    if is_earlier(issued, expected.issued_at) {
        return Err(RESPONSE_BEFORE_REQUEST);
    }
    if is_future(issued, expected.now) {
        return Err(RESPONSE_IN_FUTURE);
    }
    if dom::attribute(response, "InResponseTo", IN_RESPONSE_TO_MISSING)? != expected.request_id {
        return Err(IN_RESPONSE_TO_MISMATCH);
    }
    if dom::attribute(response, "Destination", DESTINATION_MISSING)? != expected.acs_url {
        return Err(DESTINATION_MISMATCH);
    }
    issuer::check_response(response, expected.provider)?;
    Ok(issued)
}

/// Checks what is said about the assertion as a whole.
pub(super) fn check_assertion(
    assertion: Node<'_, '_>,
    expected: &Expected<'_>,
) -> Result<(), Refusal> {
    if assertion.attribute("Version") != Some(SAML_VERSION) {
        return Err(ASSERTION_VERSION);
    }
    let issued = dom::instant(
        assertion,
        "IssueInstant",
        ASSERTION_ISSUE_INSTANT_MISSING,
        ASSERTION_ISSUE_INSTANT_MALFORMED,
    )?;
    if is_earlier(issued, expected.issued_at) {
        return Err(ASSERTION_BEFORE_REQUEST);
    }
    if is_future(issued, expected.now) {
        return Err(ASSERTION_IN_FUTURE);
    }
    issuer::check_assertion(assertion, expected.provider)
}
