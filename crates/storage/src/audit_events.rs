//! The audit trail: insert only, chained by hash.

use crate::{StorageError, TenantTx};
use domain::ids::AuditEventId;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use serde_json::Value;
use uuid::Uuid;

/// A line to write. Details hold codes and ids, never personal data.
#[derive(Debug)]
pub struct NewAuditEvent<'a> {
    /// Key.
    pub id: AuditEventId,
    /// Instant of the act.
    pub at: Timestamp,
    /// Who: `family`, `officer:<id>`, `platform`, `anonymous`.
    pub actor: &'a str,
    /// What was done.
    pub verb: &'a str,
    /// To which record.
    pub subject: Uuid,
    /// Codes and ids.
    pub details: &'a Value,
}

/// A line as read.
#[derive(Debug)]
pub struct AuditEvent {
    /// Instant of the act.
    pub at: Timestamp,
    /// Who.
    pub actor: String,
    /// What was done.
    pub verb: String,
    /// Codes and ids.
    pub details: Value,
}

/// Appends a line. It locks the head of the tenant's chain until the transaction ends: call it last.
pub async fn append(tx: &mut TenantTx, event: &NewAuditEvent<'_>) -> Result<(), StorageError> {
    let tenant = tx.key();
    let head = sqlx::query!(
        "INSERT INTO audit_head AS h (tenant_id, sequence, hash)
         VALUES ($1, 1, '')
         ON CONFLICT (tenant_id) DO UPDATE SET sequence = h.sequence + 1
         RETURNING sequence, hash",
        tenant,
    )
    .fetch_one(tx.conn())
    .await?;
    let hash = sqlx::query_scalar!(
        r#"INSERT INTO audit_event (tenant_id, sequence, id, at, actor, verb, subject_id, details, previous_hash, hash)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9,
                   sha256($9 || convert_to(concat_ws('|', $2::bigint, $3::uuid, extract(epoch FROM $4::timestamptz),
                                                     $5::text, $6::text, $7::uuid, $8::jsonb), 'UTF8')))
           RETURNING hash"#,
        tenant,
        head.sequence,
        event.id.uuid(),
        event.at.to_sqlx(),
        event.actor,
        event.verb,
        event.subject,
        event.details,
        head.hash,
    )
    .fetch_one(tx.conn())
    .await?;
    sqlx::query!("UPDATE audit_head SET hash = $1", hash).execute(tx.conn()).await?;
    Ok(())
}

/// The history of one record, oldest first.
pub async fn list_by_subject(
    tx: &mut TenantTx,
    subject: Uuid,
) -> Result<Vec<AuditEvent>, StorageError> {
    let rows = sqlx::query!(
        "SELECT at, actor, verb, details FROM audit_event WHERE subject_id = $1 ORDER BY sequence",
        subject
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| AuditEvent {
            at: row.at.to_jiff(),
            actor: row.actor,
            verb: row.verb,
            details: row.details,
        })
        .collect())
}

/// The first sequence number at which the chain is broken, or none when it is whole. Also finds a cut tail,
/// because the head is kept apart.
pub async fn find_break(tx: &mut TenantTx) -> Result<Option<i64>, StorageError> {
    let broken = sqlx::query_scalar!(
        r#"SELECT min(sequence) AS "sequence"
             FROM (SELECT e.sequence,
                          e.hash = sha256(e.previous_hash || convert_to(concat_ws('|', e.sequence, e.id,
                              extract(epoch FROM e.at), e.actor, e.verb, e.subject_id, e.details), 'UTF8'))
                          AND e.previous_hash = lag(e.hash, 1, '') OVER (ORDER BY e.sequence)
                          AND e.sequence = 1 + lag(e.sequence, 1, 0::bigint) OVER (ORDER BY e.sequence) AS whole
                     FROM audit_event e
                   UNION ALL
                   SELECT h.sequence + 1,
                          EXISTS (SELECT 1 FROM audit_event e
                                   WHERE e.tenant_id = h.tenant_id AND e.sequence = h.sequence AND e.hash = h.hash)
                     FROM audit_head h) chain
            WHERE NOT whole"#
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(broken)
}
