//! Who made the response and the assertion: the provider that was asked, not just any known one.

use crate::{
    dom,
    names::{FORMAT_ENTITY, NS_ASSERTION},
    provider::IdentityProvider,
    refusal::{
        Refusal,
        content::{
            ASSERTION_ISSUER_FORMAT, ASSERTION_ISSUER_FORMAT_MISSING, ASSERTION_ISSUER_MISMATCH,
            ASSERTION_ISSUER_MISSING, RESPONSE_ISSUER_FORMAT, RESPONSE_ISSUER_MISMATCH,
            RESPONSE_ISSUER_MISSING,
        },
    },
};
use domain::identity::IdentityScheme;
use roxmltree::Node;

/// The issuer of the response; its format may be left out.
pub(super) fn check_response(
    response: Node<'_, '_>,
    provider: &IdentityProvider,
) -> Result<(), Refusal> {
    let issuer = dom::one(response, NS_ASSERTION, "Issuer", RESPONSE_ISSUER_MISSING)?;
    if issuer.attribute("Format").is_some_and(|format| format != FORMAT_ENTITY) {
        return Err(RESPONSE_ISSUER_FORMAT);
    }
    if dom::filled_text(issuer, RESPONSE_ISSUER_MISSING)? != provider.entity_id {
        return Err(RESPONSE_ISSUER_MISMATCH);
    }
    Ok(())
}

/// The issuer of the assertion; its format may be left out by CIE alone.
pub(super) fn check_assertion(
    assertion: Node<'_, '_>,
    provider: &IdentityProvider,
) -> Result<(), Refusal> {
    let issuer = dom::one(assertion, NS_ASSERTION, "Issuer", ASSERTION_ISSUER_MISSING)?;
    match issuer.attribute("Format") {
        Some(FORMAT_ENTITY) => {}
        None if provider.scheme == IdentityScheme::Cie => {}
        None | Some("") => return Err(ASSERTION_ISSUER_FORMAT_MISSING),
        Some(_) => return Err(ASSERTION_ISSUER_FORMAT),
    }
    if dom::filled_text(issuer, ASSERTION_ISSUER_MISSING)? != provider.entity_id {
        return Err(ASSERTION_ISSUER_MISMATCH);
    }
    Ok(())
}
