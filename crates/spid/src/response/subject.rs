//! Whom the assertion is about and how that is confirmed (cases 41 to 66).

use super::Expected;
use crate::{
    dom,
    names::{FORMAT_TRANSIENT, METHOD_BEARER, NS_ASSERTION},
    refusal::{
        Refusal,
        content::{
            CONFIRMATION_DATA_MISSING, CONFIRMATION_EXPIRED, CONFIRMATION_EXPIRY_MALFORMED,
            CONFIRMATION_EXPIRY_MISSING, CONFIRMATION_METHOD, CONFIRMATION_MISSING,
            CONFIRMATION_NOT_BEFORE, CONFIRMATION_REQUEST_MISMATCH, CONFIRMATION_REQUEST_MISSING,
            NAME_ID_FORMAT, NAME_ID_MISSING, NAME_QUALIFIER_MISSING, RECIPIENT_MISMATCH,
            RECIPIENT_MISSING, SUBJECT_MISSING,
        },
    },
    time::is_over,
};
use jiff::Timestamp;
use roxmltree::Node;

/// The subject, as far as it is needed later.
pub(super) struct Subject {
    pub(super) name_id: String,
    pub(super) name_qualifier: String,
    pub(super) not_on_or_after: Timestamp,
}

/// Reads and checks the subject.
pub(super) fn read(assertion: Node<'_, '_>, expected: &Expected<'_>) -> Result<Subject, Refusal> {
    let subject = dom::one(assertion, NS_ASSERTION, "Subject", SUBJECT_MISSING)?;
    let (name_id, name_qualifier) = read_name(subject)?;
    let confirmation =
        dom::one(subject, NS_ASSERTION, "SubjectConfirmation", CONFIRMATION_MISSING)?;
    if confirmation.attribute("Method") != Some(METHOD_BEARER) {
        return Err(CONFIRMATION_METHOD);
    }
    let data =
        dom::one(confirmation, NS_ASSERTION, "SubjectConfirmationData", CONFIRMATION_DATA_MISSING)?;
    let not_on_or_after = read_confirmation(data, expected)?;
    Ok(Subject { name_id, name_qualifier, not_on_or_after })
}

fn read_name(subject: Node<'_, '_>) -> Result<(String, String), Refusal> {
    let name = dom::one(subject, NS_ASSERTION, "NameID", NAME_ID_MISSING)?;
    let text = dom::filled_text(name, NAME_ID_MISSING)?;
    if name.attribute("Format") != Some(FORMAT_TRANSIENT) {
        return Err(NAME_ID_FORMAT);
    }
    Ok((text, dom::attribute(name, "NameQualifier", NAME_QUALIFIER_MISSING)?.to_owned()))
}

fn read_confirmation(data: Node<'_, '_>, expected: &Expected<'_>) -> Result<Timestamp, Refusal> {
    if dom::attribute(data, "Recipient", RECIPIENT_MISSING)? != expected.acs_url {
        return Err(RECIPIENT_MISMATCH);
    }
    if dom::attribute(data, "InResponseTo", CONFIRMATION_REQUEST_MISSING)? != expected.request_id {
        return Err(CONFIRMATION_REQUEST_MISMATCH);
    }
    if data.has_attribute("NotBefore") {
        return Err(CONFIRMATION_NOT_BEFORE);
    }
    let end = dom::instant(
        data,
        "NotOnOrAfter",
        CONFIRMATION_EXPIRY_MISSING,
        CONFIRMATION_EXPIRY_MALFORMED,
    )?;
    if is_over(end, expected.now) { Err(CONFIRMATION_EXPIRED) } else { Ok(end) }
}
