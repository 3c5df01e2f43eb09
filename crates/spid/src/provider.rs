//! One identity provider and its certificates.

use base64::{Engine, engine::general_purpose::STANDARD};
use domain::identity::IdentityScheme;
use jiff::Timestamp;
use openssl::{asn1::Asn1Time, sha::sha256, x509::X509};
use std::fmt;

/// One identity provider as its metadata describe it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityProvider {
    /// Its entityID.
    pub entity_id: String,
    /// The federation it belongs to.
    pub scheme: IdentityScheme,
    /// OrganizationDisplayName in Italian, else OrganizationName, else the host of the entityID.
    pub display_name: String,
    /// Where a request goes by redirect.
    pub sso_redirect: Option<String>,
    /// Where a request goes by form.
    pub sso_post: Option<String>,
    /// Where a logout request goes by redirect.
    pub slo_redirect: Option<String>,
    /// Where a logout request goes by form.
    pub slo_post: Option<String>,
    /// Where a logout response goes by redirect, when it is not `slo_redirect`.
    pub slo_redirect_response: Option<String>,
    /// Where a logout response goes by form, when it is not `slo_post`.
    pub slo_post_response: Option<String>,
    /// Several while keys are exchanged; a key without stated use counts as one for signing.
    pub signing_certificates: Vec<Certificate>,
    /// File stem of the logo, known to the caller alone.
    pub logo: Option<String>,
    /// Whether an unsigned Response around a signed Assertion is refused.
    pub requires_signed_response: bool,
}

/// DER of an X.509 certificate.
#[derive(Clone, PartialEq, Eq)]
pub struct Certificate {
    der: Vec<u8>,
    /// Whether a signature by its key may count; found out once, not at every message.
    is_strong: bool,
}

/// RSA keys below this are ignored, whoever publishes them.
const LEAST_RSA_BITS: u32 = 2048;

impl Certificate {
    /// The certificate with these bytes; `None` when they are no X.509 certificate.
    pub fn from_der(der: Vec<u8>) -> Option<Self> {
        let certificate = X509::from_der(&der).ok()?;
        let key = certificate.public_key().ok();
        let is_strong = key.is_some_and(|key| key.rsa().is_ok() && key.bits() >= LEAST_RSA_BITS);
        Some(Self { der, is_strong })
    }

    /// Every certificate of a PEM text, in its order.
    pub fn list_from_pem(text: &str) -> Vec<Self> {
        let found = openssl::x509::X509::stack_from_pem(text.as_bytes()).unwrap_or_default();
        found.iter().filter_map(|x509| Self::from_der(x509.to_der().ok()?)).collect()
    }

    /// As `from_der`, from base64 as metadata carry it: white space anywhere.
    pub fn from_base64(text: &str) -> Option<Self> {
        let dense: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
        Self::from_der(STANDARD.decode(dense).ok()?)
    }

    /// The bytes.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// Whether its key is RSA of at least 2048 bits; others verify nothing.
    pub const fn is_strong(&self) -> bool {
        self.is_strong
    }

    /// End of validity. An expired certificate is no reason to refuse (the registry vouches for it), but one to warn.
    pub fn not_after(&self) -> Option<Timestamp> {
        let certificate = X509::from_der(&self.der).ok()?;
        let span = Asn1Time::from_unix(0).ok()?.diff(certificate.not_after()).ok()?;
        let seconds = i64::from(span.days) * 86_400 + i64::from(span.secs);
        Timestamp::from_second(seconds).ok()
    }

    /// SHA-256 of the bytes, lower-case hexadecimal.
    pub fn fingerprint_sha256_hex(&self) -> String {
        sha256(&self.der).iter().fold(String::with_capacity(64), |mut text, byte| {
            let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or_default();
            text.push(digit(byte >> 4));
            text.push(digit(byte & 15));
            text
        })
    }
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Certificate({})", self.fingerprint_sha256_hex())
    }
}
