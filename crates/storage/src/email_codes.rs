//! Emailed one-time codes: the row keeps a nonce, never the code.

use crate::{StorageError, TenantTx};
use domain::ids::{DraftId, EmailCodeId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;

/// An open or closed code.
#[derive(Debug)]
pub struct EmailCodeRow {
    /// Key.
    pub id: EmailCodeId,
    /// The draft it was asked for.
    pub draft: DraftId,
    /// Sealed address it was sent to.
    pub email_enc: Vec<u8>,
    /// Keyed hash of that address.
    pub email_hash: Vec<u8>,
    /// What the code is derived from; erased when closed.
    pub nonce: Option<Vec<u8>>,
    /// Wrong tries so far.
    pub attempts: i16,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// End of its life.
    pub expires_at: Timestamp,
}

macro_rules! code_from {
    ($row:expr) => {
        $row.map(|row| EmailCodeRow {
            id: row.id.into(),
            draft: row.draft_id.into(),
            email_enc: row.email_enc,
            email_hash: row.email_hash,
            nonce: row.nonce,
            attempts: row.attempts,
            created_at: row.created_at.to_jiff(),
            expires_at: row.expires_at.to_jiff(),
        })
    };
}

/// Inserts an open code; the draft's earlier one must have been closed.
pub async fn insert(tx: &mut TenantTx, code: &EmailCodeRow) -> Result<(), StorageError> {
    let tenant = tx.key();
    sqlx::query!(
        "INSERT INTO email_code (tenant_id, id, draft_id, email_enc, email_hash, nonce, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        tenant,
        code.id.uuid(),
        code.draft.uuid(),
        code.email_enc,
        code.email_hash,
        code.nonce,
        code.created_at.to_sqlx(),
        code.expires_at.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The draft's open code, without locking.
pub async fn find_open(
    tx: &mut TenantTx,
    draft: DraftId,
) -> Result<Option<EmailCodeRow>, StorageError> {
    let row = sqlx::query!(
        "SELECT * FROM email_code WHERE draft_id = $1 AND closed_at IS NULL",
        draft.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(code_from!(row))
}

/// The draft's open code, locked so that parallel tries are counted one by one.
pub async fn lock_open(
    tx: &mut TenantTx,
    draft: DraftId,
) -> Result<Option<EmailCodeRow>, StorageError> {
    let row = sqlx::query!(
        "SELECT * FROM email_code WHERE draft_id = $1 AND closed_at IS NULL FOR UPDATE",
        draft.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(code_from!(row))
}

/// One code by key; for the mail that carries it.
pub async fn find(
    tx: &mut TenantTx,
    id: EmailCodeId,
) -> Result<Option<EmailCodeRow>, StorageError> {
    let row = sqlx::query!("SELECT * FROM email_code WHERE id = $1", id.uuid())
        .fetch_optional(tx.conn())
        .await?;
    Ok(code_from!(row))
}

/// Counts one wrong try.
pub async fn record_attempt(tx: &mut TenantTx, id: EmailCodeId) -> Result<(), StorageError> {
    sqlx::query!("UPDATE email_code SET attempts = attempts + 1 WHERE id = $1", id.uuid())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Closes the draft's open code, if any, and erases its nonce: it can never be right again.
pub async fn close_open(
    tx: &mut TenantTx,
    draft: DraftId,
    at: Timestamp,
) -> Result<(), StorageError> {
    sqlx::query!(
        "UPDATE email_code SET closed_at = $2, nonce = NULL WHERE draft_id = $1 AND closed_at IS NULL",
        draft.uuid(),
        at.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
