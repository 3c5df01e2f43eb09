//! Frozen submissions: insert only.

use crate::{StorageError, TenantTx};
use domain::ids::{ApplicationId, ApplicationVersionId, FormDefinitionId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use serde_json::Value;

/// One submission, frozen with the form and the texts it answered.
#[derive(Clone, Debug)]
pub struct VersionRow {
    /// Key; the verification code of the documents is derived from it.
    pub id: ApplicationVersionId,
    /// Of which application.
    pub application: ApplicationId,
    /// 1, 2, 3 …
    pub version: i32,
    /// The frozen form.
    pub form_definition: FormDefinitionId,
    /// Sealed answers.
    pub answers_enc: Vec<u8>,
    /// The draft's revision that was sent.
    pub draft_revision: i32,
    /// Version of the privacy notice accepted.
    pub privacy_version: String,
    /// Version of the declarations made.
    pub declarations_version: String,
    /// Version of the tenant's settings then in force.
    pub tenant_version: i32,
    /// It was sent after the window closed, where late applications are taken.
    pub late: bool,
    /// Language tag of the family.
    pub locale: String,
    /// What proved who sent it, as the operations wrote it.
    pub identity_proof: Option<Value>,
    /// Instant of sending.
    pub submitted_at: Timestamp,
}

macro_rules! version_from {
    ($row:expr) => {
        VersionRow {
            id: $row.id.into(),
            application: $row.application_id.into(),
            version: $row.version,
            form_definition: $row.form_definition_id.into(),
            answers_enc: $row.answers_enc,
            draft_revision: $row.draft_revision,
            privacy_version: $row.privacy_version,
            declarations_version: $row.declarations_version,
            tenant_version: $row.tenant_version,
            late: $row.late,
            locale: $row.locale,
            identity_proof: $row.identity_proof,
            submitted_at: $row.submitted_at.to_jiff(),
        }
    };
}

/// Inserts a version; `Constraint::ApplicationRevision` when that revision was already sent.
pub async fn insert_version(
    tx: &mut TenantTx,
    version: &VersionRow,
    verification_hash: &[u8],
) -> Result<(), StorageError> {
    let tenant = tx.key();
    sqlx::query!(
        "INSERT INTO application_version (tenant_id, id, application_id, version, form_definition_id, answers_enc,
                                          draft_revision, privacy_version, declarations_version, tenant_version,
                                          late, locale, identity_proof, submitted_at, verification_hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        tenant,
        version.id.uuid(),
        version.application.uuid(),
        version.version,
        version.form_definition.uuid(),
        version.answers_enc,
        version.draft_revision,
        version.privacy_version,
        version.declarations_version,
        version.tenant_version,
        version.late,
        version.locale,
        version.identity_proof,
        version.submitted_at.to_sqlx(),
        verification_hash,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// One version by its number.
pub async fn get_version(
    tx: &mut TenantTx,
    application: ApplicationId,
    version: i32,
) -> Result<VersionRow, StorageError> {
    let row = sqlx::query!(
        "SELECT * FROM application_version WHERE application_id = $1 AND version = $2",
        application.uuid(),
        version,
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(version_from!(row))
}

/// One version by key.
pub async fn find_version(
    tx: &mut TenantTx,
    id: ApplicationVersionId,
) -> Result<Option<VersionRow>, StorageError> {
    let row = sqlx::query!("SELECT * FROM application_version WHERE id = $1", id.uuid())
        .fetch_optional(tx.conn())
        .await?;
    Ok(row.map(|row| version_from!(row)))
}

/// The version made from a revision of the draft: a repeated sending finds it.
pub async fn find_version_by_revision(
    tx: &mut TenantTx,
    application: ApplicationId,
    draft_revision: i32,
) -> Result<Option<VersionRow>, StorageError> {
    let row = sqlx::query!(
        "SELECT * FROM application_version WHERE application_id = $1 AND draft_revision = $2",
        application.uuid(),
        draft_revision,
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| version_from!(row)))
}

/// The version whose documents carry that verification code.
pub async fn find_version_by_verification(
    tx: &mut TenantTx,
    verification_hash: &[u8],
) -> Result<Option<VersionRow>, StorageError> {
    let row = sqlx::query!(
        "SELECT * FROM application_version WHERE verification_hash = $1",
        verification_hash
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| version_from!(row)))
}
