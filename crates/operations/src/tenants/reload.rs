//! Brings a replica's registry up to the versions in the database; a version that cannot be read leaves the last good
//! one in force.

use crate::{Failure, Platform};
use domain::ids::TenantId;
use storage::tenants as rows;

/// What came of reloading.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Reloaded {
    /// Tenants whose newer version is now in force.
    pub replaced: usize,
    /// Tenants whose newest version cannot be read; they keep the last good one.
    pub broken: Vec<TenantId>,
}

/// Loads every version that is newer than what this replica holds.
pub async fn reload(platform: &Platform) -> Result<Reloaded, Failure> {
    let mut tx = platform.pool.system().await?;
    let mut reloaded = Reloaded::default();
    for (tenant, version) in rows::list_versions(&mut tx).await? {
        if platform.tenants.is_settled(tenant, version) {
            continue;
        }
        let row = rows::get_version(&mut tx, tenant, version).await?;
        if platform.tenants.replace_body(tenant, version, row.body).is_ok() {
            reloaded.replaced += 1;
        } else {
            tracing::error!(%tenant, version, "tenant settings cannot be read; the last good version stays");
            reloaded.broken.push(tenant);
        }
    }
    tx.commit().await?;
    platform.tenants.set_loaded();
    Ok(reloaded)
}
