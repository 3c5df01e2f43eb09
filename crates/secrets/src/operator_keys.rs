//! The operator's keys, which wrap the keys of the tenants.

use crate::{
    cipher,
    key::{KEY_LENGTH, Key, framed_length},
    sealed::{OpenError, Place},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::Entropy;
use hkdf::Hkdf;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use sha2::Sha256;
use std::fmt;
use zeroize::Zeroizing;

/// Octets that name the operator key in front of what it wrapped.
const ID_LENGTH: usize = 8;

/// Settings of this crate.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The key that wraps from now on: 32 random octets in base64.
    pub operator_key: SecretString,
    /// Keys used before, which still unwrap.
    #[serde(default)]
    pub old_operator_keys: Vec<SecretString>,
}

/// A key in the settings that cannot be used; never carries the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OperatorKeyError {
    /// Not base64.
    #[error("an operator key is not base64")]
    NotBase64,
    /// Not 32 octets.
    #[error("an operator key has {0} octets instead of 32")]
    WrongLength(usize),
    /// One octet over and over, such as zeros.
    #[error("an operator key is not random; make one with: openssl rand -base64 32")]
    NotRandom,
}

/// The present operator key and the older ones.
pub struct OperatorKeys {
    present: WrappingKey,
    old: Vec<WrappingKey>,
}

struct WrappingKey {
    id: [u8; ID_LENGTH],
    key: Key,
}

/// Why something wrapped does not open.
pub(crate) enum Refusal {
    UnknownKey,
    Damaged,
}

impl OperatorKeys {
    /// Reads the keys of the settings.
    pub fn new(settings: &Settings) -> Result<Self, OperatorKeyError> {
        let old: Result<_, _> = settings.old_operator_keys.iter().map(WrappingKey::read).collect();
        Ok(Self { present: WrappingKey::read(&settings.operator_key)?, old: old? })
    }

    /// Wraps with the present key.
    pub(crate) fn wrap(&self, entropy: &dyn Entropy, associated: &[u8], plain: &[u8]) -> Vec<u8> {
        let mut wrapped = self.present.id.to_vec();
        wrapped.extend(cipher::seal(&self.present.key, entropy, associated, plain));
        wrapped
    }

    /// Unwraps with whichever key wrapped it.
    pub(crate) fn unwrap(
        &self,
        associated: &[u8],
        wrapped: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, Refusal> {
        let (id, sealed) = wrapped.split_first_chunk::<ID_LENGTH>().ok_or(Refusal::Damaged)?;
        let known = std::iter::once(&self.present).chain(&self.old).find(|key| key.id == *id);
        cipher::open(&known.ok_or(Refusal::UnknownKey)?.key, associated, sealed)
            .ok_or(Refusal::Damaged)
    }

    /// Seals a secret of the operator's own for its place in the database.
    pub fn seal(&self, entropy: &dyn Entropy, place: Place, plain: &[u8]) -> Vec<u8> {
        self.wrap(entropy, &associated(place), plain)
    }

    /// Opens a secret of the operator's own in its place.
    pub fn open(&self, place: Place, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        self.unwrap(&associated(place), sealed).map_err(|_| OpenError::Refused)
    }

    /// Whether the present key wrapped it; otherwise it waits for re-wrapping.
    pub fn is_present(&self, wrapped: &[u8]) -> bool {
        wrapped.starts_with(&self.present.id)
    }
}

impl fmt::Debug for OperatorKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OperatorKeys(1 present, {} old)", self.old.len())
    }
}

impl WrappingKey {
    fn read(text: &SecretString) -> Result<Self, OperatorKeyError> {
        let decoded = STANDARD.decode(text.expose_secret().trim());
        let bytes = Zeroizing::new(decoded.map_err(|_| OperatorKeyError::NotBase64)?);
        let wrong_length = |_| OperatorKeyError::WrongLength(bytes.len());
        let secret =
            Zeroizing::new(<[u8; KEY_LENGTH]>::try_from(bytes.as_slice()).map_err(wrong_length)?);
        if secret.iter().all(|byte| secret.first() == Some(byte)) {
            return Err(OperatorKeyError::NotRandom);
        }
        let hkdf = Hkdf::<Sha256>::new(None, secret.as_slice());
        let key = Key::new(expand(&hkdf, b"campanella operator wrap 1"));
        Ok(Self { id: expand(&hkdf, b"campanella operator id 1"), key })
    }
}

fn associated(place: Place) -> Vec<u8> {
    let mut bytes = b"campanella operator secret 1".to_vec();
    for part in [place.table.as_bytes(), place.row.as_bytes(), place.column.as_bytes()] {
        bytes.extend_from_slice(&framed_length(part));
        bytes.extend_from_slice(part);
    }
    bytes
}

#[expect(clippy::expect_used, reason = "the lengths asked for are below HKDF's limit of 8160")]
fn expand<const N: usize>(hkdf: &Hkdf<Sha256>, purpose: &[u8]) -> [u8; N] {
    let mut output = [0_u8; N];
    hkdf.expand(purpose, &mut output).expect("a short output");
    output
}

#[cfg(test)]
mod tests {
    use super::{OpenError, OperatorKeyError as E, OperatorKeys, Place, Settings};
    use crate::testing::Seeded;
    use base64::{Engine as _, engine::general_purpose::STANDARD};

    fn read(bytes: &[u8]) -> Result<OperatorKeys, E> {
        read_text(&STANDARD.encode(bytes))
    }

    fn read_text(text: &str) -> Result<OperatorKeys, E> {
        OperatorKeys::new(&Settings { operator_key: text.into(), old_operator_keys: vec![] })
    }

    #[test]
    fn only_32_random_octets_are_a_key() {
        let bytes: Vec<u8> = (0..40).collect();
        assert!(read(&bytes[..32]).is_ok());
        assert_eq!(read(&bytes[..31]).unwrap_err(), E::WrongLength(31));
        assert_eq!(read(&bytes).unwrap_err(), E::WrongLength(40));
        assert_eq!(read(&[0; 32]).unwrap_err(), E::NotRandom);
        assert_eq!(read_text("not a key!").unwrap_err(), E::NotBase64);
        assert_eq!(read_text("").unwrap_err(), E::WrongLength(0));
    }

    #[test]
    fn a_secret_opens_in_its_place_only() {
        let bytes: Vec<u8> = (0..32).collect();
        let keys = read(&bytes).unwrap();
        let place = |row: u128| Place { table: "t", row: uuid::Uuid::from_u128(row), column: "c" };
        let sealed = keys.seal(&Seeded::new(1), place(1), b"a secret");
        assert_eq!(keys.open(place(1), &sealed).unwrap().as_slice(), b"a secret");
        assert_eq!(keys.open(place(2), &sealed).unwrap_err(), OpenError::Refused);
        let other: Vec<u8> = (1..33).collect();
        assert!(read(&other).unwrap().open(place(1), &sealed).is_err());
    }

    #[test]
    fn debug_shows_no_key() {
        let bytes: Vec<u8> = (0..32).collect();
        let text = STANDARD.encode(&bytes);
        let settings = Settings { operator_key: text.clone().into(), old_operator_keys: vec![] };
        let shown = format!("{settings:?} {:?}", OperatorKeys::new(&settings).unwrap());
        assert!(!shown.contains(&text) && shown.contains("OperatorKeys(1 present, 0 old)"));
    }
}
