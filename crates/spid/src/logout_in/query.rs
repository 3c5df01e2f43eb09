//! The query of a signed redirect, exactly as received.

use crate::{
    decode::{self, FORM_BYTES},
    names::{RSA_SHA256, RSA_SHA384, RSA_SHA512},
    provider::{Certificate, IdentityProvider},
    refusal::{
        Refusal,
        content::{LOGOUT_UNSIGNED, PROVIDER_WITHOUT_KEY, SIGNATURE_INVALID},
        form::{FORM_TOO_LARGE, QUERY_MALFORMED, SIGNATURE_ALGORITHM},
    },
    signature,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use openssl::{error::ErrorStack, hash::MessageDigest, sign::Verifier, x509::X509};

/// The parameters that are signed, and the signature; still percent-encoded.
pub(super) struct Query<'a> {
    request: &'a str,
    relay_state: Option<&'a str>,
    algorithm: Option<&'a str>,
    signature: Option<&'a str>,
}

impl<'a> Query<'a> {
    /// Finds the parameters; one that is there twice is refused, for two readers may take different ones.
    pub(super) fn parse(raw: &'a str) -> Result<Self, Refusal> {
        if raw.len() > FORM_BYTES {
            return Err(FORM_TOO_LARGE);
        }
        Ok(Self {
            request: once(raw, "SAMLRequest")?.ok_or(QUERY_MALFORMED)?,
            relay_state: once(raw, "RelayState")?,
            algorithm: once(raw, "SigAlg")?,
            signature: once(raw, "Signature")?,
        })
    }

    /// The document inside.
    pub(super) fn document(&self) -> Result<String, Refusal> {
        decode::redirect_parameter(&decoded(self.request)?)
    }

    /// Verifies with one of the provider's keys what the binding says is signed: the values as received, in its order.
    pub(super) fn verify(&self, provider: &IdentityProvider) -> Result<(), Refusal> {
        let (Some(algorithm), Some(signature)) = (self.algorithm, self.signature) else {
            return Err(LOGOUT_UNSIGNED);
        };
        let digest = match decoded(algorithm)?.as_str() {
            RSA_SHA256 => MessageDigest::sha256(),
            RSA_SHA384 => MessageDigest::sha384(),
            RSA_SHA512 => MessageDigest::sha512(),
            _ => return Err(SIGNATURE_ALGORITHM),
        };
        let dense: Vec<u8> =
            decoded(signature)?.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
        let signature = STANDARD.decode(dense).map_err(|_| QUERY_MALFORMED)?;
        let state =
            self.relay_state.map(|state| format!("&RelayState={state}")).unwrap_or_default();
        let signed = format!("SAMLRequest={}{state}&SigAlg={algorithm}", self.request);
        let mut refusal = PROVIDER_WITHOUT_KEY;
        for key in signature::keys(provider) {
            match has_signed(key, digest, signed.as_bytes(), &signature) {
                Ok(true) => return Ok(()),
                Ok(false) | Err(_) => refusal = SIGNATURE_INVALID,
            }
        }
        Err(refusal)
    }
}

fn has_signed(
    certificate: &Certificate,
    digest: MessageDigest,
    signed: &[u8],
    signature: &[u8],
) -> Result<bool, ErrorStack> {
    let key = X509::from_der(certificate.der())?.public_key()?;
    Verifier::new(digest, &key)?.verify_oneshot(signature, signed)
}

fn once<'a>(raw: &'a str, name: &str) -> Result<Option<&'a str>, Refusal> {
    let mut values = raw.split('&').filter_map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        // A key may be percent-encoded as well; then it is somebody's attempt to have two of them.
        (key == name || decoded(key).is_ok_and(|plain| plain == name)).then_some(value)
    });
    let first = values.next();
    if values.next().is_some() { Err(QUERY_MALFORMED) } else { Ok(first) }
}

/// Percent-decoding, with `+` for a blank.
fn decoded(value: &str) -> Result<String, Refusal> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let pair = [rest.next(), rest.next()]
                    .map(|digit| digit.and_then(|d| char::from(d).to_digit(16)));
                let [Some(high), Some(low)] = pair else { return Err(QUERY_MALFORMED) };
                u8::try_from(high * 16 + low).map_err(|_| QUERY_MALFORMED)?
            }
            b'+' => b' ',
            plain => plain,
        });
    }
    String::from_utf8(bytes).map_err(|_| QUERY_MALFORMED)
}
