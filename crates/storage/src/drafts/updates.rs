//! Changes of a draft.

use crate::{StorageError, TenantTx};
use domain::ids::{CredentialId, DraftId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;

/// Answers and revision after a change.
#[derive(Debug)]
pub struct AnswersUpdate<'a> {
    /// Key.
    pub id: DraftId,
    /// Sealed answers.
    pub answers_enc: &'a [u8],
    /// The next revision.
    pub revision: i32,
    /// Version of the privacy notice, once read.
    pub privacy_version: Option<&'a str>,
    /// Language tag of the family.
    pub locale: &'a str,
    /// Now.
    pub at: Timestamp,
    /// New date of erasure; none leaves it as it is.
    pub expires_at: Option<Timestamp>,
}

/// Stores changed answers.
pub async fn update_answers(
    tx: &mut TenantTx,
    update: &AnswersUpdate<'_>,
) -> Result<(), StorageError> {
    sqlx::query!(
        "UPDATE draft
            SET answers_enc = $2,
                revision = $3,
                privacy_version = COALESCE($4, privacy_version),
                locale = $5,
                first_saved_at = COALESCE(first_saved_at, $6),
                last_changed_at = $6,
                expires_at = CASE WHEN expires_at IS NULL THEN NULL ELSE COALESCE($7::timestamptz, expires_at) END
          WHERE id = $1",
        update.id.uuid(),
        update.answers_enc,
        update.revision,
        update.privacy_version,
        update.locale,
        update.at.to_sqlx(),
        update.expires_at.map(jiff_sqlx::ToSqlx::to_sqlx),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Records the verified address and the longer life that comes with it.
pub async fn update_verified(
    tx: &mut TenantTx,
    id: DraftId,
    email: (&[u8], &[u8]),
    at: Timestamp,
    expires_at: Timestamp,
) -> Result<(), StorageError> {
    sqlx::query!(
        "UPDATE draft
            SET email_enc = $2,
                email_hash = $3,
                verified_at = $4,
                expires_at = CASE WHEN expires_at IS NULL THEN NULL ELSE $5::timestamptz END
          WHERE id = $1",
        id.uuid(),
        email.0,
        email.1,
        at.to_sqlx(),
        expires_at.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Ties the draft to its guardian's sign-in means.
pub async fn update_credential(
    tx: &mut TenantTx,
    id: DraftId,
    credential: CredentialId,
) -> Result<(), StorageError> {
    sqlx::query!("UPDATE draft SET credential_id = $2 WHERE id = $1", id.uuid(), credential.uuid())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// From now on the answers belong to an application: they no longer expire as a draft.
pub async fn update_kept(tx: &mut TenantTx, id: DraftId) -> Result<(), StorageError> {
    sqlx::query!("UPDATE draft SET expires_at = NULL WHERE id = $1", id.uuid())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Erases one draft and what hangs on it.
pub async fn delete(tx: &mut TenantTx, id: DraftId) -> Result<(), StorageError> {
    sqlx::query!("DELETE FROM draft WHERE id = $1 AND expires_at IS NOT NULL", id.uuid())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Stores answers that the product filled in by itself: not yet a change of the family's.
pub async fn update_prefilled(
    tx: &mut TenantTx,
    id: DraftId,
    answers_enc: &[u8],
) -> Result<(), StorageError> {
    sqlx::query!("UPDATE draft SET answers_enc = $2 WHERE id = $1", id.uuid(), answers_enc)
        .execute(tx.conn())
        .await?;
    Ok(())
}
