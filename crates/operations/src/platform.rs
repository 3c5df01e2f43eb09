//! What every operation works with: database, tenants, keys, randomness.

use crate::{Failure, Keyring};
use domain::{Entropy, ids::TenantId};
use secrets::{PasswordHasher, Place, TenantKeys};
use std::sync::Arc;
use storage::Pool;
use tenants::{Registry, Tenant};

/// Shared by handlers and jobs; cheap to clone.
#[derive(Clone)]
pub struct Platform {
    /// The database.
    pub pool: Pool,
    /// Settings of all tenants, as last loaded.
    pub tenants: Arc<Registry>,
    /// The tenants' keys.
    pub keyring: Arc<Keyring>,
    /// Password hashing, bounded.
    pub hasher: Arc<PasswordHasher>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
}

impl Platform {
    /// The settings in force of a tenant.
    pub fn tenant(&self, id: TenantId) -> Result<Arc<Tenant>, Failure> {
        self.tenants.by_id(id).ok_or(Failure::NotFound)
    }

    /// The tenant's keys.
    pub async fn keys(&self, id: TenantId) -> Result<Arc<TenantKeys>, Failure> {
        self.keyring.keys(&self.pool, id).await
    }
}

/// Opens sealed text.
pub(crate) fn open_text(keys: &TenantKeys, place: Place, sealed: &[u8]) -> Result<String, Failure> {
    keys.open_text(place, sealed).map_err(|_| Failure::Secrets)
}
