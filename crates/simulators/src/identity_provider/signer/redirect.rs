//! The binding by redirect: a message deflated into the query, signed as text.

use super::{SignError, SigningKey, algorithm};
use crate::identity_provider::names;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use std::io::{self, Read as _, Write as _};
use url::form_urlencoded::byte_serialize;

/// Largest message that is taken out of a query, in bytes.
const LARGEST: u64 = 256 * 1024;

/// Name of the message in the query or the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Parameter {
    /// `SAMLRequest`
    Request,
    /// `SAMLResponse`
    Response,
}

impl Parameter {
    /// As on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Request => "SAMLRequest",
            Self::Response => "SAMLResponse",
        }
    }
}

/// A message as it travels in a query, before percent signs.
///
/// # Errors
/// Never in practice: memory is written to.
pub fn deflate(xml: &str) -> io::Result<String> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(xml.as_bytes())?;
    Ok(STANDARD.encode(encoder.finish()?))
}

/// The message in the text of a query, percent signs already gone.
///
/// # Errors
/// When it is not base64, not deflated, not UTF-8, or longer than a message can be.
pub fn inflate(text: &str) -> io::Result<String> {
    let invalid = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
    let packed = STANDARD.decode(text).map_err(|_| invalid("no base64"))?;
    let mut xml = String::new();
    DeflateDecoder::new(packed.as_slice()).take(LARGEST + 1).read_to_string(&mut xml)?;
    if u64::try_from(xml.len()).is_ok_and(|length| length <= LARGEST) {
        return Ok(xml);
    }
    Err(invalid("too long"))
}

/// A signed query (RSA with SHA-256), to be put after the question mark.
///
/// # Errors
/// When the key cannot sign.
pub fn redirect_query(
    xml: &str,
    parameter: Parameter,
    relay_state: Option<&str>,
    key: &SigningKey,
) -> Result<String, SignError> {
    redirect_query_with(xml, parameter, relay_state, key, names::RSA_SHA256)
}

/// A signed query with another algorithm's name.
///
/// # Errors
/// When the key cannot sign.
pub fn redirect_query_with(
    xml: &str,
    parameter: Parameter,
    relay_state: Option<&str>,
    key: &SigningKey,
    signature_algorithm: &str,
) -> Result<String, SignError> {
    let message = deflate(xml).map_err(|error| SignError::Canonical(error.to_string()))?;
    let encode = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
    let mut query = format!("{}={}", parameter.name(), encode(&message));
    if let Some(state) = relay_state {
        query.push_str("&RelayState=");
        query.push_str(&encode(state));
    }
    query.push_str("&SigAlg=");
    query.push_str(&encode(signature_algorithm));
    let value = algorithm::signature(signature_algorithm, key.key(), &[], query.as_bytes())?;
    Ok(format!("{query}&Signature={}", encode(&STANDARD.encode(value))))
}
