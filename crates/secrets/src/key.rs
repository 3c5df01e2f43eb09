//! A 256-bit key and its keyed hash.

use domain::{Entropy, entropy::random_bytes};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use std::fmt;
use zeroize::Zeroizing;

/// Octets of a key.
pub(crate) const KEY_LENGTH: usize = 32;

/// Block of SHA-256; HMAC pads shorter keys with zeros (RFC 2104 §2).
const BLOCK: usize = 64;

/// A key that is wiped from memory when it is dropped.
#[derive(Clone)]
pub(crate) struct Key(Zeroizing<[u8; KEY_LENGTH]>);

impl Key {
    pub(crate) fn new(bytes: [u8; KEY_LENGTH]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    pub(crate) fn generate(entropy: &dyn Entropy) -> Self {
        Self::new(random_bytes(entropy))
    }

    pub(crate) fn bytes(&self) -> &[u8; KEY_LENGTH] {
        &self.0
    }

    /// HMAC-SHA-256 over the parts, each preceded by its length, so that no two lists of parts
    /// give the same input.
    pub(crate) fn hash(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut block = Zeroizing::new([0_u8; BLOCK]);
        for (slot, byte) in block.iter_mut().zip(self.0.iter()) {
            *slot = *byte;
        }
        let mut mac = Hmac::<Sha256>::new((&*block).into());
        for part in parts {
            mac.update(&framed_length(part));
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}

/// Length of a part as eight octets.
pub(crate) fn framed_length(part: &[u8]) -> [u8; 8] {
    u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes()
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::Key;
    use hmac::{Hmac, KeyInit as _, Mac as _};
    use sha2::Sha256;

    #[test]
    fn the_hash_is_hmac_sha_256() {
        let mut mac = Hmac::<Sha256>::new_from_slice(&[7; 32]).unwrap();
        mac.update(&[0, 0, 0, 0, 0, 0, 0, 2, b'a', b'b']);
        let expected: [u8; 32] = mac.finalize().into_bytes().into();
        assert_eq!(Key::new([7; 32]).hash(&[b"ab"]), expected);
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        let key = Key::new([7; 32]);
        assert_ne!(key.hash(&[b"ab", b"c"]), key.hash(&[b"a", b"bc"]));
        assert_eq!(format!("{key:?}"), "Key(…)");
    }
}
