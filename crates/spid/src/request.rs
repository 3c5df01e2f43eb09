//! The request for authentication (technical rules of SPID, manual of CIE): one form that both accept.

use crate::{
    SigningKey,
    level::class_of,
    names::{FORMAT_ENTITY, FORMAT_TRANSIENT, NS_ASSERTION, NS_PROTOCOL, SAML_VERSION},
    redirect::{self, SignedMessage},
    sign::{self, SignError},
    xml::{ForbiddenCharacter, XmlWriter},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{Entropy, entropy::random_bytes, identity::AssuranceLevel};
use jiff::Timestamp;
use std::fmt::Write as _;

/// Longest RelayState that providers must give back (SAML bindings §3.4.3).
const LONGEST_RELAY_STATE: usize = 80;

/// Why a message cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum MessageError {
    /// The ID is not an XML name.
    #[error("the message's ID is not an XML name")]
    Id,
    /// The destination is not an absolute http or https address.
    #[error("the destination is not an address")]
    Destination,
    /// RelayState is empty, longer than 80 octets, or not in `A-Z a-z 0-9 _ -`.
    #[error("RelayState is empty, too long, or not a plain token")]
    RelayState,
    /// A text that XML cannot carry.
    #[error(transparent)]
    Text(#[from] ForbiddenCharacter),
    /// The signature failed.
    #[error(transparent)]
    Sign(#[from] SignError),
}

/// What a request for authentication says. It always asks for a fresh login at `level` or above, answered by form at
/// the consumer of index 0.
#[derive(Clone, Copy, Debug)]
pub struct LoginRequest<'a> {
    /// From [`new_request_id`].
    pub id: &'a str,
    /// Milliseconds are kept.
    pub issued_at: Timestamp,
    /// Location of the provider's endpoint for the binding used.
    pub destination: &'a str,
    /// Ours.
    pub entity_id: &'a str,
    /// Asked for as a minimum.
    pub level: AssuranceLevel,
    /// Index in our metadata.
    pub attribute_set: u16,
    /// An opaque token of `A-Z a-z 0-9 _ -`, at most 80 octets; it must not tell where the person is going.
    pub relay_state: &'a str,
}

/// A signed request to be sent as an HTML form.
#[derive(Clone, Debug)]
pub struct PostMessage {
    /// As sent, for the register.
    pub xml: String,
    /// Where the form goes.
    pub action: String,
    /// Value of the field `SAMLRequest`: base64 of `xml`.
    pub saml_request: String,
    /// Value of the field `RelayState`.
    pub relay_state: String,
}

/// An ID for a message: 256 random bits behind an underscore, since XML names begin with no digit.
pub fn new_request_id(entropy: &dyn Entropy) -> String {
    let mut id = String::from("_");
    for byte in random_bytes::<32>(entropy) {
        // Writing to a String cannot fail.
        let _ = write!(id, "{byte:02x}");
    }
    id
}

/// The address to redirect the browser to (302), signed over its query.
pub fn redirect_url(
    request: &LoginRequest<'_>,
    key: &SigningKey,
) -> Result<SignedMessage, MessageError> {
    let relay_state = plain_relay_state(request.relay_state)?;
    let xml = authn_request(request, None)?;
    redirect::signed_message(xml, request.destination, "SAMLRequest", Some(relay_state), key)
}

/// The form to let the browser send, signed inside the document.
pub fn post_form(
    request: &LoginRequest<'_>,
    key: &SigningKey,
) -> Result<PostMessage, MessageError> {
    let relay_state = plain_relay_state(request.relay_state)?.to_owned();
    let xml = sign::sign(&authn_request(request, Some(key))?, key)?;
    let saml_request = STANDARD.encode(&xml);
    Ok(PostMessage { xml, action: request.destination.to_owned(), saml_request, relay_state })
}

/// With a key there is a place for the signature, right after the issuer as the schema wants it.
fn authn_request(
    request: &LoginRequest<'_>,
    signer: Option<&SigningKey>,
) -> Result<String, MessageError> {
    check_envelope(request.id, request.destination)?;
    let issued_at = instant(request.issued_at);
    let attribute_set = request.attribute_set.to_string();
    let attributes = [
        ("xmlns:samlp", NS_PROTOCOL),
        ("xmlns:saml", NS_ASSERTION),
        ("ID", request.id),
        ("Version", SAML_VERSION),
        ("IssueInstant", &issued_at),
        ("Destination", request.destination),
        ("ForceAuthn", "true"),
        ("AssertionConsumerServiceIndex", "0"),
        ("AttributeConsumingServiceIndex", &attribute_set),
    ];
    let mut writer = XmlWriter::default();
    writer.element("samlp:AuthnRequest", &attributes, |writer| {
        issuer(writer, request.entity_id);
        if let Some(key) = signer {
            sign::template(writer, request.id, key);
        }
        writer.empty("samlp:NameIDPolicy", &[("Format", FORMAT_TRANSIENT)]);
        writer.element("samlp:RequestedAuthnContext", &[("Comparison", "minimum")], |writer| {
            writer.leaf("saml:AuthnContextClassRef", &[], class_of(request.level));
        });
    });
    Ok(writer.finish()?)
}

/// Ourselves. Providers take the audience of their answer from NameQualifier or from the text: both are the entityID.
pub(crate) fn issuer(writer: &mut XmlWriter, entity_id: &str) {
    let attributes = [("Format", FORMAT_ENTITY), ("NameQualifier", entity_id)];
    writer.leaf("saml:Issuer", &attributes, entity_id);
}

/// UTC with milliseconds.
pub(crate) fn instant(at: Timestamp) -> String {
    format!("{at:.3}")
}

/// What every message needs before it is written.
pub(crate) fn check_envelope(id: &str, destination: &str) -> Result<(), MessageError> {
    if !sign::is_xml_id(id) {
        return Err(MessageError::Id);
    }
    if !crate::metadata::is_web_address(destination) || destination.contains('#') {
        return Err(MessageError::Destination);
    }
    Ok(())
}

/// Our own tokens need no escaping anywhere: not in a query, not in a form.
pub(crate) fn plain_relay_state(relay_state: &str) -> Result<&str, MessageError> {
    let plain = (1..=LONGEST_RELAY_STATE).contains(&relay_state.len())
        && relay_state.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    plain.then_some(relay_state).ok_or(MessageError::RelayState)
}

#[cfg(test)]
pub(crate) mod tests;
