//! The register of sign-ins: messages as sent and received, kept 24 months, never changed.

use crate::{StorageError, TenantTx};
use domain::ids::{IdentityId, LoginMessageId, LoginRequestId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use uuid::Uuid;

/// One line of the register; `body_enc` is sealed.
#[derive(Clone, Debug)]
pub struct LoginMessage {
    /// Key.
    pub id: LoginMessageId,
    /// The sign-in it belongs to.
    pub login_request: LoginRequestId,
    /// `request`, `response`, `logout_request`, `logout_response`.
    pub kind: String,
    /// Scheme.
    pub scheme: String,
    /// Provider.
    pub provider: String,
    /// `sent`, `accepted`, or the code of a refusal.
    pub outcome: String,
    /// ID of the message.
    pub message_id: Option<String>,
    /// ID of the assertion in it.
    pub assertion_id: Option<String>,
    /// Level asked for or reached.
    pub level: Option<i16>,
    /// Fingerprint of the provider's certificate that proved it.
    pub certificate: Option<String>,
    /// The person, once known.
    pub identity: Option<IdentityId>,
    /// The message itself and what is personal about it.
    pub body_enc: Vec<u8>,
    /// When it was sent or received.
    pub at: Timestamp,
    /// When it is erased.
    pub expires_at: Timestamp,
}

/// Appends a line.
pub async fn append(tx: &mut TenantTx, message: &LoginMessage) -> Result<(), StorageError> {
    let tenant = tx.key();
    sqlx::query!(
        "INSERT INTO login_message (tenant_id, id, login_request_id, kind, scheme, provider, outcome, message_id,
                                    assertion_id, level, certificate, identity_id, body_enc, at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        tenant,
        message.id.uuid(),
        message.login_request.uuid(),
        message.kind,
        message.scheme,
        message.provider,
        message.outcome,
        message.message_id,
        message.assertion_id,
        message.level,
        message.certificate,
        message.identity.map(IdentityId::uuid),
        message.body_enc,
        message.at.to_sqlx(),
        message.expires_at.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Lines written before `to`, oldest first, at most `limit`, that come after an instant and the key of a line at it.
pub async fn list(
    tx: &mut TenantTx,
    (from, after): (Timestamp, Uuid),
    to: Timestamp,
    limit: i64,
) -> Result<Vec<LoginMessage>, StorageError> {
    let rows = sqlx::query!(
        "SELECT *
           FROM login_message
          WHERE (at, id) > ($1, $2)
            AND at < $3
          ORDER BY at, id
          LIMIT $4",
        from.to_sqlx(),
        after,
        to.to_sqlx(),
        limit,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| LoginMessage {
            id: row.id.into(),
            login_request: row.login_request_id.into(),
            kind: row.kind,
            scheme: row.scheme,
            provider: row.provider,
            outcome: row.outcome,
            message_id: row.message_id,
            assertion_id: row.assertion_id,
            level: row.level,
            certificate: row.certificate,
            identity: row.identity_id.map(Into::into),
            body_enc: row.body_enc,
            at: row.at.to_jiff(),
            expires_at: row.expires_at.to_jiff(),
        })
        .collect())
}

/// Erases lines whose term is over; returns how many. The database refuses any other erasing.
pub async fn delete_expired(
    tx: &mut TenantTx,
    now: Timestamp,
    limit: i64,
) -> Result<u64, StorageError> {
    let done = sqlx::query!(
        "DELETE FROM login_message
          WHERE (SELECT set_config('app.erase_before', ($1::timestamptz)::text, true)) IS NOT NULL
            AND id IN (SELECT id FROM login_message WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)",
        now.to_sqlx(),
        limit,
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected())
}
