//! Single-use links to set a new password.

use crate::{StorageError, TenantTx};
use domain::ids::{CredentialId, DraftId, PasswordLinkId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;

/// A link, live or not.
#[derive(Debug)]
pub struct PasswordLink {
    /// Key.
    pub id: PasswordLinkId,
    /// Whose password it sets.
    pub credential: CredentialId,
    /// The draft it opens afterwards.
    pub draft: DraftId,
    /// What the token is derived from; erased on use.
    pub nonce: Option<Vec<u8>>,
    /// End of its life.
    pub expires_at: Timestamp,
}

/// Inserts a link; earlier ones of the same means stop working.
pub async fn insert(
    tx: &mut TenantTx,
    link: &PasswordLink,
    token_hash: &[u8],
    now: Timestamp,
) -> Result<(), StorageError> {
    let tenant = tx.key();
    sqlx::query!(
        "UPDATE password_link SET used_at = $2, nonce = NULL WHERE credential_id = $1 AND used_at IS NULL",
        link.credential.uuid(),
        now.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "INSERT INTO password_link (tenant_id, id, credential_id, draft_id, nonce, token_hash, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        tenant,
        link.id.uuid(),
        link.credential.uuid(),
        link.draft.uuid(),
        link.nonce,
        token_hash,
        now.to_sqlx(),
        link.expires_at.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The live link behind a token, locked.
pub async fn lock_live(
    tx: &mut TenantTx,
    token_hash: &[u8],
    now: Timestamp,
) -> Result<Option<PasswordLink>, StorageError> {
    let row = sqlx::query!(
        "SELECT id, credential_id, draft_id, nonce, expires_at
           FROM password_link
          WHERE token_hash = $1
            AND used_at IS NULL
            AND expires_at > $2
            FOR UPDATE",
        token_hash,
        now.to_sqlx(),
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| PasswordLink {
        id: row.id.into(),
        credential: row.credential_id.into(),
        draft: row.draft_id.into(),
        nonce: row.nonce,
        expires_at: row.expires_at.to_jiff(),
    }))
}

/// One link by key; for the mail that carries it.
pub async fn find(
    tx: &mut TenantTx,
    id: PasswordLinkId,
) -> Result<Option<PasswordLink>, StorageError> {
    let row = sqlx::query!(
        "SELECT id, credential_id, draft_id, nonce, expires_at FROM password_link WHERE id = $1",
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| PasswordLink {
        id: row.id.into(),
        credential: row.credential_id.into(),
        draft: row.draft_id.into(),
        nonce: row.nonce,
        expires_at: row.expires_at.to_jiff(),
    }))
}

/// Uses the link up.
pub async fn update_used(
    tx: &mut TenantTx,
    id: PasswordLinkId,
    at: Timestamp,
) -> Result<(), StorageError> {
    sqlx::query!(
        "UPDATE password_link SET used_at = $2, nonce = NULL WHERE id = $1",
        id.uuid(),
        at.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
