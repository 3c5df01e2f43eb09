//! A tenant as it was in one of its versions: documents print the texts that were accepted, not today's.

use crate::{Failure, Platform};
use domain::ids::TenantId;
use std::sync::Arc;
use storage::tenants as rows;
use tenants::{Tenant, TenantBundle};

/// The tenant in that version; the version in force costs nothing.
pub async fn as_of(
    platform: &Platform,
    id: TenantId,
    version: i32,
) -> Result<Arc<Tenant>, Failure> {
    let in_force = platform.tenant(id)?;
    if in_force.version() == version {
        return Ok(in_force);
    }
    let mut tx = platform.pool.system().await?;
    let row = rows::get_version(&mut tx, id, version).await?;
    tx.commit().await?;
    let bundle = TenantBundle::from_body(row.body).map_err(|_| Failure::Malformed("tenant"))?;
    Ok(Arc::new(Tenant::new(id, version, bundle)))
}
