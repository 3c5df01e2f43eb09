//! Budgets shared by all replicas through Redis; stricter ones in process when Redis is away.
//!
//! Invariants: a call takes from all its budgets or from none; keys carry the tenant and keyed
//! hashes, never personal data; time is the caller's `now`, Redis only forgets old keys.

mod breaker;
mod budget;
pub mod budgets;
mod key;
mod local;
mod network;
mod shared;
mod window;

pub use budget::{Budget, Verdict};
pub use key::Key;
pub use network::network_of;

use breaker::Breaker;
use jiff::Timestamp;
use local::LocalBudgets;
use secrecy::SecretString;
use serde::Deserialize;
use shared::SharedBudgets;
use std::sync::{Mutex, PoisonError};

/// Settings of this crate.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Address of Redis: `redis://…`, `rediss://…`; may hold a password.
    pub redis_url: SecretString,
    /// Most keys remembered in process while Redis is away; about 300 octets each.
    #[serde(default = "default_local_keys")]
    pub local_keys: usize,
}

const fn default_local_keys() -> usize {
    100_000
}

/// The address of Redis cannot be used; the cause never shows a password.
#[derive(Debug, thiserror::Error)]
#[error("the address of Redis is not valid; write it like redis://host:6379")]
pub struct ConnectError;

/// The budgets. One per process, shared by all requests.
pub struct Limits {
    shared: SharedBudgets,
    local: Mutex<LocalBudgets>,
    breaker: Breaker,
}

impl Limits {
    /// Prepares the connection, inside a Tokio runtime. Redis being away is no error: the
    /// connection is made on first use and again whenever it was lost.
    pub fn connect(settings: &Settings) -> Result<Self, ConnectError> {
        Ok(Self {
            shared: SharedBudgets::connect(&settings.redis_url)?,
            local: Mutex::new(LocalBudgets::new(settings.local_keys)),
            breaker: Breaker::default(),
        })
    }

    /// Takes one from every budget, or from none if one of them is used up.
    pub async fn take(&self, now: Timestamp, uses: &[(&Budget, Key)]) -> Verdict {
        if self.breaker.may_try(now) {
            match self.shared.take(now, uses).await {
                Ok(verdict) => {
                    self.breaker.succeeded();
                    return verdict;
                }
                Err(error) => self.breaker.failed(now, &error),
            }
        }
        self.local.lock().unwrap_or_else(PoisonError::into_inner).take_strictly(now, uses)
    }

    /// Whether the stricter in-process budgets are in force, for the gauge.
    pub fn degraded(&self) -> bool {
        self.breaker.is_open()
    }
}

#[cfg(test)]
mod tests;
