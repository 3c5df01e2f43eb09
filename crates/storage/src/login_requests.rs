//! Sign-ins under way at an identity provider, and the assertions that were used.

use crate::{StorageError, TenantTx};
use domain::ids::{LoginRequestId, SessionId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;

/// One sign-in from the request on.
#[derive(Clone, Debug)]
pub struct LoginRequest {
    /// Key.
    pub id: LoginRequestId,
    /// ID of the request as sent.
    pub message_id: String,
    /// Scheme asked.
    pub scheme: String,
    /// Provider asked.
    pub provider: String,
    /// Level asked for.
    pub level: i16,
    /// What the person wanted.
    pub purpose: String,
    /// Hash of the relay state.
    pub relay_hash: Vec<u8>,
    /// Hash of the cookie that binds the browser.
    pub browser_hash: Vec<u8>,
    /// The session that the browser had when it left.
    pub previous_session: Option<SessionId>,
    /// The sealed request.
    pub message_enc: Vec<u8>,
    /// Answers refused so far.
    pub refusals: i16,
    /// Instant in the request.
    pub issued_at: Timestamp,
    /// Last instant at which an answer is taken.
    pub expires_at: Timestamp,
    /// When it was answered.
    pub used_at: Option<Timestamp>,
}

macro_rules! request_from {
    ($row:expr) => {
        $row.map(|row| LoginRequest {
            id: row.id.into(),
            message_id: row.message_id,
            scheme: row.scheme,
            provider: row.provider,
            level: row.level,
            purpose: row.purpose,
            relay_hash: row.relay_hash,
            browser_hash: row.browser_hash,
            previous_session: row.previous_session_id.map(Into::into),
            message_enc: row.message_enc,
            refusals: row.refusals,
            issued_at: row.issued_at.to_jiff(),
            expires_at: row.expires_at.to_jiff(),
            used_at: row.used_at.map(jiff_sqlx::Timestamp::to_jiff),
        })
    };
}

/// Inserts a request.
pub async fn insert(tx: &mut TenantTx, request: &LoginRequest) -> Result<(), StorageError> {
    let tenant = tx.key();
    sqlx::query!(
        "INSERT INTO login_request (tenant_id, id, message_id, scheme, provider, level, purpose, relay_hash,
                                    browser_hash, previous_session_id, message_enc, issued_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        tenant,
        request.id.uuid(),
        request.message_id,
        request.scheme,
        request.provider,
        request.level,
        request.purpose,
        request.relay_hash,
        request.browser_hash,
        request.previous_session.map(SessionId::uuid),
        request.message_enc,
        request.issued_at.to_sqlx(),
        request.expires_at.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The request with that ID.
pub async fn find_by_message(
    tx: &mut TenantTx,
    message_id: &str,
) -> Result<Option<LoginRequest>, StorageError> {
    let row = sqlx::query!("SELECT * FROM login_request WHERE message_id = $1", message_id)
        .fetch_optional(tx.conn())
        .await?;
    Ok(request_from!(row))
}

/// The request, locked: answers of one request wait for each other.
pub async fn lock(
    tx: &mut TenantTx,
    id: LoginRequestId,
) -> Result<Option<LoginRequest>, StorageError> {
    let row = sqlx::query!("SELECT * FROM login_request WHERE id = $1 FOR UPDATE", id.uuid())
        .fetch_optional(tx.conn())
        .await?;
    Ok(request_from!(row))
}

/// Marks the request as answered; false when it already was. Parallel answers wait for each other here.
pub async fn update_used(
    tx: &mut TenantTx,
    id: LoginRequestId,
    now: Timestamp,
) -> Result<bool, StorageError> {
    let done = sqlx::query!(
        "UPDATE login_request SET used_at = $3 WHERE id = $1 AND used_at IS NULL AND expires_at > $2",
        id.uuid(),
        now.to_sqlx(),
        now.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Counts a refused answer; false when `most` were counted already.
pub async fn update_refused(
    tx: &mut TenantTx,
    id: LoginRequestId,
    most: i16,
) -> Result<bool, StorageError> {
    let done = sqlx::query!(
        "UPDATE login_request SET refusals = refusals + 1 WHERE id = $1 AND refusals < $2",
        id.uuid(),
        most,
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Records an assertion as used; false when it was used before.
pub async fn insert_assertion(
    tx: &mut TenantTx,
    assertion_hash: &[u8],
    expires_at: Timestamp,
) -> Result<bool, StorageError> {
    let tenant = tx.key();
    let done = sqlx::query!(
        "INSERT INTO login_assertion (tenant_id, assertion_hash, expires_at) VALUES ($1, $2, $3)
         ON CONFLICT (tenant_id, assertion_hash) DO NOTHING",
        tenant,
        assertion_hash,
        expires_at.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Erases requests and assertions that expired before the given instant.
pub async fn delete_expired(tx: &mut TenantTx, before: Timestamp) -> Result<(), StorageError> {
    let before = before.to_sqlx();
    sqlx::query!("DELETE FROM login_request WHERE expires_at <= $1", before)
        .execute(tx.conn())
        .await?;
    sqlx::query!("DELETE FROM login_assertion WHERE expires_at <= $1", before)
        .execute(tx.conn())
        .await?;
    Ok(())
}
