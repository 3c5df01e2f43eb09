//! The job queue: rows committed with their cause, taken with a lease, fair between tenants.

use crate::{StorageError, SystemTx, TenantTx};
use domain::ids::{JobId, MailId, TenantId};
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx as _;
use serde::{Deserialize, Serialize};

/// What a job does; ids only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Payload {
    /// Render and send one mail of the outbox.
    SendMail {
        /// The outbox row.
        mail: MailId,
    },
    /// Erase what has reached the end of its promised life: drafts, sessions, temporary passwords.
    Expire,
}

impl Payload {
    /// Word stored in the `kind` column.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::SendMail { .. } => "send_mail",
            Self::Expire => "expire",
        }
    }
}

/// A job taken for work.
#[derive(Debug)]
pub struct Job {
    /// Key.
    pub id: JobId,
    /// For whom.
    pub tenant: TenantId,
    /// What; none when a newer program enqueued a kind that this one does not know.
    pub payload: Option<Payload>,
    /// Language tag of its cause.
    pub locale: String,
    /// This try's number, from 1.
    pub attempt: i16,
}

/// A job to be enqueued.
#[derive(Debug)]
pub struct NewJob<'a> {
    /// Key.
    pub id: JobId,
    /// What.
    pub payload: Payload,
    /// Language tag.
    pub locale: &'a str,
    /// Somebody is waiting at the screen for it: taken before what is not urgent.
    pub urgent: bool,
    /// Not before.
    pub run_at: Timestamp,
    /// Enqueued once for equal keys while such a job exists.
    pub dedupe_key: Option<&'a str>,
    /// Now.
    pub created_at: Timestamp,
}

/// How long a worker may hold a job before another may take it.
pub const LEASE: SignedDuration = SignedDuration::from_secs(120);

/// Enqueues a job in the transaction that causes it: rolled back together, committed together.
pub async fn enqueue(tx: &mut TenantTx, job: &NewJob<'_>) -> Result<(), StorageError> {
    let tenant = tx.key();
    let ids = serde_json::to_value(job.payload)
        .map_err(|_| StorageError::Database { code: "payload".into() })?;
    sqlx::query!(
        "INSERT INTO job (id, tenant_id, kind, ids, locale, urgent, run_at, dedupe_key, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (dedupe_key) DO NOTHING",
        job.id.uuid(),
        tenant,
        job.payload.kind(),
        ids,
        job.locale,
        job.urgent,
        job.run_at.to_sqlx(),
        job.dedupe_key,
        job.created_at.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Takes the next due job, from the tenant served longest ago; none when nothing is due.
pub async fn take(tx: &mut SystemTx, now: Timestamp) -> Result<Option<Job>, StorageError> {
    let now_sql = now.to_sqlx();
    let row = sqlx::query!(
        "UPDATE job
            SET leased_until = $2,
                attempts = attempts + 1
          WHERE id = (
                SELECT j.id
                  FROM job j
                  LEFT JOIN job_turn t ON t.tenant_id = j.tenant_id
                 WHERE j.failed_at IS NULL
                   AND j.run_at <= $1
                   AND (j.leased_until IS NULL OR j.leased_until <= $1)
                 ORDER BY j.urgent DESC, t.served_at NULLS FIRST, j.run_at
                 LIMIT 1
                   FOR UPDATE OF j SKIP LOCKED)
         RETURNING id, tenant_id, ids, locale, attempts",
        now_sql,
        (now + LEASE).to_sqlx(),
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    sqlx::query!(
        "INSERT INTO job_turn (tenant_id, served_at) VALUES ($1, $2)
         ON CONFLICT (tenant_id) DO UPDATE SET served_at = $2",
        row.tenant_id,
        now_sql,
    )
    .execute(tx.conn())
    .await?;
    Ok(Some(Job {
        id: row.id.into(),
        tenant: row.tenant_id.into(),
        payload: serde_json::from_value(row.ids).ok(),
        locale: row.locale,
        attempt: row.attempts,
    }))
}

/// The job is done and forgotten. False when another worker has taken it meanwhile: then it is that one's.
pub async fn delete(tx: &mut SystemTx, job: &Job) -> Result<bool, StorageError> {
    let done = sqlx::query!(
        "DELETE FROM job WHERE id = $1 AND attempts = $2",
        job.id.uuid(),
        job.attempt,
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() > 0)
}

/// The job comes back later. False when another worker has taken it meanwhile: then it is that one's.
pub async fn update_retry(
    tx: &mut SystemTx,
    job: &Job,
    run_at: Timestamp,
    code: &str,
) -> Result<bool, StorageError> {
    let done = sqlx::query!(
        "UPDATE job SET run_at = $3, leased_until = NULL, last_error_code = $4 WHERE id = $1 AND attempts = $2",
        job.id.uuid(),
        job.attempt,
        run_at.to_sqlx(),
        code,
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() > 0)
}

/// The job stays, visible, and is not tried again. False when another worker has taken it meanwhile.
pub async fn update_failed(
    tx: &mut SystemTx,
    job: &Job,
    at: Timestamp,
    code: &str,
) -> Result<bool, StorageError> {
    let done = sqlx::query!(
        "UPDATE job
            SET failed_at = $3, leased_until = NULL, last_error_code = $4, dedupe_key = NULL
          WHERE id = $1
            AND attempts = $2",
        job.id.uuid(),
        job.attempt,
        at.to_sqlx(),
        code,
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Since when the oldest due job has been waiting; none when nothing is due.
pub async fn find_oldest_due(
    tx: &mut SystemTx,
    now: Timestamp,
) -> Result<Option<Timestamp>, StorageError> {
    let due = sqlx::query_scalar!(
        "SELECT run_at
           FROM job
          WHERE failed_at IS NULL
            AND run_at <= $1
            AND (leased_until IS NULL OR leased_until <= $1)
          ORDER BY run_at
          LIMIT 1",
        now.to_sqlx(),
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(due.map(jiff_sqlx::Timestamp::to_jiff))
}

/// Jobs waiting or leased, and jobs given up: the queue's two gauges.
pub async fn count(tx: &mut SystemTx) -> Result<(i64, i64), StorageError> {
    let row = sqlx::query!(
        r#"SELECT count(*) FILTER (WHERE failed_at IS NULL) AS "waiting!",
                  count(*) FILTER (WHERE failed_at IS NOT NULL) AS "failed!"
             FROM job"#
    )
    .fetch_one(tx.conn())
    .await?;
    Ok((row.waiting, row.failed))
}
