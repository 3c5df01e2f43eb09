//! How the person signed in (cases 88 to 97).

use super::Expected;
use crate::{
    dom,
    level::level_of,
    names::NS_ASSERTION,
    refusal::{
        Refusal,
        content::{
            AUTHN_CONTEXT_MISSING, AUTHN_INSTANT, AUTHN_STATEMENT_MISSING, CLASS_MISSING,
            CLASS_UNKNOWN, LEVEL_TOO_LOW,
        },
    },
    time::is_future,
};
use domain::identity::AssuranceLevel;
use roxmltree::Node;

/// The sign-in, as far as it is needed later.
pub(super) struct Authn {
    pub(super) level: AssuranceLevel,
    pub(super) session_index: Option<String>,
}

/// Reads and checks the statement. A higher level than asked for is always welcome, a lower one never.
pub(super) fn read(assertion: Node<'_, '_>, expected: &Expected<'_>) -> Result<Authn, Refusal> {
    let statement = dom::one(assertion, NS_ASSERTION, "AuthnStatement", AUTHN_STATEMENT_MISSING)?;
    let context = dom::one(statement, NS_ASSERTION, "AuthnContext", AUTHN_CONTEXT_MISSING)?;
    let class = dom::one(context, NS_ASSERTION, "AuthnContextClassRef", CLASS_MISSING)?;
    let level = level_of(&dom::filled_text(class, CLASS_MISSING)?).ok_or(CLASS_UNKNOWN)?;
    if level < expected.level {
        return Err(LEVEL_TOO_LOW);
    }
    let instant = dom::instant(statement, "AuthnInstant", AUTHN_INSTANT, AUTHN_INSTANT)?;
    if is_future(instant, expected.now) {
        return Err(AUTHN_INSTANT);
    }
    let session_index = statement.attribute("SessionIndex").filter(|index| !index.is_empty());
    Ok(Authn { level, session_index: session_index.map(ToOwned::to_owned) })
}
