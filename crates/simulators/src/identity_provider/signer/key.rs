//! An RSA key with its self-signed certificate.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use openssl::{
    asn1::Asn1Time,
    bn::{BigNum, MsbOption},
    error::ErrorStack,
    hash::MessageDigest,
    nid::Nid,
    pkey::{PKey, PKeyRef, Private},
    rsa::Rsa,
    x509::{X509, X509Builder, X509NameBuilder, X509Ref},
};

/// How to make a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyOptions {
    /// Common name and organisation of the certificate.
    pub name: String,
    /// Length of the key in bits.
    pub bits: u32,
    /// Start of the certificate's validity, as `YYYYMMDDHHMMSSZ`.
    pub not_before: String,
    /// Its end.
    pub not_after: String,
}

impl KeyOptions {
    /// 2048 bits, valid from 2020 to 2049: no clock is asked.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            bits: 2048,
            not_before: "20200101000000Z".into(),
            not_after: "20491231235959Z".into(),
        }
    }
}

/// A key that signs, and the certificate that tells others how to check.
#[derive(Clone)]
pub struct SigningKey {
    key: PKey<Private>,
    certificate: X509,
}

impl SigningKey {
    /// A fresh key of 2048 bits.
    ///
    /// # Errors
    /// From OpenSSL.
    pub fn generate(name: &str) -> Result<Self, ErrorStack> {
        Self::generate_with(&KeyOptions::new(name))
    }

    /// A fresh key of any kind, weak or expired ones too.
    ///
    /// # Errors
    /// From OpenSSL.
    pub fn generate_with(options: &KeyOptions) -> Result<Self, ErrorStack> {
        let key = PKey::from_rsa(Rsa::generate(options.bits)?)?;
        let mut name = X509NameBuilder::new()?;
        name.append_entry_by_nid(Nid::COUNTRYNAME, "IT")?;
        name.append_entry_by_nid(Nid::ORGANIZATIONNAME, &options.name)?;
        name.append_entry_by_nid(Nid::COMMONNAME, &options.name)?;
        let name = name.build();
        let mut serial = BigNum::new()?;
        serial.rand(127, MsbOption::MAYBE_ZERO, false)?;
        let mut certificate = X509Builder::new()?;
        certificate.set_version(2)?;
        certificate.set_serial_number(&*serial.to_asn1_integer()?)?;
        certificate.set_subject_name(&name)?;
        certificate.set_issuer_name(&name)?;
        certificate.set_not_before(&*Asn1Time::from_str(&options.not_before)?)?;
        certificate.set_not_after(&*Asn1Time::from_str(&options.not_after)?)?;
        certificate.set_pubkey(&key)?;
        certificate.sign(&key, MessageDigest::sha256())?;
        Ok(Self { key, certificate: certificate.build() })
    }

    /// A key and its certificate that were made elsewhere.
    ///
    /// # Errors
    /// When one of the two is no PEM.
    pub fn from_pem(key: &[u8], certificate: &[u8]) -> Result<Self, ErrorStack> {
        Ok(Self {
            key: PKey::private_key_from_pem(key)?,
            certificate: X509::from_pem(certificate)?,
        })
    }

    /// This key with another's certificate: what it signs does not fit what it shows.
    #[must_use]
    pub fn with_certificate_of(&self, other: &Self) -> Self {
        Self { key: self.key.clone(), certificate: other.certificate.clone() }
    }

    /// The private key.
    pub fn key(&self) -> &PKeyRef<Private> {
        &self.key
    }

    /// The certificate.
    pub fn certificate(&self) -> &X509Ref {
        &self.certificate
    }

    /// The certificate's bytes.
    ///
    /// # Errors
    /// From OpenSSL.
    pub fn certificate_der(&self) -> Result<Vec<u8>, ErrorStack> {
        self.certificate.to_der()
    }

    /// The certificate as `X509Certificate` holds it.
    ///
    /// # Errors
    /// From OpenSSL.
    pub fn certificate_base64(&self) -> Result<String, ErrorStack> {
        Ok(STANDARD.encode(self.certificate.to_der()?))
    }

    /// The certificate as a PEM file.
    ///
    /// # Errors
    /// From OpenSSL.
    pub fn certificate_pem(&self) -> Result<String, ErrorStack> {
        Ok(String::from_utf8_lossy(&self.certificate.to_pem()?).into_owned())
    }

    /// The private key as a PEM file (PKCS #8).
    ///
    /// # Errors
    /// From OpenSSL.
    pub fn key_pem(&self) -> Result<String, ErrorStack> {
        Ok(String::from_utf8_lossy(&self.key.private_key_to_pem_pkcs8()?).into_owned())
    }

    /// The public key's bytes, which anybody knows: a keyed hash made with them proves nothing.
    ///
    /// # Errors
    /// From OpenSSL.
    pub fn public_key_der(&self) -> Result<Vec<u8>, ErrorStack> {
        self.key.public_key_to_der()
    }
}
