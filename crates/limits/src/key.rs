//! Whose budget it is.

use domain::ids::TenantId;
use std::fmt::Write as _;

/// A tenant, or something within it named by a keyed hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    pub(crate) tenant: TenantId,
    pub(crate) subject: Option<[u8; 32]>,
    pub(crate) member: Option<[u8; 32]>,
}

impl Key {
    /// The tenant as a whole.
    pub const fn tenant(tenant: TenantId) -> Self {
        Self { tenant, subject: None, member: None }
    }

    /// An address, browser, network or codice fiscale, as its keyed hash.
    pub const fn of(tenant: TenantId, subject: [u8; 32]) -> Self {
        Self { tenant, subject: Some(subject), member: None }
    }

    /// A subject whose different members are counted: a member met again within the window
    /// costs nothing.
    pub const fn distinct(tenant: TenantId, subject: [u8; 32], member: [u8; 32]) -> Self {
        Self { tenant, subject: Some(subject), member: Some(member) }
    }

    /// The key in Redis; the braces keep a tenant's keys together in a cluster.
    pub(crate) fn in_redis(&self, budget: &str) -> String {
        let subject = self.subject.map(hexadecimal).unwrap_or_default();
        format!("limit:{{{}}}:{budget}:{subject}", self.tenant)
    }
}

pub(crate) fn hexadecimal(bytes: [u8; 32]) -> String {
    bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
