//! Signing keys with their certificates: read, made, and asked for.

use crate::{
    Certificate,
    certificate_profile::{self, CertificateSubject},
};
use jiff::Timestamp;
use openssl::{
    asn1::{Asn1Integer, Asn1Time},
    bn::{BigNum, MsbOption},
    error::ErrorStack,
    hash::MessageDigest,
    pkey::{PKey, PKeyRef, Private},
    rsa::Rsa,
    x509::{X509, X509Name, X509Req},
};
use std::fmt;
use zeroize::Zeroizing;

/// Length of the keys made here; the rules allow 2048, 3072 and 4096.
const NEW_KEY_BITS: u32 = 3072;
/// The shortest key accepted.
pub(crate) const SHORTEST_KEY_BITS: u32 = 2048;
/// Bits of a certificate's serial number; RFC 5280 allows 20 octets.
const SERIAL_BITS: i32 = 127;
const DAY_IN_SECONDS: i64 = 86_400;

/// Why a key or a certificate cannot be used or made; never carries either.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The private key is not PEM, or is encrypted.
    #[error("the private key cannot be read: PEM without a password is expected")]
    PrivateKey,
    /// The certificate is not PEM.
    #[error("the certificate cannot be read: PEM is expected")]
    Certificate,
    /// Another algorithm than RSA.
    #[error("the key is not an RSA key")]
    NotRsa,
    /// Too short an RSA key.
    #[error("the key has {0} bits; at least 2048 are needed")]
    TooShort(u32),
    /// The certificate belongs to another key.
    #[error("the certificate does not belong to the private key")]
    Mismatch,
    /// A field of the subject is empty or longer than certificates allow.
    #[error("the subject's {0} is empty, too long (64 characters for names) or malformed")]
    Subject(&'static str),
    /// The period of validity is not expressible.
    #[error("the period of validity is out of range")]
    Validity,
    /// The cryptographic library failed.
    #[error("the cryptographic library failed")]
    Library(#[from] ErrorStack),
}

/// A private key and the certificate that publishes it.
#[derive(Clone)]
pub struct SigningKey {
    private_key_der: Zeroizing<Vec<u8>>,
    certificate: Certificate,
}

impl SigningKey {
    /// Reads an unencrypted RSA key of at least 2048 bits and its certificate, both PEM.
    pub fn from_pem(private_key: &str, certificate: &str) -> Result<Self, KeyError> {
        let x509 = X509::from_pem(certificate.as_bytes()).map_err(|_| KeyError::Certificate)?;
        let certificate = Certificate::from_der(x509.to_der()?).ok_or(KeyError::Certificate)?;
        Self::from_parts(private_key, certificate)
    }

    /// The same, with a certificate that was read already.
    pub fn from_parts(private_key: &str, certificate: Certificate) -> Result<Self, KeyError> {
        let key = PKey::private_key_from_pem_callback(private_key.as_bytes(), |_| Ok(0))
            .map_err(|_| KeyError::PrivateKey)?;
        let x509 = X509::from_der(certificate.der()).map_err(|_| KeyError::Certificate)?;
        let bits = key.rsa().map_err(|_| KeyError::NotRsa)?.n().num_bits();
        let bits = u32::try_from(bits).unwrap_or_default();
        if bits < SHORTEST_KEY_BITS {
            return Err(KeyError::TooShort(bits));
        }
        if !x509.public_key()?.public_eq(&key) {
            return Err(KeyError::Mismatch);
        }
        let private_key_der = Zeroizing::new(key.private_key_to_pkcs8()?);
        Ok(Self { private_key_der, certificate })
    }

    /// PKCS#8, DER.
    pub fn private_key_der(&self) -> &[u8] {
        &self.private_key_der
    }

    /// The certificate.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    pub(crate) fn private_key(&self) -> Result<PKey<Private>, ErrorStack> {
        PKey::private_key_from_pkcs8(&self.private_key_der)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("certificate", &self.certificate).finish_non_exhaustive()
    }
}

/// A key made here, with its self-signed certificate.
pub struct NewKey {
    /// PKCS#8, PEM, not encrypted.
    pub private_key_pem: Zeroizing<String>,
    /// PEM.
    pub certificate_pem: String,
    /// The same certificate.
    pub certificate: Certificate,
}

impl fmt::Debug for NewKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewKey").field("certificate", &self.certificate).finish_non_exhaustive()
    }
}

/// An RSA key of 3072 bits and a self-signed certificate after the profile for public bodies, valid from `now` for
/// `days`. A private company that aggregates public bodies needs a certificate of AgID instead: see
/// [`certificate_request`].
pub fn new_key(
    subject: &CertificateSubject<'_>,
    now: Timestamp,
    days: u32,
) -> Result<NewKey, KeyError> {
    let key = PKey::from_rsa(Rsa::generate(NEW_KEY_BITS)?)?;
    let x509 = self_signed(subject, &key, now, days)?;
    Ok(NewKey {
        private_key_pem: pem_text(key.private_key_to_pem_pkcs8()?)?,
        certificate_pem: pem_text(x509.to_pem()?)?.to_string(),
        certificate: Certificate::from_der(x509.to_der()?).ok_or(KeyError::Certificate)?,
    })
}

/// A private key alone (PKCS#8, PEM), for a [`certificate_request`].
pub fn new_private_key() -> Result<Zeroizing<String>, KeyError> {
    let key = PKey::from_rsa(Rsa::generate(NEW_KEY_BITS)?)?;
    pem_text(key.private_key_to_pem_pkcs8()?)
}

/// A certificate signing request (PEM) for this key, with the subject and the extensions of the profile.
pub fn certificate_request(
    subject: &CertificateSubject<'_>,
    private_key_pem: &str,
) -> Result<String, KeyError> {
    let key = PKey::private_key_from_pem_callback(private_key_pem.as_bytes(), |_| Ok(0))
        .map_err(|_| KeyError::PrivateKey)?;
    let name = certificate_profile::subject_name(subject)?;
    let mut builder = X509Req::builder()?;
    builder.set_version(0)?;
    builder.set_subject_name(&name)?;
    builder.set_pubkey(&key)?;
    let mut extensions = openssl::stack::Stack::new()?;
    for extension in certificate_profile::extensions(subject.mode)? {
        extensions.push(extension)?;
    }
    builder.add_extensions(&extensions)?;
    builder.sign(&key, MessageDigest::sha256())?;
    Ok(pem_text(builder.build().to_pem()?)?.to_string())
}

fn self_signed(
    subject: &CertificateSubject<'_>,
    key: &PKeyRef<Private>,
    now: Timestamp,
    days: u32,
) -> Result<X509, KeyError> {
    let name: X509Name = certificate_profile::subject_name(subject)?;
    let end = now.as_second().checked_add(i64::from(days).saturating_mul(DAY_IN_SECONDS));
    let end = end.filter(|_| days > 0).ok_or(KeyError::Validity)?;
    let mut serial = BigNum::new()?;
    serial.rand(SERIAL_BITS, MsbOption::ONE, false)?;
    let mut builder = X509::builder()?;
    // Versions are counted from zero: this is X.509 version 3.
    builder.set_version(2)?;
    builder.set_serial_number(&*Asn1Integer::from_bn(&serial)?)?;
    builder.set_subject_name(&name)?;
    builder.set_issuer_name(&name)?;
    builder.set_not_before(&*Asn1Time::from_unix(now.as_second())?)?;
    builder.set_not_after(&*Asn1Time::from_unix(end)?)?;
    builder.set_pubkey(key)?;
    for extension in certificate_profile::extensions(subject.mode)? {
        builder.append_extension(extension)?;
    }
    builder.sign(key, MessageDigest::sha256())?;
    Ok(builder.build())
}

fn pem_text(pem: Vec<u8>) -> Result<Zeroizing<String>, KeyError> {
    String::from_utf8(pem).map(Zeroizing::new).map_err(|_| KeyError::PrivateKey)
}

#[cfg(test)]
mod tests;
