//! Brings a replica's registry up to the versions in the database; a version that cannot be read leaves the last good
//! one in force.

use crate::{Failure, Platform};
use domain::ids::TenantId;
use storage::{StorageError, SystemTx, tenants as rows};
use tenants::{Tenant, TenantBundle};

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
    let mut changed = Vec::new();
    for (id, version) in rows::list_versions(&mut tx).await? {
        if platform.tenants.is_settled(id, version) {
            continue;
        }
        if let Some(tenant) = read(&mut tx, id, version).await? {
            changed.push(tenant);
            continue;
        }
        tracing::error!(tenant = %id, version, "tenant settings cannot be read; the last good version stays");
        platform.tenants.set_unreadable(id, version);
        reloaded.broken.push(id);
        if platform.tenants.by_id(id).is_none() {
            changed.extend(read_last_good(&mut tx, id, version).await?);
        }
    }
    tx.commit().await?;
    reloaded.replaced = changed.len();
    platform.tenants.replace(changed);
    platform.tenants.set_loaded();
    Ok(reloaded)
}

/// The tenant in that version; none when this program cannot read it.
async fn read(tx: &mut SystemTx, id: TenantId, version: i32) -> Result<Option<Tenant>, Failure> {
    let row = match rows::get_version(tx, id, version).await {
        Err(StorageError::NotFound) => return Ok(None),
        row => row?,
    };
    let bundle = TenantBundle::from_body(row.body).ok();
    Ok(bundle.map(|bundle| Tenant::new(id, version, bundle)))
}

/// The newest older version that can be read: a process that starts has none in force yet.
async fn read_last_good(
    tx: &mut SystemTx,
    id: TenantId,
    version: i32,
) -> Result<Option<Tenant>, Failure> {
    for older in (1..version).rev() {
        if let Some(tenant) = read(tx, id, older).await? {
            return Ok(Some(tenant));
        }
    }
    Ok(None)
}
