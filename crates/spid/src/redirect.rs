//! Messages by redirect: compressed, encoded, and signed over the query itself (SAML bindings §3.4.4.1).

use crate::{
    SigningKey,
    names::RSA_SHA256,
    request::MessageError,
    sign::{self, SignError},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use flate2::{Compression, write::DeflateEncoder};
use std::{fmt::Write as _, io::Write as _};

/// A signed message as an address.
#[derive(Clone, Debug)]
pub struct SignedMessage {
    /// As sent, for the register.
    pub xml: String,
    /// Where to send the browser, with the signed query.
    pub url: String,
}

/// The signature covers the query exactly as it is sent: parameter names, order and escapes included.
pub(crate) fn signed_message(
    xml: String,
    destination: &str,
    parameter: &str,
    relay_state: Option<&str>,
    key: &SigningKey,
) -> Result<SignedMessage, MessageError> {
    let mut query = format!("{parameter}={}", percent_encoded(&STANDARD.encode(deflated(&xml)?)));
    // An empty RelayState is the same as none, and some providers verify without it.
    if let Some(relay_state) = relay_state.filter(|relay_state| !relay_state.is_empty()) {
        query.push_str("&RelayState=");
        query.push_str(&percent_encoded(relay_state));
    }
    query.push_str("&SigAlg=");
    query.push_str(&percent_encoded(RSA_SHA256));
    let signature = sign::sign_bytes(query.as_bytes(), key)?;
    let joint = if destination.contains('?') { '&' } else { '?' };
    let url = format!("{destination}{joint}{query}&Signature={}", percent_encoded(&signature));
    Ok(SignedMessage { xml, url })
}

/// DEFLATE without header or checksum.
fn deflated(xml: &str) -> Result<Vec<u8>, SignError> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    // Writing into memory does not fail; if it ever does, there is nothing to sign.
    encoder.write_all(xml.as_bytes()).map_err(|_| SignError)?;
    encoder.finish().map_err(|_| SignError)
}

/// All but the unreserved characters of RFC 3986, in upper case: some providers encode again what they received before
/// they verify, and this is what they end up with.
fn percent_encoded(value: &str) -> String {
    let mut encoded = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
