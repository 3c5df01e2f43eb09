//! Signing in with a digital identity. Each protocol has a folder of its own and ends in a
//! [`domain::identity::Identity`]; what follows knows no protocol.

pub(crate) mod access;
pub(crate) mod doors;
pub(crate) mod enrolments;
pub(crate) mod logos;
pub(crate) mod providers;
mod refused;
pub(crate) mod spid;

pub use logos::{Logos, LogosError};
pub use providers::Providers;
pub use spid::MetadataCache;
pub use spid::{Federation, MetadataError, SetUpError, Surroundings, key_owner, metadata_of};
