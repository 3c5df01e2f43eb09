//! When and for whom the assertion holds (cases 73 to 87).

use super::Expected;
use crate::{
    dom,
    names::NS_ASSERTION,
    refusal::{
        Refusal,
        content::{
            AUDIENCE_MISMATCH, AUDIENCE_MISSING, AUDIENCE_RESTRICTION_MISSING, CONDITIONS_MISSING,
            EXPIRED, NOT_BEFORE_MALFORMED, NOT_BEFORE_MISSING, NOT_ON_OR_AFTER_MALFORMED,
            NOT_ON_OR_AFTER_MISSING, NOT_YET_VALID,
        },
    },
    time::{is_future, is_over},
};
use jiff::Timestamp;
use roxmltree::Node;

/// The conditions, as far as they are needed later.
pub(super) struct Conditions {
    pub(super) not_on_or_after: Timestamp,
    pub(super) audience: String,
}

/// Reads and checks the conditions. One restriction with one audience, us: an assertion that others could use as well is
/// none that was made for our request.
pub(super) fn read(
    assertion: Node<'_, '_>,
    expected: &Expected<'_>,
) -> Result<Conditions, Refusal> {
    let conditions = dom::one(assertion, NS_ASSERTION, "Conditions", CONDITIONS_MISSING)?;
    let start = dom::instant(conditions, "NotBefore", NOT_BEFORE_MISSING, NOT_BEFORE_MALFORMED)?;
    if is_future(start, expected.now) {
        return Err(NOT_YET_VALID);
    }
    let end = dom::instant(
        conditions,
        "NotOnOrAfter",
        NOT_ON_OR_AFTER_MISSING,
        NOT_ON_OR_AFTER_MALFORMED,
    )?;
    if is_over(end, expected.now) {
        return Err(EXPIRED);
    }
    let restriction =
        dom::one(conditions, NS_ASSERTION, "AudienceRestriction", AUDIENCE_RESTRICTION_MISSING)?;
    let named = dom::one(restriction, NS_ASSERTION, "Audience", AUDIENCE_MISSING)?;
    let audience = dom::filled_text(named, AUDIENCE_MISSING)?;
    if audience != expected.entity_id {
        return Err(AUDIENCE_MISMATCH);
    }
    Ok(Conditions { not_on_or_after: end, audience })
}
