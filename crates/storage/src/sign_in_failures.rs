//! Wrong sign-ins per what was typed (a pupil's codice fiscale, an officer's address), whether or not it is known.

use crate::{StorageError, TenantTx};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;

/// Failures since the given instant; locks the row so that parallel tries are counted one by one.
pub async fn lock_count(
    tx: &mut TenantTx,
    subject_hash: &[u8],
    since: Timestamp,
) -> Result<i16, StorageError> {
    let failures = sqlx::query_scalar!(
        "SELECT failures FROM sign_in_failure WHERE subject_hash = $1 AND since > $2 FOR UPDATE",
        subject_hash,
        since.to_sqlx(),
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(failures.unwrap_or(0))
}

/// Counts one failure; an old count begins anew.
pub async fn record(
    tx: &mut TenantTx,
    subject_hash: &[u8],
    now: Timestamp,
    since: Timestamp,
) -> Result<(), StorageError> {
    let tenant = tx.key();
    sqlx::query!(
        "INSERT INTO sign_in_failure AS f (tenant_id, subject_hash, failures, since)
         VALUES ($1, $2, 1, $3)
         ON CONFLICT (tenant_id, subject_hash) DO UPDATE
            SET failures = CASE WHEN f.since > $4 THEN least(f.failures + 1, 1000) ELSE 1 END,
                since = CASE WHEN f.since > $4 THEN f.since ELSE $3 END",
        tenant,
        subject_hash,
        now.to_sqlx(),
        since.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Forgets the failures after a right password.
pub async fn delete(tx: &mut TenantTx, subject_hash: &[u8]) -> Result<(), StorageError> {
    sqlx::query!("DELETE FROM sign_in_failure WHERE subject_hash = $1", subject_hash)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Erases counts that began at that instant or before: nothing is remembered of them.
pub async fn delete_old(tx: &mut TenantTx, until: Timestamp) -> Result<u64, StorageError> {
    let done = sqlx::query!("DELETE FROM sign_in_failure WHERE since <= $1", until.to_sqlx())
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected())
}
