//! The outbox: one row per mail, rendered and sent by the worker.

use crate::{StorageError, TenantTx};
use domain::ids::{DraftId, MailId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use uuid::Uuid;

/// A mail to be sent; what it says is derived from `subject_id` when it is sent.
#[derive(Clone, Debug)]
pub struct MailRow {
    /// Key; also makes the stable Message-ID.
    pub id: MailId,
    /// Which mail it is: the stem of its templates.
    pub stem: String,
    /// Language tag.
    pub locale: String,
    /// Sealed address.
    pub to_enc: Vec<u8>,
    /// The draft it is about, when that may expire.
    pub draft: Option<DraftId>,
    /// What the mail is rendered from: a code, a link, an application version, a credential.
    pub subject_id: Uuid,
    /// When it was queued.
    pub created_at: Timestamp,
    /// Set once the server took it.
    pub sent_at: Option<Timestamp>,
}

const QUEUED: i16 = 1;
const SENT: i16 = 2;
const FAILED: i16 = 3;
const LEFT_OUT: i16 = 4;

/// Inserts a queued mail.
pub async fn insert(tx: &mut TenantTx, mail: &MailRow) -> Result<(), StorageError> {
    let tenant = tx.key();
    sqlx::query!(
        "INSERT INTO mail (tenant_id, id, stem, locale, to_enc, draft_id, subject_id, state, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        tenant,
        mail.id.uuid(),
        mail.stem,
        mail.locale,
        mail.to_enc,
        mail.draft.map(DraftId::uuid),
        mail.subject_id,
        QUEUED,
        mail.created_at.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// One mail.
pub async fn find(tx: &mut TenantTx, id: MailId) -> Result<Option<MailRow>, StorageError> {
    let row = sqlx::query!(
        "SELECT id, stem, locale, to_enc, draft_id, subject_id, created_at, sent_at FROM mail WHERE id = $1",
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| MailRow {
        id: row.id.into(),
        stem: row.stem,
        locale: row.locale,
        to_enc: row.to_enc,
        draft: row.draft_id.map(Into::into),
        subject_id: row.subject_id,
        created_at: row.created_at.to_jiff(),
        sent_at: row.sent_at.map(jiff_sqlx::Timestamp::to_jiff),
    }))
}

/// The server took it.
pub async fn update_sent(tx: &mut TenantTx, id: MailId, at: Timestamp) -> Result<(), StorageError> {
    sqlx::query!(
        "UPDATE mail SET state = $2, sent_at = $3, attempts = attempts + 1 WHERE id = $1",
        id.uuid(),
        SENT,
        at.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What it carries was used or has expired: nobody waits for it any more.
pub async fn update_left_out(tx: &mut TenantTx, id: MailId) -> Result<(), StorageError> {
    sqlx::query!("UPDATE mail SET state = $2 WHERE id = $1", id.uuid(), LEFT_OUT)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// A try failed; `give_up` makes it final. A mail that another try has sent meanwhile stays sent.
pub async fn update_failed(
    tx: &mut TenantTx,
    id: MailId,
    code: &str,
    give_up: bool,
) -> Result<(), StorageError> {
    sqlx::query!(
        "UPDATE mail SET state = $2, last_error_code = $3, attempts = attempts + 1 WHERE id = $1 AND sent_at IS NULL",
        id.uuid(),
        if give_up { FAILED } else { QUEUED },
        code,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The error code of a draft's last mail that could not be delivered for good, if any: the office sees it.
pub async fn find_failure(
    tx: &mut TenantTx,
    draft: DraftId,
) -> Result<Option<String>, StorageError> {
    let code = sqlx::query_scalar!(
        "SELECT last_error_code
           FROM mail
          WHERE draft_id = $1
            AND state = 3
          ORDER BY created_at DESC
          LIMIT 1",
        draft.uuid(),
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(code.flatten())
}
