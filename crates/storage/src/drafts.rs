//! Drafts: the sealed, unsubmitted answers of one pupil.

mod updates;

pub use updates::{
    AnswersUpdate, delete, update_answers, update_credential, update_kept, update_prefilled,
    update_verified,
};

use crate::{StorageError, TenantTx};
use domain::ids::{CredentialId, DraftId, FormDefinitionId, IdentityId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;

/// A draft as stored; `*_enc` are sealed.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Key.
    pub id: DraftId,
    /// The frozen form it answers.
    pub form_definition: FormDefinitionId,
    /// The guardian's sign-in means, once there are any.
    pub credential: Option<CredentialId>,
    /// The person who began it, where a digital identity was the door.
    pub identity: Option<IdentityId>,
    /// Calendar year in which the school year begins.
    pub school_year: i16,
    /// Keyed hash of the pupil's codice fiscale.
    pub pupil_cf_hash: Vec<u8>,
    /// Sealed answers.
    pub answers_enc: Vec<u8>,
    /// Grows with each change; guards two tabs.
    pub revision: i32,
    /// Language tag of the family.
    pub locale: String,
    /// Sealed, verified address.
    pub email_enc: Option<Vec<u8>>,
    /// Keyed hash of the verified address.
    pub email_hash: Option<Vec<u8>>,
    /// When the address was verified.
    pub verified_at: Option<Timestamp>,
    /// Version of the privacy notice that was read.
    pub privacy_version: Option<String>,
    /// When it was begun.
    pub created_at: Timestamp,
    /// First «Salva Bozza» or step saved.
    pub first_saved_at: Option<Timestamp>,
    /// Last change of the answers.
    pub last_changed_at: Timestamp,
    /// When it is erased; none once an application was made from it.
    pub expires_at: Option<Timestamp>,
}

/// What a new draft starts from.
#[derive(Debug)]
pub struct NewDraft<'a> {
    /// Key.
    pub id: DraftId,
    /// The frozen form it answers.
    pub form_definition: FormDefinitionId,
    /// The person who begins it, where a digital identity is the door.
    pub identity: Option<IdentityId>,
    /// Calendar year in which the school year begins.
    pub school_year: i16,
    /// Keyed hash of the pupil's codice fiscale.
    pub pupil_cf_hash: &'a [u8],
    /// Sealed answers.
    pub answers_enc: &'a [u8],
    /// Language tag of the family.
    pub locale: &'a str,
    /// Now.
    pub created_at: Timestamp,
    /// When it is erased if nothing more happens.
    pub expires_at: Timestamp,
}

/// Inserts a draft.
pub async fn insert(tx: &mut TenantTx, draft: &NewDraft<'_>) -> Result<(), StorageError> {
    let tenant = tx.key();
    sqlx::query!(
        "INSERT INTO draft (tenant_id, id, form_definition_id, identity_id, school_year, pupil_cf_hash, answers_enc,
                            locale, created_at, last_changed_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10)",
        tenant,
        draft.id.uuid(),
        draft.form_definition.uuid(),
        draft.identity.map(IdentityId::uuid),
        draft.school_year,
        draft.pupil_cf_hash,
        draft.answers_enc,
        draft.locale,
        draft.created_at.to_sqlx(),
        draft.expires_at.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

macro_rules! draft_from {
    ($row:expr) => {
        $row.map(|row| Draft {
            id: row.id.into(),
            form_definition: row.form_definition_id.into(),
            credential: row.credential_id.map(Into::into),
            identity: row.identity_id.map(Into::into),
            school_year: row.school_year,
            pupil_cf_hash: row.pupil_cf_hash,
            answers_enc: row.answers_enc,
            revision: row.revision,
            locale: row.locale,
            email_enc: row.email_enc,
            email_hash: row.email_hash,
            verified_at: row.verified_at.map(jiff_sqlx::Timestamp::to_jiff),
            privacy_version: row.privacy_version,
            created_at: row.created_at.to_jiff(),
            first_saved_at: row.first_saved_at.map(jiff_sqlx::Timestamp::to_jiff),
            last_changed_at: row.last_changed_at.to_jiff(),
            expires_at: row.expires_at.map(jiff_sqlx::Timestamp::to_jiff),
        })
    };
}

/// The draft, if this tenant has it.
pub async fn find(tx: &mut TenantTx, id: DraftId) -> Result<Option<Draft>, StorageError> {
    let row = sqlx::query!("SELECT * FROM draft WHERE id = $1", id.uuid())
        .fetch_optional(tx.conn())
        .await?;
    Ok(draft_from!(row))
}

/// The draft, locked until the transaction ends.
pub async fn lock(tx: &mut TenantTx, id: DraftId) -> Result<Option<Draft>, StorageError> {
    let row = sqlx::query!("SELECT * FROM draft WHERE id = $1 FOR UPDATE", id.uuid())
        .fetch_optional(tx.conn())
        .await?;
    Ok(draft_from!(row))
}

/// The draft or application that the same applicant already has for this pupil: same codice fiscale, same verified
/// address, same school year, same digital identity or none: a mailbox alone does not open what an identity began. One
/// with an application comes first, then the oldest.
pub async fn find_same_applicant(
    tx: &mut TenantTx,
    pupil_cf_hash: &[u8],
    email_hash: &[u8],
    school_year: i16,
    except: DraftId,
    identity: Option<IdentityId>,
) -> Result<Option<DraftId>, StorageError> {
    let id = sqlx::query_scalar!(
        "SELECT d.id
           FROM draft d
           LEFT JOIN application a ON a.tenant_id = d.tenant_id AND a.draft_id = d.id
          WHERE d.pupil_cf_hash = $1
            AND d.email_hash = $2
            AND d.school_year = $3
            AND d.verified_at IS NOT NULL
            AND d.id <> $4
            AND d.identity_id IS NOT DISTINCT FROM $5
          ORDER BY a.id IS NULL, d.created_at
          LIMIT 1",
        pupil_cf_hash,
        email_hash,
        school_year,
        except.uuid(),
        identity.map(IdentityId::uuid),
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(id.map(Into::into))
}

/// The draft or application that this person already has for that pupil and school year; one with an application comes
/// first, then the oldest.
pub async fn find_by_identity_and_pupil(
    tx: &mut TenantTx,
    identity: IdentityId,
    pupil_cf_hash: &[u8],
    school_year: i16,
) -> Result<Option<DraftId>, StorageError> {
    let id = sqlx::query_scalar!(
        "SELECT d.id
           FROM draft d
           LEFT JOIN application a ON a.tenant_id = d.tenant_id AND a.draft_id = d.id
          WHERE d.identity_id = $1
            AND d.pupil_cf_hash = $2
            AND d.school_year = $3
          ORDER BY a.id IS NULL, d.created_at
          LIMIT 1",
        identity.uuid(),
        pupil_cf_hash,
        school_year,
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(id.map(Into::into))
}

/// Every draft of this person, newest first.
pub async fn list_by_identity(
    tx: &mut TenantTx,
    identity: IdentityId,
) -> Result<Vec<DraftId>, StorageError> {
    let ids = sqlx::query_scalar!(
        "SELECT id FROM draft WHERE identity_id = $1 ORDER BY created_at DESC, id DESC",
        identity.uuid(),
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(ids.into_iter().map(Into::into).collect())
}

/// The draft of this pupil with that verified address; for «password dimenticata».
pub async fn find_by_pupil_and_email(
    tx: &mut TenantTx,
    pupil_cf_hash: &[u8],
    email_hash: &[u8],
) -> Result<Option<Draft>, StorageError> {
    let row = sqlx::query!(
        "SELECT *
           FROM draft
          WHERE pupil_cf_hash = $1
            AND email_hash = $2
            AND credential_id IS NOT NULL
            AND identity_id IS NULL
          ORDER BY expires_at IS NULL DESC, created_at DESC
          LIMIT 1",
        pupil_cf_hash,
        email_hash,
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(draft_from!(row))
}

/// Drafts whose time is over, oldest first, locked; one that is being saved at this moment is left for the next run.
pub async fn lock_expired(
    tx: &mut TenantTx,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<DraftId>, StorageError> {
    let ids = sqlx::query_scalar!(
        "SELECT id
           FROM draft
          WHERE expires_at <= $1
          ORDER BY expires_at
          LIMIT $2
            FOR UPDATE SKIP LOCKED",
        now.to_sqlx(),
        limit,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(ids.into_iter().map(Into::into).collect())
}
