//! AES-256-GCM with a random nonce in front of the ciphertext.

use crate::key::Key;
use aes_gcm::{
    Aes256Gcm, KeyInit as _,
    aead::{Aead as _, Payload},
};
use domain::{Entropy, entropy::random_bytes};
use zeroize::Zeroizing;

/// Octets of a nonce.
const NONCE: usize = 12;

/// Most octets of one plaintext; far below the cipher's own limit of 64 GiB.
const MAX_PLAINTEXT: usize = 1 << 30;

/// Nonce, ciphertext and tag; bound to the associated data.
pub(crate) fn seal(
    key: &Key,
    entropy: &dyn Entropy,
    associated: &[u8],
    plaintext: &[u8],
) -> Vec<u8> {
    let nonce = random_bytes::<NONCE>(entropy);
    let mut sealed = nonce.to_vec();
    sealed.extend(encrypt(key, nonce, associated, plaintext));
    sealed
}

#[expect(clippy::expect_used, reason = "the cipher refuses only more than 64 GiB")]
fn encrypt(key: &Key, nonce: [u8; NONCE], associated: &[u8], plaintext: &[u8]) -> Vec<u8> {
    assert!(plaintext.len() <= MAX_PLAINTEXT, "a plaintext of more than 1 GiB");
    let payload = Payload { msg: plaintext, aad: associated };
    Aes256Gcm::new(key.bytes().into())
        .encrypt(&nonce.into(), payload)
        .expect("a plaintext below the cipher's limit")
}

/// The plaintext, or nothing when key, associated data or a single bit differ.
pub(crate) fn open(key: &Key, associated: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, ciphertext) = sealed.split_first_chunk::<NONCE>()?;
    let payload = Payload { msg: ciphertext, aad: associated };
    Aes256Gcm::new(key.bytes().into()).decrypt(nonce.into(), payload).ok().map(Zeroizing::new)
}
