//! Who is served, and the settings last applied (system tables).

use crate::{StorageError, SystemTx};
use domain::ids::TenantId;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use serde_json::Value;

/// The settings in force of one tenant.
#[derive(Debug)]
pub struct TenantRow {
    /// Key.
    pub id: TenantId,
    /// Path prefix and folder name.
    pub slug: String,
    /// Version of the settings.
    pub version: i32,
    /// The settings, as the tenants crate wrote them.
    pub body: Value,
}

/// Waits until no other transaction applies tenants, then keeps others waiting to its end: an apply reads before it
/// writes, over several transactions.
pub async fn lock_apply(tx: &mut SystemTx) -> Result<(), StorageError> {
    // Two numbers are a space of their own, which the hashes of `TenantTx::hold` never enter.
    sqlx::query!("SELECT pg_advisory_xact_lock(1, 1)").execute(tx.conn()).await?;
    Ok(())
}

/// The tenant with that slug.
pub async fn find_by_slug(tx: &mut SystemTx, slug: &str) -> Result<Option<TenantId>, StorageError> {
    let id = sqlx::query_scalar!("SELECT id FROM tenant WHERE slug = $1", slug)
        .fetch_optional(tx.conn())
        .await?;
    Ok(id.map(Into::into))
}

/// Inserts a tenant; a parallel insert of the same slug waits and then fails.
pub async fn insert(
    tx: &mut SystemTx,
    id: TenantId,
    slug: &str,
    now: Timestamp,
) -> Result<(), StorageError> {
    sqlx::query!(
        "INSERT INTO tenant (id, slug, created_at) VALUES ($1, $2, $3)",
        id.uuid(),
        slug,
        now.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Replaces the tenant's hosts.
pub async fn update_hosts(
    tx: &mut SystemTx,
    id: TenantId,
    hosts: &[String],
) -> Result<(), StorageError> {
    sqlx::query!(
        "DELETE FROM tenant_host WHERE tenant_id = $1 AND NOT host = ANY($2)",
        id.uuid(),
        hosts
    )
    .execute(tx.conn())
    .await?;
    for host in hosts {
        let known = sqlx::query_scalar!("SELECT tenant_id FROM tenant_host WHERE host = $1", host)
            .fetch_optional(tx.conn())
            .await?;
        if known == Some(id.uuid()) {
            continue;
        }
        sqlx::query!("INSERT INTO tenant_host (host, tenant_id) VALUES ($1, $2)", host, id.uuid())
            .execute(tx.conn())
            .await?;
    }
    Ok(())
}

/// The settings in force of one tenant.
pub async fn find_newest(
    tx: &mut SystemTx,
    id: TenantId,
) -> Result<Option<(i32, Value)>, StorageError> {
    let row = sqlx::query!(
        "SELECT version, body FROM tenant_version WHERE tenant_id = $1 ORDER BY version DESC LIMIT 1",
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| (row.version, row.body)))
}

/// Inserts the next version of a tenant's settings, read from its folder.
pub async fn insert_version(
    tx: &mut SystemTx,
    id: TenantId,
    version: i32,
    body: &Value,
    valid_from: Timestamp,
) -> Result<(), StorageError> {
    sqlx::query!(
        "INSERT INTO tenant_version (tenant_id, version, body, source, valid_from) VALUES ($1, $2, $3, 'file', $4)",
        id.uuid(),
        version,
        body,
        valid_from.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Key, slug and newest version of every tenant: what a replica compares with what it holds.
pub async fn list_versions(tx: &mut SystemTx) -> Result<Vec<(TenantId, i32)>, StorageError> {
    let rows = sqlx::query!(
        r#"SELECT tenant_id, max(version) AS "version!" FROM tenant_version GROUP BY tenant_id ORDER BY tenant_id"#
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.tenant_id.into(), row.version)).collect())
}

/// One version of a tenant's settings.
pub async fn get_version(
    tx: &mut SystemTx,
    id: TenantId,
    version: i32,
) -> Result<TenantRow, StorageError> {
    let row = sqlx::query!(
        "SELECT t.id, t.slug, v.version, v.body
           FROM tenant_version v
           JOIN tenant t ON t.id = v.tenant_id
          WHERE v.tenant_id = $1
            AND v.version = $2",
        id.uuid(),
        version,
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(TenantRow { id: row.id.into(), slug: row.slug, version: row.version, body: row.body })
}
