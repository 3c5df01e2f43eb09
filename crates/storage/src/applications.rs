//! Applications, their frozen versions and the decisions per service.

mod list;
mod services;
mod versions;

pub use list::{Filter, ListRow, count_by_state, list};
pub use services::{
    Decision, ServiceRow, insert_service, list_services, update_decision, update_resubmitted,
};
pub use versions::{
    VersionRow, find_version, find_version_by_revision, find_version_by_verification, get_version,
    insert_version,
};

use crate::{StorageError, TenantTx, enrolments::Slot};
use domain::{
    application::State,
    ids::{ApplicationId, CredentialId, DraftId},
};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx as _;

/// An application.
#[derive(Clone, Debug)]
pub struct Application {
    /// Key.
    pub id: ApplicationId,
    /// The draft it was made from.
    pub draft: DraftId,
    /// Calendar year in which the school year begins.
    pub school_year: i16,
    /// Registration number, gapless per tenant and school year.
    pub number: i32,
    /// Keyed hash of the pupil's codice fiscale.
    pub pupil_cf_hash: Vec<u8>,
    /// Sealed name of the pupil, for lists.
    pub pupil_name_enc: Vec<u8>,
    /// School chosen.
    pub school_code: String,
    /// Overall state; decisions are per service.
    pub state: State,
    /// Newest version.
    pub current_version: i32,
    /// First sending.
    pub submitted_at: Timestamp,
    /// Last sending.
    pub last_submitted_at: Timestamp,
    /// Last day for the office's answer.
    pub answer_due: Date,
}

impl Application {
    /// What an enrolment made from a service of this application is for.
    pub fn slot<'a>(&'a self, school_service: &'a str) -> Slot<'a> {
        Slot { pupil_cf_hash: &self.pupil_cf_hash, school_service, school_year: self.school_year }
    }
}

macro_rules! application_from {
    ($row:expr) => {
        match $row {
            None => None,
            Some(row) => Some(Application {
                id: row.id.into(),
                draft: row.draft_id.into(),
                school_year: row.school_year,
                number: row.number,
                pupil_cf_hash: row.pupil_cf_hash,
                pupil_name_enc: row.pupil_name_enc,
                school_code: row.school_code,
                state: state(row.state)?,
                current_version: row.current_version,
                submitted_at: row.submitted_at.to_jiff(),
                last_submitted_at: row.last_submitted_at.to_jiff(),
                answer_due: row.answer_due.to_jiff(),
            }),
        }
    };
}

fn state(number: i16) -> Result<State, StorageError> {
    State::from_number(number).ok_or_else(|| StorageError::Database { code: "state".into() })
}

/// The application, if this tenant has it.
pub async fn find(
    tx: &mut TenantTx,
    id: ApplicationId,
) -> Result<Option<Application>, StorageError> {
    let row = sqlx::query!("SELECT * FROM application WHERE id = $1", id.uuid())
        .fetch_optional(tx.conn())
        .await?;
    Ok(application_from!(row))
}

/// The application, locked until the transaction ends.
pub async fn lock(
    tx: &mut TenantTx,
    id: ApplicationId,
) -> Result<Option<Application>, StorageError> {
    let row = sqlx::query!("SELECT * FROM application WHERE id = $1 FOR UPDATE", id.uuid())
        .fetch_optional(tx.conn())
        .await?;
    Ok(application_from!(row))
}

/// The application made from a draft.
pub async fn find_by_draft(
    tx: &mut TenantTx,
    draft: DraftId,
) -> Result<Option<Application>, StorageError> {
    let row = sqlx::query!("SELECT * FROM application WHERE draft_id = $1", draft.uuid())
        .fetch_optional(tx.conn())
        .await?;
    Ok(application_from!(row))
}

/// Whether the same means of signing in already belonged to an application sent before that instant.
pub async fn exists_earlier(
    tx: &mut TenantTx,
    credential: CredentialId,
    submitted_at: Timestamp,
) -> Result<bool, StorageError> {
    let exists = sqlx::query_scalar!(
        r#"SELECT EXISTS (
                SELECT 1
                  FROM application a
                  JOIN draft d ON d.tenant_id = a.tenant_id AND d.id = a.draft_id
                 WHERE d.credential_id = $1
                   AND a.submitted_at < $2
           ) AS "exists!""#,
        credential.uuid(),
        submitted_at.to_sqlx(),
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(exists)
}

/// Other applications for the same pupil and school year; the office sees them side by side.
pub async fn list_duplicates(
    tx: &mut TenantTx,
    application: &Application,
) -> Result<Vec<ApplicationId>, StorageError> {
    let ids = sqlx::query_scalar!(
        "SELECT id
           FROM application
          WHERE pupil_cf_hash = $1
            AND school_year = $2
            AND id <> $3
          ORDER BY number
          LIMIT 10",
        application.pupil_cf_hash,
        application.school_year,
        application.id.uuid(),
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(ids.into_iter().map(Into::into).collect())
}

/// The next registration number. It locks the tenant's counter until the transaction ends: call it late.
pub async fn next_number(tx: &mut TenantTx, school_year: i16) -> Result<i32, StorageError> {
    let tenant = tx.key();
    let number = sqlx::query_scalar!(
        "INSERT INTO application_counter AS c (tenant_id, school_year, last)
         VALUES ($1, $2, 1)
         ON CONFLICT (tenant_id, school_year) DO UPDATE SET last = c.last + 1
         RETURNING last",
        tenant,
        school_year,
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(number)
}

/// Inserts an application; `Constraint::ApplicationDraft` when the draft already has one.
pub async fn insert(
    tx: &mut TenantTx,
    application: &Application,
    name_norm: &str,
) -> Result<(), StorageError> {
    let tenant = tx.key();
    sqlx::query!(
        "INSERT INTO application (tenant_id, id, draft_id, school_year, number, pupil_cf_hash, pupil_name_enc,
                                  pupil_name_norm, school_code, state, current_version, submitted_at,
                                  last_submitted_at, answer_due)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, $13)",
        tenant,
        application.id.uuid(),
        application.draft.uuid(),
        application.school_year,
        application.number,
        application.pupil_cf_hash,
        application.pupil_name_enc,
        name_norm,
        application.school_code,
        application.state.number(),
        application.current_version,
        application.submitted_at.to_sqlx(),
        application.answer_due.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Takes over a newly sent version.
pub async fn update_version(
    tx: &mut TenantTx,
    application: &Application,
    name_norm: &str,
) -> Result<(), StorageError> {
    sqlx::query!(
        "UPDATE application
            SET pupil_name_enc = $2,
                pupil_name_norm = $3,
                school_code = $4,
                state = $5,
                current_version = $6,
                last_submitted_at = $7,
                answer_due = $8
          WHERE id = $1",
        application.id.uuid(),
        application.pupil_name_enc,
        name_norm,
        application.school_code,
        application.state.number(),
        application.current_version,
        application.last_submitted_at.to_sqlx(),
        application.answer_due.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Stores the overall state after a decision; the only callers are operations that took an edge of the table.
pub async fn update_state(
    tx: &mut TenantTx,
    id: ApplicationId,
    state: State,
) -> Result<(), StorageError> {
    sqlx::query!("UPDATE application SET state = $2 WHERE id = $1", id.uuid(), state.number())
        .execute(tx.conn())
        .await?;
    Ok(())
}
