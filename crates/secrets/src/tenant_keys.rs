//! The keys of one tenant: for data, for look-ups, for derived codes.
//!
//! Invariant: look-up and code keys stay the same when the data key is rotated, so that stored
//! hashes keep matching.

use crate::{
    key::{KEY_LENGTH, Key},
    operator_keys::{OperatorKeys, Refusal},
};
use domain::{Entropy, ids::TenantId};
use std::fmt;
use zeroize::Zeroizing;

/// All keys of a tenant. Whoever destroys every wrapped copy has erased the tenant's data.
#[derive(Clone)]
pub struct TenantKeys {
    pub(crate) tenant: TenantId,
    pub(crate) lookup: Key,
    pub(crate) code: Key,
    /// The data key that seals.
    newest: Key,
    /// Data keys that only open, from version 1 on.
    older: Vec<Key>,
}

/// Why wrapped keys do not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnwrapError {
    /// Wrapped by an operator key that the settings do not hold.
    #[error("the tenant's keys were wrapped by an operator key that is not configured")]
    UnknownOperatorKey,
    /// Changed, truncated, or of another tenant or version.
    #[error("the tenant's keys are damaged or belong to another tenant or version")]
    Damaged,
}

impl TenantKeys {
    /// Fresh keys, version 1.
    pub fn generate(tenant: TenantId, entropy: &dyn Entropy) -> Self {
        let key = || Key::generate(entropy);
        Self { tenant, lookup: key(), code: key(), newest: key(), older: Vec::new() }
    }

    /// The same keys with one more data key, which seals from now on.
    #[must_use]
    pub fn rotated(&self, entropy: &dyn Entropy) -> Self {
        let mut next = self.clone();
        next.older.push(std::mem::replace(&mut next.newest, Key::generate(entropy)));
        next
    }

    /// Version of the data key that seals, from 1.
    pub fn version(&self) -> i16 {
        i16::try_from(self.older.len() + 1).unwrap_or(i16::MAX)
    }

    /// The keys under the present operator key, for the tenant and version they belong to.
    pub fn wrap(&self, operator: &OperatorKeys, entropy: &dyn Entropy) -> Vec<u8> {
        let mut plain = Zeroizing::new(Vec::with_capacity((3 + self.older.len()) * KEY_LENGTH));
        for key in [&self.lookup, &self.code, &self.newest].into_iter().chain(&self.older) {
            plain.extend_from_slice(key.bytes());
        }
        operator.wrap(entropy, &associated(self.tenant, self.version()), &plain)
    }

    /// Keys as stored for this tenant and version.
    pub fn unwrap(
        operator: &OperatorKeys,
        tenant: TenantId,
        version: i16,
        wrapped: &[u8],
    ) -> Result<Self, UnwrapError> {
        let plain = operator.unwrap(&associated(tenant, version), wrapped);
        let plain = plain.map_err(|refusal| match refusal {
            Refusal::UnknownKey => UnwrapError::UnknownOperatorKey,
            Refusal::Damaged => UnwrapError::Damaged,
        })?;
        let (chunks, []) = plain.as_chunks::<KEY_LENGTH>() else {
            return Err(UnwrapError::Damaged);
        };
        let mut keys = chunks.iter().map(|bytes| Key::new(*bytes));
        let (Some(lookup), Some(code), Some(newest)) = (keys.next(), keys.next(), keys.next())
        else {
            return Err(UnwrapError::Damaged);
        };
        let opened = Self { tenant, lookup, code, newest, older: keys.collect() };
        if opened.version() == version { Ok(opened) } else { Err(UnwrapError::Damaged) }
    }

    /// The data key of a version.
    pub(crate) fn data(&self, version: i16) -> Option<&Key> {
        if version == self.version() {
            return Some(&self.newest);
        }
        self.older.get(usize::try_from(version).ok()?.checked_sub(1)?)
    }

    /// The data key that seals.
    pub(crate) fn newest(&self) -> &Key {
        &self.newest
    }
}

impl fmt::Debug for TenantKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TenantKeys({}, version {})", self.tenant, self.version())
    }
}

fn associated(tenant: TenantId, version: i16) -> Vec<u8> {
    let mut bytes = b"campanella tenant keys 1".to_vec();
    bytes.extend_from_slice(tenant.uuid().as_bytes());
    bytes.extend_from_slice(&version.to_be_bytes());
    bytes
}
