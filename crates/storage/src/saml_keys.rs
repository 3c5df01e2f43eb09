//! Key pairs for SPID and CIE: of a comune, or of the operator for those it aggregates.

use crate::{StorageError, SystemTx, TenantTx};
use domain::ids::SamlKeyId;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;

/// A key pair; the private half is sealed, and erased once retired.
#[derive(Clone, Debug)]
pub struct SamlKey {
    /// Key.
    pub id: SamlKeyId,
    /// `next`, `signing`, `previous` or `retired`.
    pub usage: String,
    /// Sealed private key (PEM).
    pub private_key_enc: Option<Vec<u8>>,
    /// The certificate (DER).
    pub certificate: Vec<u8>,
    /// When it was made.
    pub created_at: Timestamp,
    /// End of the certificate.
    pub expires_at: Timestamp,
}

macro_rules! keys_from {
    ($rows:expr) => {
        $rows
            .into_iter()
            .map(|row| SamlKey {
                id: row.id.into(),
                usage: row.usage,
                private_key_enc: row.private_key_enc,
                certificate: row.certificate,
                created_at: row.created_at.to_jiff(),
                expires_at: row.expires_at.to_jiff(),
            })
            .collect()
    };
}

/// All pairs of the tenant, newest first.
pub async fn list(tx: &mut TenantTx) -> Result<Vec<SamlKey>, StorageError> {
    let rows = sqlx::query!(
        r#"SELECT id, use AS usage, private_key_enc, certificate, created_at, expires_at
             FROM saml_key
            ORDER BY created_at DESC, id DESC"#
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(keys_from!(rows))
}

/// Inserts a pair; `Constraint::SamlKeyUse` when another has the same use.
pub async fn insert(tx: &mut TenantTx, key: &SamlKey) -> Result<(), StorageError> {
    let tenant = tx.key();
    sqlx::query!(
        "INSERT INTO saml_key (tenant_id, id, use, private_key_enc, certificate, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        tenant,
        key.id.uuid(),
        key.usage,
        key.private_key_enc,
        key.certificate,
        key.created_at.to_sqlx(),
        key.expires_at.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Gives every pair of one use another use; a retired one loses its private half.
pub async fn update_use(tx: &mut TenantTx, from: &str, to: &str) -> Result<u64, StorageError> {
    let done = sqlx::query!(
        "UPDATE saml_key
            SET use = $2, private_key_enc = CASE WHEN $2 = 'retired' THEN NULL ELSE private_key_enc END
          WHERE use = $1",
        from,
        to,
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected())
}

/// All pairs of the operator, newest first.
pub async fn list_of_operator(tx: &mut SystemTx) -> Result<Vec<SamlKey>, StorageError> {
    let rows = sqlx::query!(
        r#"SELECT id, use AS usage, private_key_enc, certificate, created_at, expires_at
             FROM operator_saml_key
            ORDER BY created_at DESC, id DESC"#
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(keys_from!(rows))
}

/// Inserts a pair of the operator.
pub async fn insert_of_operator(tx: &mut SystemTx, key: &SamlKey) -> Result<(), StorageError> {
    sqlx::query!(
        "INSERT INTO operator_saml_key (id, use, private_key_enc, certificate, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        key.id.uuid(),
        key.usage,
        key.private_key_enc,
        key.certificate,
        key.created_at.to_sqlx(),
        key.expires_at.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Gives the operator's pair of one use another use; a retired one loses its private half.
pub async fn update_use_of_operator(
    tx: &mut SystemTx,
    from: &str,
    to: &str,
) -> Result<u64, StorageError> {
    let done = sqlx::query!(
        "UPDATE operator_saml_key
            SET use = $2, private_key_enc = CASE WHEN $2 = 'retired' THEN NULL ELSE private_key_enc END
          WHERE use = $1",
        from,
        to,
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected())
}
