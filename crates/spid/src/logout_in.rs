//! A provider asks that a session end: by form with a signature inside, or by redirect with one over the query.

mod query;

use crate::{
    decode, dom,
    guard::{self, Facts, Kind},
    names::{FORMAT_ENTITY, NS_ASSERTION, NS_PROTOCOL, SAML_VERSION},
    provider::IdentityProvider,
    refusal::{
        Refusal,
        content::{
            DESTINATION_MISMATCH, DESTINATION_MISSING, LOGOUT_TOO_OLD, LOGOUT_UNSIGNED,
            NAME_ID_MISSING, RESPONSE_IN_FUTURE, RESPONSE_ISSUE_INSTANT_MALFORMED,
            RESPONSE_ISSUE_INSTANT_MISSING, RESPONSE_ISSUER_FORMAT, RESPONSE_ISSUER_MISMATCH,
            RESPONSE_ISSUER_MISSING, RESPONSE_VERSION, VERIFIED_DIFFERS,
        },
        form::SIGNATURE_MISPLACED,
    },
    signature,
    time::{CLOCK_TOLERANCE, is_future, is_over, parse_instant},
};
use jiff::{SignedDuration, Timestamp};
use query::Query;
use roxmltree::Node;
use std::fmt;

/// How old a request may be; later it is taken for a replay.
const LIFETIME: SignedDuration = SignedDuration::from_mins(5);

/// What a request to sign out has to fit.
#[derive(Clone, Copy, Debug)]
pub struct LogoutExpected<'a> {
    /// Our address for it.
    pub destination: &'a str,
    /// The time of the operation.
    pub now: Timestamp,
}

/// A verified request to sign out.
#[derive(Clone, PartialEq, Eq)]
pub struct LogoutRequest {
    /// Its identifier, for the answer's InResponseTo.
    pub id: String,
    /// The provider.
    pub issuer: String,
    /// The name that the provider gave the person at sign-in.
    pub name_id: String,
    /// The one session meant; `None` means all of that name.
    pub session_index: Option<String>,
    /// When it was made.
    pub issue_instant: Timestamp,
}

impl fmt::Debug for LogoutRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LogoutRequest")
            .field("id", &self.id)
            .field("issuer", &self.issuer)
            .finish_non_exhaustive()
    }
}

/// Who claims to ask, by form: guarded, untrusted, to find the provider's keys.
pub fn issuer_of_logout_post(form_value: &str) -> Result<String, Refusal> {
    issuer_in(&decode::form_field(form_value)?)
}

/// Who claims to ask, by redirect: guarded, untrusted, to find the provider's keys.
pub fn issuer_of_logout_redirect(raw_query: &str) -> Result<String, Refusal> {
    issuer_in(&Query::parse(raw_query)?.document()?)
}

/// A request by form, verified.
pub fn open_logout_post(
    form_value: &str,
    provider: &IdentityProvider,
    expected: &LogoutExpected<'_>,
) -> Result<LogoutRequest, Refusal> {
    let text = decode::form_field(form_value)?;
    let (document, facts) = guard::open(&text, Kind::LogoutRequest)?;
    let claimed = read(document.root_element(), provider, expected)?;
    if !facts.is_signed {
        return Err(LOGOUT_UNSIGNED);
    }
    let signed = signature::verify(&text, &document, provider)?;
    let verified = dom::parse(&signed.xml)?;
    let root = verified.root_element();
    if !dom::is(root, NS_PROTOCOL, "LogoutRequest")
        || root.attribute("ID") != Some(facts.id.as_str())
    {
        return Err(VERIFIED_DIFFERS);
    }
    let result = read(root, provider, expected)?;
    if claimed == result { Ok(result) } else { Err(VERIFIED_DIFFERS) }
}

/// A request by redirect, verified over the query exactly as it was received.
pub fn open_logout_redirect(
    raw_query: &str,
    provider: &IdentityProvider,
    expected: &LogoutExpected<'_>,
) -> Result<LogoutRequest, Refusal> {
    let query = Query::parse(raw_query)?;
    let text = query.document()?;
    let (document, Facts { is_signed, .. }) = guard::open(&text, Kind::LogoutRequest)?;
    if is_signed {
        return Err(SIGNATURE_MISPLACED);
    }
    let request = read(document.root_element(), provider, expected)?;
    query.verify(provider)?;
    Ok(request)
}

fn issuer_in(text: &str) -> Result<String, Refusal> {
    let (document, _) = guard::open(text, Kind::LogoutRequest)?;
    issuer(document.root_element())
}

fn issuer(root: Node<'_, '_>) -> Result<String, Refusal> {
    let node = dom::one(root, NS_ASSERTION, "Issuer", RESPONSE_ISSUER_MISSING)?;
    if node.attribute("Format").is_some_and(|format| format != FORMAT_ENTITY) {
        return Err(RESPONSE_ISSUER_FORMAT);
    }
    dom::filled_text(node, RESPONSE_ISSUER_MISSING)
}

fn read(
    root: Node<'_, '_>,
    provider: &IdentityProvider,
    expected: &LogoutExpected<'_>,
) -> Result<LogoutRequest, Refusal> {
    if root.attribute("Version") != Some(SAML_VERSION) {
        return Err(RESPONSE_VERSION);
    }
    let issue_instant = check_time(root, expected.now)?;
    if dom::attribute(root, "Destination", DESTINATION_MISSING)? != expected.destination {
        return Err(DESTINATION_MISMATCH);
    }
    let issuer = issuer(root)?;
    if issuer != provider.entity_id {
        return Err(RESPONSE_ISSUER_MISMATCH);
    }
    let name = dom::one(root, NS_ASSERTION, "NameID", NAME_ID_MISSING)?;
    let mut sessions = dom::children(root, NS_PROTOCOL, "SessionIndex");
    let session_index = match (sessions.next(), sessions.next()) {
        // Several sessions of one name, or none: all that this name has.
        (None, _) | (Some(_), Some(_)) => None,
        (Some(only), None) => Some(dom::text(only)?).filter(|index| !index.is_empty()),
    };
    Ok(LogoutRequest {
        id: root.attribute("ID").unwrap_or_default().to_owned(),
        issuer,
        name_id: dom::filled_text(name, NAME_ID_MISSING)?,
        session_index,
        issue_instant,
    })
}

/// A request holds for some minutes, or up to its own end if that is sooner.
fn check_time(root: Node<'_, '_>, now: Timestamp) -> Result<Timestamp, Refusal> {
    let issued = dom::instant(
        root,
        "IssueInstant",
        RESPONSE_ISSUE_INSTANT_MISSING,
        RESPONSE_ISSUE_INSTANT_MALFORMED,
    )?;
    if is_future(issued, now) {
        return Err(RESPONSE_IN_FUTURE);
    }
    let own_end = match root.attribute("NotOnOrAfter") {
        Some(end) => Some(parse_instant(end).ok_or(LOGOUT_TOO_OLD)?),
        None => None,
    };
    let is_stale = now.duration_since(issued) > LIFETIME + CLOCK_TOLERANCE;
    if is_stale || own_end.is_some_and(|end| is_over(end, now)) {
        Err(LOGOUT_TOO_OLD)
    } else {
        Ok(issued)
    }
}

#[cfg(test)]
mod tests;
