//! Sign-in means of guardians.

use crate::{StorageError, TenantTx};
use domain::ids::{CredentialId, DraftId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;

/// A guardian's sign-in means.
#[derive(Clone, Debug)]
pub struct Credential {
    /// Key.
    pub id: CredentialId,
    /// «codice utente»: eight digits, given at the first submission.
    pub login_code: Option<String>,
    /// Password the guardian chose, as argon2id.
    pub password_hash: Option<String>,
    /// What the temporary password is derived from, while it lives.
    pub temp_nonce: Option<Vec<u8>>,
    /// End of the temporary password's life.
    pub temp_expires_at: Option<Timestamp>,
}

macro_rules! credential_from {
    ($row:expr) => {
        Credential {
            id: $row.id.into(),
            login_code: $row.login_code,
            password_hash: $row.password_hash,
            temp_nonce: $row.temp_nonce,
            temp_expires_at: $row.temp_expires_at.map(jiff_sqlx::Timestamp::to_jiff),
        }
    };
}

/// A candidate for signing in with a pupil's codice fiscale.
#[derive(Debug)]
pub struct Candidate {
    /// The draft it would open.
    pub draft: DraftId,
    /// The sign-in means to try.
    pub credential: Credential,
}

/// Inserts sign-in means without any password yet.
pub async fn insert(
    tx: &mut TenantTx,
    id: CredentialId,
    email_hash: &[u8],
    created_at: Timestamp,
) -> Result<(), StorageError> {
    let tenant = tx.key();
    sqlx::query!(
        "INSERT INTO credential (tenant_id, id, email_hash, created_at) VALUES ($1, $2, $3, $4)",
        tenant,
        id.uuid(),
        email_hash,
        created_at.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Sign-in means by key, locked.
pub async fn lock(tx: &mut TenantTx, id: CredentialId) -> Result<Credential, StorageError> {
    let row = sqlx::query!("SELECT * FROM credential WHERE id = $1 FOR UPDATE", id.uuid())
        .fetch_one(tx.conn())
        .await?;
    Ok(credential_from!(row))
}

/// Sign-in means by key.
pub async fn get(tx: &mut TenantTx, id: CredentialId) -> Result<Credential, StorageError> {
    let row = sqlx::query!("SELECT * FROM credential WHERE id = $1", id.uuid())
        .fetch_one(tx.conn())
        .await?;
    Ok(credential_from!(row))
}

/// The means a guardian already has: same codice fiscale of the guardian and same verified address.
pub async fn find_by_guardian(
    tx: &mut TenantTx,
    guardian_cf_hash: &[u8],
    email_hash: &[u8],
) -> Result<Option<Credential>, StorageError> {
    let row = sqlx::query!(
        "SELECT *
           FROM credential
          WHERE guardian_cf_hash = $1
            AND email_hash = $2
            AND login_code IS NOT NULL
          ORDER BY created_at
          LIMIT 1",
        guardian_cf_hash,
        email_hash,
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| credential_from!(row)))
}

/// Whom a pupil's codice fiscale and a password might open: applications first, then the oldest drafts.
pub async fn list_candidates(
    tx: &mut TenantTx,
    pupil_cf_hash: &[u8],
    limit: i64,
) -> Result<Vec<Candidate>, StorageError> {
    let rows = sqlx::query!(
        "SELECT d.id AS draft_id, c.id, c.login_code, c.password_hash, c.temp_nonce, c.temp_expires_at
           FROM draft d
           JOIN credential c ON c.tenant_id = d.tenant_id AND c.id = d.credential_id
          WHERE d.pupil_cf_hash = $1
            AND d.identity_id IS NULL
          ORDER BY d.expires_at IS NULL DESC, d.created_at
          LIMIT $2",
        pupil_cf_hash,
        limit,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Candidate { draft: row.draft_id.into(), credential: credential_from!(row) })
        .collect())
}

/// Gives a codice utente and ties the means to the guardian.
pub async fn update_guardian(
    tx: &mut TenantTx,
    id: CredentialId,
    login_code: &str,
    guardian_cf_hash: &[u8],
) -> Result<(), StorageError> {
    sqlx::query!(
        "UPDATE credential SET login_code = $2, guardian_cf_hash = $3 WHERE id = $1",
        id.uuid(),
        login_code,
        guardian_cf_hash,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Whether a codice utente is free.
pub async fn exists_login_code(tx: &mut TenantTx, login_code: &str) -> Result<bool, StorageError> {
    let found = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM credential WHERE login_code = $1) AS "found!""#,
        login_code
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(found)
}

/// Starts a temporary password's life.
pub async fn update_temporary(
    tx: &mut TenantTx,
    id: CredentialId,
    nonce: &[u8],
    expires_at: Timestamp,
) -> Result<(), StorageError> {
    sqlx::query!(
        "UPDATE credential SET temp_nonce = $2, temp_expires_at = $3 WHERE id = $1",
        id.uuid(),
        nonce,
        expires_at.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Stores the password the guardian chose; the temporary one is gone.
pub async fn update_password(
    tx: &mut TenantTx,
    id: CredentialId,
    password_hash: &str,
    at: Timestamp,
) -> Result<(), StorageError> {
    sqlx::query!(
        "UPDATE credential
            SET password_hash = $2,
                changed_at = $3,
                temp_nonce = NULL,
                temp_expires_at = NULL
          WHERE id = $1",
        id.uuid(),
        password_hash,
        at.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Erases what expired temporary passwords were derived from.
pub async fn update_expired_temporary(
    tx: &mut TenantTx,
    now: Timestamp,
) -> Result<u64, StorageError> {
    let done = sqlx::query!(
        "UPDATE credential SET temp_nonce = NULL, temp_expires_at = NULL WHERE temp_expires_at <= $1",
        now.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected())
}

/// Erases sign-in means that no draft uses any more.
pub async fn delete_unused(tx: &mut TenantTx) -> Result<u64, StorageError> {
    let done = sqlx::query!(
        "DELETE FROM credential c
          WHERE NOT EXISTS (SELECT 1 FROM draft d WHERE d.tenant_id = c.tenant_id AND d.credential_id = c.id)",
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected())
}
