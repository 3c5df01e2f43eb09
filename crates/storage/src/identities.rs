//! People known by a digital identity.

use crate::{StorageError, TenantTx};
use domain::ids::IdentityId;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;

/// A person as last asserted; `*_enc` is sealed.
#[derive(Clone, Debug)]
pub struct IdentityRow {
    /// Key.
    pub id: IdentityId,
    /// Keyed hash by which the person is found again.
    pub key_hash: Vec<u8>,
    /// Sealed names and codes.
    pub body_enc: Vec<u8>,
    /// Scheme of the last sign-in.
    pub scheme: String,
    /// Provider of the last sign-in.
    pub provider: String,
    /// Level of the last sign-in.
    pub level: i16,
    /// First sign-in.
    pub created_at: Timestamp,
    /// Last sign-in.
    pub signed_in_at: Timestamp,
}

macro_rules! identity_from {
    ($row:expr) => {
        $row.map(|row| IdentityRow {
            id: row.id.into(),
            key_hash: row.key_hash,
            body_enc: row.body_enc,
            scheme: row.scheme,
            provider: row.provider,
            level: row.level,
            created_at: row.created_at.to_jiff(),
            signed_in_at: row.signed_in_at.to_jiff(),
        })
    };
}

/// Inserts a person.
pub async fn insert(tx: &mut TenantTx, identity: &IdentityRow) -> Result<(), StorageError> {
    let tenant = tx.key();
    sqlx::query!(
        "INSERT INTO identity (tenant_id, id, key_hash, body_enc, scheme, provider, level, created_at, signed_in_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        tenant,
        identity.id.uuid(),
        identity.key_hash,
        identity.body_enc,
        identity.scheme,
        identity.provider,
        identity.level,
        identity.created_at.to_sqlx(),
        identity.signed_in_at.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A further sign-in: what the provider says now is what counts.
pub async fn update_signed_in(
    tx: &mut TenantTx,
    identity: &IdentityRow,
) -> Result<(), StorageError> {
    sqlx::query!(
        "UPDATE identity
            SET body_enc = $2, scheme = $3, provider = $4, level = $5, signed_in_at = $6
          WHERE id = $1",
        identity.id.uuid(),
        identity.body_enc,
        identity.scheme,
        identity.provider,
        identity.level,
        identity.signed_in_at.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The person behind a key, locked until the transaction ends.
pub async fn lock_by_key(
    tx: &mut TenantTx,
    key_hash: &[u8],
) -> Result<Option<IdentityRow>, StorageError> {
    let row = sqlx::query!("SELECT * FROM identity WHERE key_hash = $1 FOR UPDATE", key_hash)
        .fetch_optional(tx.conn())
        .await?;
    Ok(identity_from!(row))
}

/// The person.
pub async fn find(tx: &mut TenantTx, id: IdentityId) -> Result<Option<IdentityRow>, StorageError> {
    let row = sqlx::query!("SELECT * FROM identity WHERE id = $1", id.uuid())
        .fetch_optional(tx.conn())
        .await?;
    Ok(identity_from!(row))
}

/// Erases people who left no draft behind and have not signed in since the given instant.
pub async fn delete_unused(tx: &mut TenantTx, since: Timestamp) -> Result<u64, StorageError> {
    let done = sqlx::query!(
        "DELETE FROM identity i
          WHERE i.signed_in_at <= $1
            AND NOT EXISTS (SELECT 1 FROM draft d WHERE d.tenant_id = i.tenant_id AND d.identity_id = i.id)
            AND NOT EXISTS (SELECT 1 FROM session s WHERE s.tenant_id = i.tenant_id AND s.identity_id = i.id)",
        since.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected())
}
