//! Decisions per school service.

use super::state;
use crate::{StorageError, TenantTx};
use domain::{
    application::State,
    ids::{ApplicationId, OfficerId},
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;

/// One service asked for.
#[derive(Clone, Debug)]
pub struct ServiceRow {
    /// Code of the school service.
    pub school_service: String,
    /// Its state.
    pub state: State,
    /// The version decided upon.
    pub decided_version: Option<i32>,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
    /// Sealed reason of a refusal.
    pub reason_enc: Option<Vec<u8>>,
    /// How the applicant's identity was verified.
    pub identity_verified_by: Option<String>,
}

/// A decision to store.
#[derive(Debug)]
pub struct Decision<'a> {
    /// Of which application.
    pub application: ApplicationId,
    /// Code of the school service.
    pub school_service: &'a str,
    /// New state.
    pub state: State,
    /// The version decided upon.
    pub version: i32,
    /// Who decides.
    pub by: OfficerId,
    /// When.
    pub at: Timestamp,
    /// Sealed reason.
    pub reason_enc: Option<&'a [u8]>,
    /// How the applicant's identity was verified.
    pub identity_verified_by: Option<&'a str>,
}

/// Inserts a service asked for; one that is there already stays as it is.
pub async fn insert_service(
    tx: &mut TenantTx,
    application: ApplicationId,
    school_service: &str,
) -> Result<(), StorageError> {
    let tenant = tx.key();
    sqlx::query!(
        "INSERT INTO application_service (tenant_id, application_id, school_service, state)
         VALUES ($1, $2, $3, $4)
         ON CONFLICT (tenant_id, application_id, school_service) DO NOTHING",
        tenant,
        application.uuid(),
        school_service,
        State::Submitted.number(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The services of an application, by code.
pub async fn list_services(
    tx: &mut TenantTx,
    application: ApplicationId,
) -> Result<Vec<ServiceRow>, StorageError> {
    let rows = sqlx::query!(
        "SELECT school_service, state, decided_version, decided_at, reason_enc, identity_verified_by
           FROM application_service
          WHERE application_id = $1
          ORDER BY school_service",
        application.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(ServiceRow {
                school_service: row.school_service,
                state: state(row.state)?,
                decided_version: row.decided_version,
                decided_at: row.decided_at.map(jiff_sqlx::Timestamp::to_jiff),
                reason_enc: row.reason_enc,
                identity_verified_by: row.identity_verified_by,
            })
        })
        .collect()
}

/// Stores a decision.
pub async fn update_decision(
    tx: &mut TenantTx,
    decision: &Decision<'_>,
) -> Result<(), StorageError> {
    sqlx::query!(
        "UPDATE application_service
            SET state = $3,
                decided_version = $4,
                decided_by = $5,
                decided_at = $6,
                reason_enc = $7,
                identity_verified_by = $8
          WHERE application_id = $1
            AND school_service = $2",
        decision.application.uuid(),
        decision.school_service,
        decision.state.number(),
        decision.version,
        decision.by.uuid(),
        decision.at.to_sqlx(),
        decision.reason_enc,
        decision.identity_verified_by,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A newly sent version puts a service back to the given state; what was decided before stays recorded.
pub async fn update_resubmitted(
    tx: &mut TenantTx,
    application: ApplicationId,
    school_service: &str,
    state: State,
) -> Result<(), StorageError> {
    sqlx::query!(
        "UPDATE application_service SET state = $3 WHERE application_id = $1 AND school_service = $2",
        application.uuid(),
        school_service,
        state.number(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
