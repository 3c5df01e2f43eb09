//! An answer from the form field to the identity: guard, envelope, signature, and the assertion read twice.

mod attributes;
mod authn;
mod conditions;
mod envelope;
mod identity;
mod issuer;
mod status;
mod subject;

use crate::{
    decode, dom,
    guard::{self, Facts, Kind},
    names::NS_ASSERTION,
    provider::{Certificate, IdentityProvider},
    refusal::{
        Refusal,
        content::{ASSERTION_MISSING, VERIFIED_DIFFERS},
        form::IN_RESPONSE_TO_MISSING,
    },
    signature::{self, Signed},
    time::CLOCK_TOLERANCE,
};
use domain::identity::{AssuranceLevel, Identity};
use jiff::Timestamp;
use roxmltree::Node;
use std::fmt;

/// A message that passed the guard; nothing in it is trusted yet.
#[derive(Clone)]
pub struct Opened {
    text: String,
    facts: Facts,
    in_response_to: String,
}

impl Opened {
    /// The request that it claims to answer: the key of the pending request.
    pub fn in_response_to(&self) -> &str {
        &self.in_response_to
    }

    /// The document exactly as received, for the register.
    pub fn xml(&self) -> &str {
        &self.text
    }

    /// Its own identifier.
    pub fn response_id(&self) -> &str {
        &self.facts.id
    }
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opened").field("response_id", &self.facts.id).finish_non_exhaustive()
    }
}

/// What an answer has to fit.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// The pending request.
    pub request_id: &'a str,
    /// When that was made.
    pub issued_at: Timestamp,
    /// The time of the operation.
    pub now: Timestamp,
    /// Our address: Destination and Recipient.
    pub acs_url: &'a str,
    /// Our entityID: Audience.
    pub entity_id: &'a str,
    /// The provider that the request was sent to.
    pub provider: &'a IdentityProvider,
    /// The least level asked for.
    pub level: AssuranceLevel,
}

/// What a verified answer says.
#[derive(Clone, PartialEq, Eq)]
pub struct Verified {
    /// The person, whatever the protocol.
    pub identity: Identity,
    /// Identifier of the response.
    pub response_id: String,
    /// When the response was made.
    pub response_issue_instant: Timestamp,
    /// Identifier of the assertion, to be accepted once.
    pub assertion_id: String,
    /// Until when the assertion must be remembered as used: its latest end, and the tolerance for clocks.
    pub assertion_not_on_or_after: Timestamp,
    /// The person's name for this session, needed to sign out.
    pub name_id: String,
    /// Who gave that name.
    pub name_qualifier: String,
    /// The provider's session; level 1 only.
    pub session_index: Option<String>,
    /// For whom the assertion is: us.
    pub audience: String,
    /// SHA-256 of the certificate that verified, hexadecimal.
    pub certificate_fingerprint: String,
    /// All attributes as asserted, sorted.
    pub attributes: Vec<(String, String)>,
}

impl fmt::Debug for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verified")
            .field("identity", &self.identity)
            .field("response_id", &self.response_id)
            .field("assertion_id", &self.assertion_id)
            .field("certificate_fingerprint", &self.certificate_fingerprint)
            .finish_non_exhaustive()
    }
}

/// From the base64 of the form field to a guarded message. Cheap: no signature work.
pub fn open_response(form_value: &str) -> Result<Opened, Refusal> {
    let text = decode::form_field(form_value)?;
    let (facts, in_response_to) = {
        let (document, facts) = guard::open(&text, Kind::Response)?;
        let request =
            dom::attribute(document.root_element(), "InResponseTo", IN_RESPONSE_TO_MISSING)?;
        (facts, request.to_owned())
    };
    Ok(Opened { text, facts, in_response_to })
}

/// Reads a guarded message as the answer to one request.
///
/// In this order: what is said about the response, its status, whether what must be signed is, then the assertion as
/// received. All that is cheap and can only refuse. Then the signatures; and then the assertion is read again, from
/// the very text that was verified. That second reading is the result, and both have to agree.
pub fn validate(opened: &Opened, expected: &Expected<'_>) -> Result<Verified, Refusal> {
    let document = dom::parse(&opened.text)?;
    let response = document.root_element();
    let issued = envelope::check(response, expected)?;
    status::check(response)?;
    signature::check_presence(&opened.facts, expected.provider)?;
    let received = assertion_of(response)?;
    let draft = Draft { response_id: &opened.facts.id, issued, certificate: None };
    let claimed = read(received, &draft, expected)?;

    let Signed { xml, certificate } =
        signature::verify(&opened.text, &document, expected.provider)?;
    let verified = dom::parse(&xml)?;
    let root = verified.root_element();
    let element = signed_assertion(root, &opened.facts, expected)?;
    let result = read(element, &Draft { certificate: Some(certificate), ..draft }, expected)?;
    let claimed =
        Verified { certificate_fingerprint: result.certificate_fingerprint.clone(), ..claimed };
    if claimed == result { Ok(result) } else { Err(VERIFIED_DIFFERS) }
}

/// The assertion inside what was verified, which must be the element that the guard saw: the whole response when that
/// is signed, else the assertion alone.
fn signed_assertion<'a, 'i>(
    root: Node<'a, 'i>,
    facts: &Facts,
    expected: &Expected<'_>,
) -> Result<Node<'a, 'i>, Refusal> {
    let assertion = if facts.is_signed {
        envelope::check(root, expected)?;
        status::check(root)?;
        if root.attribute("ID") != Some(facts.id.as_str()) {
            return Err(VERIFIED_DIFFERS);
        }
        assertion_of(root)?
    } else {
        root
    };
    let is_it = dom::is(assertion, NS_ASSERTION, "Assertion")
        && assertion.attribute("ID") == facts.assertion.as_ref().map(|known| known.id.as_str());
    if is_it { Ok(assertion) } else { Err(VERIFIED_DIFFERS) }
}

fn assertion_of<'a, 'i>(response: Node<'a, 'i>) -> Result<Node<'a, 'i>, Refusal> {
    dom::one(response, NS_ASSERTION, "Assertion", ASSERTION_MISSING)
}

/// What a reading knows besides the assertion.
#[derive(Clone, Copy)]
struct Draft<'a> {
    response_id: &'a str,
    issued: Timestamp,
    certificate: Option<&'a Certificate>,
}

/// One reading of an assertion, in the order of the official cases.
fn read(
    assertion: Node<'_, '_>,
    draft: &Draft<'_>,
    expected: &Expected<'_>,
) -> Result<Verified, Refusal> {
    envelope::check_assertion(assertion, expected)?;
    let subject = subject::read(assertion, expected)?;
    let conditions = conditions::read(assertion, expected)?;
    let authn = authn::read(assertion, expected)?;
    let attributes = attributes::read(assertion)?;
    let identity = identity::from(&attributes, authn.level, expected.provider)?;
    let end = subject.not_on_or_after.max(conditions.not_on_or_after);
    Ok(Verified {
        identity,
        response_id: draft.response_id.to_owned(),
        response_issue_instant: draft.issued,
        assertion_id: assertion.attribute("ID").unwrap_or_default().to_owned(),
        assertion_not_on_or_after: end.checked_add(CLOCK_TOLERANCE).unwrap_or(end),
        name_id: subject.name_id,
        name_qualifier: subject.name_qualifier,
        session_index: authn.session_index,
        audience: conditions.audience,
        certificate_fingerprint: draft
            .certificate
            .map(Certificate::fingerprint_sha256_hex)
            .unwrap_or_default(),
        attributes: attributes.into_pairs(),
    })
}

#[cfg(test)]
mod tests;
