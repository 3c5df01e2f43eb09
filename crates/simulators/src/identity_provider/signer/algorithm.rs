//! From the name of an algorithm to its computation.

use super::super::names;
use openssl::{
    error::ErrorStack,
    hash::{self, MessageDigest},
    pkey::{PKey, PKeyRef, Private},
    sign::Signer,
};

/// The digest behind the name of a digest or of a signature algorithm; none for an unknown name.
pub(super) fn digest_of(uri: &str) -> Option<MessageDigest> {
    match uri {
        names::RSA_SHA1 | names::SHA1 => Some(MessageDigest::sha1()),
        names::RSA_SHA256 | names::SHA256 | names::HMAC_SHA256 => Some(MessageDigest::sha256()),
        names::RSA_SHA384 | names::SHA384 => Some(MessageDigest::sha384()),
        names::RSA_SHA512 | names::SHA512 => Some(MessageDigest::sha512()),
        _ => None,
    }
}

/// Digest of bytes; SHA-256 behind a name nobody knows.
pub(super) fn digest(uri: &str, bytes: &[u8]) -> Result<Vec<u8>, ErrorStack> {
    let digest = digest_of(uri).unwrap_or_else(MessageDigest::sha256);
    Ok(hash::hash(digest, bytes)?.to_vec())
}

/// Signature value of bytes; RSA with SHA-256 behind a name nobody knows.
pub(super) fn signature(
    uri: &str,
    key: &PKeyRef<Private>,
    hmac_secret: &[u8],
    bytes: &[u8],
) -> Result<Vec<u8>, ErrorStack> {
    let digest = digest_of(uri).unwrap_or_else(MessageDigest::sha256);
    if uri == names::HMAC_SHA256 {
        let secret = PKey::hmac(hmac_secret)?;
        return Signer::new(digest, &secret)?.sign_oneshot_to_vec(bytes);
    }
    Signer::new(digest, key)?.sign_oneshot_to_vec(bytes)
}
