//! Accepted applications in force.

use crate::{StorageError, TenantTx};
use domain::ids::{ApplicationId, ApplicationVersionId, EnrolmentId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;

/// A new enrolment.
#[derive(Debug)]
pub struct NewEnrolment<'a> {
    /// Key.
    pub id: EnrolmentId,
    /// What it is for.
    pub slot: Slot<'a>,
    /// The application that was accepted.
    pub application: ApplicationId,
    /// Its version.
    pub version: ApplicationVersionId,
    /// Now.
    pub created_at: Timestamp,
}

/// What at most one live enrolment is for.
#[derive(Clone, Copy, Debug)]
pub struct Slot<'a> {
    /// Keyed hash of the pupil's codice fiscale.
    pub pupil_cf_hash: &'a [u8],
    /// Code of the school service.
    pub school_service: &'a str,
    /// Calendar year in which the school year begins.
    pub school_year: i16,
}

/// Ends what an application has in force in a slot.
pub async fn update_ended(
    tx: &mut TenantTx,
    slot: Slot<'_>,
    application: ApplicationId,
    at: Timestamp,
) -> Result<(), StorageError> {
    sqlx::query!(
        "UPDATE enrolment e
            SET ended_at = $4
          WHERE e.pupil_cf_hash = $1
            AND e.school_service = $2
            AND e.school_year = $3
            AND e.ended_at IS NULL
            AND e.application_version_id IN (SELECT id FROM application_version WHERE application_id = $5)",
        slot.pupil_cf_hash,
        slot.school_service,
        slot.school_year,
        at.to_sqlx(),
        application.uuid(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Inserts an enrolment; `Constraint::EnrolmentLive` when the pupil has a live one from another application.
/// A newer version of the same application takes the place of the older.
pub async fn insert(tx: &mut TenantTx, enrolment: &NewEnrolment<'_>) -> Result<(), StorageError> {
    let tenant = tx.key();
    let slot = enrolment.slot;
    update_ended(tx, slot, enrolment.application, enrolment.created_at).await?;
    sqlx::query!(
        "INSERT INTO enrolment (tenant_id, id, pupil_cf_hash, school_service, school_year, application_version_id,
                                created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        tenant,
        enrolment.id.uuid(),
        slot.pupil_cf_hash,
        slot.school_service,
        slot.school_year,
        enrolment.version.uuid(),
        enrolment.created_at.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
