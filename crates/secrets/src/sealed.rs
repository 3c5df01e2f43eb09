//! Values sealed with the tenant's data key, each bound to its place in the database.

use crate::{cipher, key::framed_length, tenant_keys::TenantKeys};
use domain::Entropy;
use uuid::Uuid;
use zeroize::Zeroizing;

/// First octet of everything sealed this way.
const FORMAT: u8 = 1;

/// Where a sealed value is kept; it opens nowhere else.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Table.
    pub table: &'static str,
    /// Primary key of the row.
    pub row: Uuid,
    /// Column.
    pub column: &'static str,
}

/// Why a sealed value does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Too short or of an unknown format.
    #[error("not a sealed value")]
    Format,
    /// Sealed by a data key the tenant does not have (any more).
    #[error("sealed by an unknown key version {0}")]
    UnknownVersion(i16),
    /// Changed, or moved from another tenant, table, row or column.
    #[error("the sealed value does not belong here or was changed")]
    Refused,
    /// The plaintext is not UTF-8.
    #[error("the sealed value is not text")]
    NotText,
}

impl TenantKeys {
    /// Seals a value for its place: format, key version, nonce, ciphertext, tag.
    pub fn seal(&self, entropy: &dyn Entropy, place: Place, plaintext: &[u8]) -> Vec<u8> {
        let (version, key) = (self.version(), self.newest());
        let mut sealed = vec![FORMAT];
        sealed.extend_from_slice(&version.to_be_bytes());
        sealed.extend(cipher::seal(key, entropy, &self.associated(place, version), plaintext));
        sealed
    }

    /// Opens a value in its place.
    pub fn open(&self, place: Place, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        let [FORMAT, high, low, rest @ ..] = sealed else { return Err(OpenError::Format) };
        let version = i16::from_be_bytes([*high, *low]);
        let key = self.data(version).ok_or(OpenError::UnknownVersion(version))?;
        cipher::open(key, &self.associated(place, version), rest).ok_or(OpenError::Refused)
    }

    /// Opens a text in its place.
    pub fn open_text(&self, place: Place, sealed: &[u8]) -> Result<String, OpenError> {
        let plain = self.open(place, sealed)?;
        str::from_utf8(&plain).map(str::to_owned).map_err(|_| OpenError::NotText)
    }

    /// Whether a value waits for re-sealing with the newest data key.
    pub fn is_sealed_by_older(&self, sealed: &[u8]) -> bool {
        let newest = self.version().to_be_bytes();
        sealed.get(1..3).is_some_and(|version| version != newest)
    }

    fn associated(&self, place: Place, version: i16) -> Vec<u8> {
        let tenant = self.tenant.uuid();
        let parts: [&[u8]; 5] = [
            tenant.as_bytes(),
            place.table.as_bytes(),
            place.row.as_bytes(),
            place.column.as_bytes(),
            &version.to_be_bytes(),
        ];
        let mut bytes = vec![FORMAT];
        for part in parts {
            bytes.extend_from_slice(&framed_length(part));
            bytes.extend_from_slice(part);
        }
        bytes
    }
}

#[cfg(test)]
mod tests;
