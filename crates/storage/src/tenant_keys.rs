//! Wrapped keys of a tenant.

use crate::{StorageError, TenantTx};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;

/// Inserts a key version.
pub async fn insert(
    tx: &mut TenantTx,
    version: i16,
    wrapped: &[u8],
    at: Timestamp,
) -> Result<(), StorageError> {
    let tenant = tx.key();
    sqlx::query!(
        "INSERT INTO tenant_key (tenant_id, version, wrapped, created_at) VALUES ($1, $2, $3, $4)",
        tenant,
        version,
        wrapped,
        at.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The newest key version, wrapped by the operator's key.
pub async fn find_newest(tx: &mut TenantTx) -> Result<Option<(i16, Vec<u8>)>, StorageError> {
    let row = sqlx::query!("SELECT version, wrapped FROM tenant_key ORDER BY version DESC LIMIT 1")
        .fetch_optional(tx.conn())
        .await?;
    Ok(row.map(|row| (row.version, row.wrapped)))
}
