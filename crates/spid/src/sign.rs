//! Signatures on what we send: enveloped ones by xmlsec, those over a query by OpenSSL.

use crate::{
    Certificate, SigningKey,
    names::{ENVELOPED, EXCLUSIVE_C14N, NS_DSIG, RSA_SHA256, SHA256},
    xml::XmlWriter,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use openssl::{hash::MessageDigest, sign::Signer};
use samael::crypto::{Crypto, CryptoProvider as _};

/// A signature could not be made: the key is damaged, or the library failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the signature could not be made")]
pub struct SignError;

/// Writes the signature still to be filled in. It must be the first one of the document.
pub(crate) fn template(writer: &mut XmlWriter, reference_id: &str, key: &SigningKey) {
    writer.element("ds:Signature", &[("xmlns:ds", NS_DSIG)], |writer| {
        writer.element("ds:SignedInfo", &[], |writer| {
            writer.empty("ds:CanonicalizationMethod", &[("Algorithm", EXCLUSIVE_C14N)]);
            writer.empty("ds:SignatureMethod", &[("Algorithm", RSA_SHA256)]);
            let reference = format!("#{reference_id}");
            writer.element("ds:Reference", &[("URI", &reference)], |writer| {
                writer.element("ds:Transforms", &[], |writer| {
                    writer.empty("ds:Transform", &[("Algorithm", ENVELOPED)]);
                    writer.empty("ds:Transform", &[("Algorithm", EXCLUSIVE_C14N)]);
                });
                writer.empty("ds:DigestMethod", &[("Algorithm", SHA256)]);
                writer.empty("ds:DigestValue", &[]);
            });
        });
        writer.empty("ds:SignatureValue", &[]);
        key_info(writer, key.certificate());
    });
}

/// The certificate as `KeyInfo`; the prefix `ds` is declared around it.
pub(crate) fn key_info(writer: &mut XmlWriter, certificate: &Certificate) {
    writer.element("ds:KeyInfo", &[], |writer| {
        writer.element("ds:X509Data", &[], |writer| {
            writer.leaf("ds:X509Certificate", &[], &STANDARD.encode(certificate.der()));
        });
    });
}

/// Fills the signature in. The result begins with the XML declaration, without anything before it.
pub(crate) fn sign(xml: &str, key: &SigningKey) -> Result<String, SignError> {
    let signed = Crypto::sign_xml(xml, key.private_key_der()).map_err(|_| SignError)?;
    Ok(signed.trim().to_owned())
}

/// RSA-SHA256 over these bytes, base64.
pub(crate) fn sign_bytes(bytes: &[u8], key: &SigningKey) -> Result<String, SignError> {
    let private_key = key.private_key().map_err(|_| SignError)?;
    let mut signer = Signer::new(MessageDigest::sha256(), &private_key).map_err(|_| SignError)?;
    let signature = signer.sign_oneshot_to_vec(bytes).map_err(|_| SignError)?;
    Ok(STANDARD.encode(signature))
}

/// Whether a text can be an ID: a letter or an underscore, then letters, digits, `_`, `-`, `.` (a subset of NCName).
pub(crate) fn is_xml_id(id: &str) -> bool {
    let mut characters = id.chars();
    characters.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && characters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
}
