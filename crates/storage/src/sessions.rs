//! Server-side sessions of families and officers.

use crate::{StorageError, TenantTx};
use domain::ids::{DraftId, IdentityId, OfficerId, SessionId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;

/// A live session.
#[derive(Clone, Debug)]
pub struct Session {
    /// Key.
    pub id: SessionId,
    /// The officer, when it is one.
    pub officer: Option<OfficerId>,
    /// The person, when a digital identity opened it.
    pub identity: Option<IdentityId>,
    /// Keyed hash of the subject that the identity provider named: it may end the session.
    pub subject_hash: Option<Vec<u8>>,
    /// Ends here without activity.
    pub idle_until: Timestamp,
    /// Ends here in any case.
    pub ends_at: Timestamp,
    /// The drafts it opens.
    pub drafts: Vec<Grant>,
}

/// A draft that a session opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The draft.
    pub draft: DraftId,
    /// It was opened with a temporary password, which must be changed first.
    pub must_change_password: bool,
}

/// Inserts a session.
pub async fn insert(
    tx: &mut TenantTx,
    session: &Session,
    token_hash: &[u8],
    now: Timestamp,
) -> Result<(), StorageError> {
    let tenant = tx.key();
    sqlx::query!(
        "INSERT INTO session (tenant_id, id, token_hash, officer_id, identity_id, subject_hash, created_at, idle_until,
                              ends_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        tenant,
        session.id.uuid(),
        token_hash,
        session.officer.map(OfficerId::uuid),
        session.identity.map(IdentityId::uuid),
        session.subject_hash,
        now.to_sqlx(),
        session.idle_until.to_sqlx(),
        session.ends_at.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    for grant in &session.drafts {
        insert_grant(tx, session.id, *grant).await?;
    }
    Ok(())
}

/// The live session behind a token, with the drafts it opens: those it was granted, and those of its person.
pub async fn find_live(
    tx: &mut TenantTx,
    token_hash: &[u8],
    now: Timestamp,
) -> Result<Option<Session>, StorageError> {
    let row = sqlx::query!(
        r#"SELECT s.id, s.officer_id, s.identity_id, s.subject_hash, s.idle_until, s.ends_at,
                  array(SELECT g.draft_id FROM session_draft g
                         WHERE g.tenant_id = s.tenant_id AND g.session_id = s.id
                         UNION
                        SELECT d.id FROM draft d
                         WHERE d.tenant_id = s.tenant_id AND d.identity_id = s.identity_id
                         ORDER BY 1) AS "drafts!",
                  array(SELECT g.draft_id FROM session_draft g
                         WHERE g.tenant_id = s.tenant_id AND g.session_id = s.id AND g.must_change_password
                       ) AS "change!"
             FROM session s
            WHERE s.token_hash = $1
              AND s.idle_until > $2
              AND s.ends_at > $2"#,
        token_hash,
        now.to_sqlx(),
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| Session {
        id: row.id.into(),
        officer: row.officer_id.map(Into::into),
        identity: row.identity_id.map(Into::into),
        subject_hash: row.subject_hash,
        idle_until: row.idle_until.to_jiff(),
        ends_at: row.ends_at.to_jiff(),
        drafts: row
            .drafts
            .into_iter()
            .map(|draft| Grant {
                must_change_password: row.change.contains(&draft),
                draft: draft.into(),
            })
            .collect(),
    }))
}

/// Lets a session open a draft.
pub async fn insert_grant(
    tx: &mut TenantTx,
    session: SessionId,
    grant: Grant,
) -> Result<(), StorageError> {
    let tenant = tx.key();
    sqlx::query!(
        "INSERT INTO session_draft (tenant_id, session_id, draft_id, must_change_password)
         VALUES ($1, $2, $3, $4)
         ON CONFLICT (tenant_id, session_id, draft_id) DO UPDATE SET must_change_password = $4",
        tenant,
        session.uuid(),
        grant.draft.uuid(),
        grant.must_change_password,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Moves the idle limit.
pub async fn update_idle(
    tx: &mut TenantTx,
    id: SessionId,
    idle_until: Timestamp,
) -> Result<(), StorageError> {
    sqlx::query!(
        "UPDATE session SET idle_until = $2 WHERE id = $1",
        id.uuid(),
        idle_until.to_sqlx()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Ends one session.
pub async fn delete(tx: &mut TenantTx, id: SessionId) -> Result<(), StorageError> {
    sqlx::query!("DELETE FROM session WHERE id = $1", id.uuid()).execute(tx.conn()).await?;
    Ok(())
}

/// Ends every session that opens a draft, but one: after a password change nobody else stays in.
pub async fn delete_others(
    tx: &mut TenantTx,
    draft: DraftId,
    keep: SessionId,
) -> Result<(), StorageError> {
    sqlx::query!(
        "DELETE FROM session
          WHERE id IN (SELECT session_id FROM session_draft WHERE draft_id = $1)
            AND id <> $2",
        draft.uuid(),
        keep.uuid(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Ends every session of a subject that the identity provider names; returns how many.
pub async fn delete_by_subject(
    tx: &mut TenantTx,
    subject_hash: &[u8],
) -> Result<u64, StorageError> {
    let done = sqlx::query!("DELETE FROM session WHERE subject_hash = $1", subject_hash)
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected())
}

/// Erases sessions that are over; returns how many.
pub async fn delete_ended(tx: &mut TenantTx, now: Timestamp) -> Result<u64, StorageError> {
    let done =
        sqlx::query!("DELETE FROM session WHERE ends_at <= $1 OR idle_until <= $1", now.to_sqlx())
            .execute(tx.conn())
            .await?;
    Ok(done.rows_affected())
}
