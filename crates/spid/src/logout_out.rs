//! Logout messages that we send: our own requests, and answers to those of identity providers.

use crate::{
    SigningKey,
    names::{
        FORMAT_TRANSIENT, NS_ASSERTION, NS_PROTOCOL, SAML_VERSION, STATUS_REQUESTER,
        STATUS_RESPONDER, STATUS_SUCCESS,
    },
    redirect::{self, SignedMessage},
    request::{MessageError, PostMessage, check_envelope, instant, issuer, plain_relay_state},
    sign,
    xml::XmlWriter,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::Timestamp;

/// Our request to end a session at the provider; sensible only after a login at level 1, which alone leaves one.
#[derive(Clone, Copy)]
pub struct OutgoingLogout<'a> {
    /// From [`crate::new_request_id`].
    pub id: &'a str,
    /// Milliseconds are kept.
    pub issued_at: Timestamp,
    /// Location of the provider's logout endpoint for the binding used.
    pub destination: &'a str,
    /// Ours.
    pub entity_id: &'a str,
    /// As the provider asserted it.
    pub name_id: &'a str,
    /// As the provider asserted it.
    pub name_qualifier: &'a str,
    /// As the provider asserted it.
    pub session_index: Option<&'a str>,
    /// As in [`crate::LoginRequest`].
    pub relay_state: &'a str,
}

/// Our answer to a provider's logout request.
#[derive(Clone, Copy)]
pub struct LogoutAnswer<'a> {
    /// From [`crate::new_request_id`].
    pub id: &'a str,
    /// Milliseconds are kept.
    pub issued_at: Timestamp,
    /// ResponseLocation of the provider's endpoint, else its Location.
    pub destination: &'a str,
    /// Ours.
    pub entity_id: &'a str,
    /// ID of the request answered.
    pub in_response_to: &'a str,
    /// How it went.
    pub status: LogoutStatus,
    /// Given back as it came, if it came.
    pub relay_state: Option<&'a str>,
}

/// How a logout went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogoutStatus {
    /// No session is left here; also when there was none.
    Success,
    /// The request was not acceptable.
    Requester,
    /// We could not do it.
    Responder,
}

impl LogoutStatus {
    const fn code(self) -> &'static str {
        match self {
            Self::Success => STATUS_SUCCESS,
            Self::Requester => STATUS_REQUESTER,
            Self::Responder => STATUS_RESPONDER,
        }
    }
}

/// A signed answer to be sent as an HTML form.
#[derive(Clone, Debug)]
pub struct PostAnswer {
    /// As sent.
    pub xml: String,
    /// Where the form goes.
    pub action: String,
    /// Value of the field `SAMLResponse`: base64 of `xml`.
    pub saml_response: String,
    /// Value of the field `RelayState`, given back unchanged: escape it.
    pub relay_state: Option<String>,
}

/// Our logout request by redirect.
pub fn logout_request_redirect(
    logout: &OutgoingLogout<'_>,
    key: &SigningKey,
) -> Result<SignedMessage, MessageError> {
    let relay_state = plain_relay_state(logout.relay_state)?;
    let xml = request(logout, None)?;
    redirect::signed_message(xml, logout.destination, "SAMLRequest", Some(relay_state), key)
}

/// Our logout request by form.
pub fn logout_request_post(
    logout: &OutgoingLogout<'_>,
    key: &SigningKey,
) -> Result<PostMessage, MessageError> {
    let relay_state = plain_relay_state(logout.relay_state)?.to_owned();
    let xml = sign::sign(&request(logout, Some(key))?, key)?;
    let saml_request = STANDARD.encode(&xml);
    Ok(PostMessage { xml, action: logout.destination.to_owned(), saml_request, relay_state })
}

/// Our answer by redirect.
pub fn logout_response_redirect(
    answer: &LogoutAnswer<'_>,
    key: &SigningKey,
) -> Result<SignedMessage, MessageError> {
    let xml = response(answer, None)?;
    redirect::signed_message(xml, answer.destination, "SAMLResponse", answer.relay_state, key)
}

/// Our answer by form.
pub fn logout_response_post(
    answer: &LogoutAnswer<'_>,
    key: &SigningKey,
) -> Result<PostAnswer, MessageError> {
    let xml = sign::sign(&response(answer, Some(key))?, key)?;
    Ok(PostAnswer {
        saml_response: STANDARD.encode(&xml),
        xml,
        action: answer.destination.to_owned(),
        relay_state: answer.relay_state.map(str::to_owned),
    })
}

fn request(
    logout: &OutgoingLogout<'_>,
    signer: Option<&SigningKey>,
) -> Result<String, MessageError> {
    check_envelope(logout.id, logout.destination)?;
    let issued_at = instant(logout.issued_at);
    let attributes = envelope(logout.id, &issued_at, logout.destination);
    let mut writer = XmlWriter::default();
    writer.element("samlp:LogoutRequest", &attributes, |writer| {
        issuer(writer, logout.entity_id);
        if let Some(key) = signer {
            sign::template(writer, logout.id, key);
        }
        let name = [("Format", FORMAT_TRANSIENT), ("NameQualifier", logout.name_qualifier)];
        writer.leaf("saml:NameID", &name, logout.name_id);
        if let Some(session_index) = logout.session_index {
            writer.leaf("samlp:SessionIndex", &[], session_index);
        }
    });
    Ok(writer.finish()?)
}

fn response(
    answer: &LogoutAnswer<'_>,
    signer: Option<&SigningKey>,
) -> Result<String, MessageError> {
    check_envelope(answer.id, answer.destination)?;
    let issued_at = instant(answer.issued_at);
    let mut attributes = envelope(answer.id, &issued_at, answer.destination).to_vec();
    attributes.push(("InResponseTo", answer.in_response_to));
    let mut writer = XmlWriter::default();
    writer.element("samlp:LogoutResponse", &attributes, |writer| {
        issuer(writer, answer.entity_id);
        if let Some(key) = signer {
            sign::template(writer, answer.id, key);
        }
        writer.element("samlp:Status", &[], |writer| {
            writer.empty("samlp:StatusCode", &[("Value", answer.status.code())]);
        });
    });
    Ok(writer.finish()?)
}

fn envelope<'a>(
    id: &'a str,
    issued_at: &'a str,
    destination: &'a str,
) -> [(&'static str, &'a str); 6] {
    [
        ("xmlns:samlp", NS_PROTOCOL),
        ("xmlns:saml", NS_ASSERTION),
        ("ID", id),
        ("Version", SAML_VERSION),
        ("IssueInstant", issued_at),
        ("Destination", destination),
    ]
}

#[cfg(test)]
mod tests;
