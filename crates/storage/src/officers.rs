//! People of the school office.

use crate::{StorageError, TenantTx};
use domain::ids::OfficerId;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;

/// An officer's account.
#[derive(Clone, Debug)]
pub struct OfficerRow {
    /// Key.
    pub id: OfficerId,
    /// Keyed hash of the address.
    pub email_hash: Vec<u8>,
    /// Sealed address.
    pub email_enc: Vec<u8>,
    /// Sealed name.
    pub name_enc: Vec<u8>,
    /// argon2id.
    pub password_hash: String,
    /// Sealed TOTP secret.
    pub totp_enc: Vec<u8>,
    /// Last TOTP step that opened a session.
    pub last_totp_step: i64,
}

macro_rules! officer_from {
    ($row:expr) => {
        $row.map(|row| OfficerRow {
            id: row.id.into(),
            email_hash: row.email_hash,
            email_enc: row.email_enc,
            name_enc: row.name_enc,
            password_hash: row.password_hash,
            totp_enc: row.totp_enc,
            last_totp_step: row.last_totp_step,
        })
    };
}

/// Inserts an officer; `Constraint::OfficerEmail` when the address has an account.
pub async fn insert(
    tx: &mut TenantTx,
    officer: &OfficerRow,
    now: Timestamp,
) -> Result<(), StorageError> {
    let tenant = tx.key();
    sqlx::query!(
        "INSERT INTO officer (tenant_id, id, email_hash, email_enc, name_enc, password_hash, totp_enc, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        tenant,
        officer.id.uuid(),
        officer.email_hash,
        officer.email_enc,
        officer.name_enc,
        officer.password_hash,
        officer.totp_enc,
        now.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The active officer with that address, locked so that a code opens once.
pub async fn lock_by_email(
    tx: &mut TenantTx,
    email_hash: &[u8],
) -> Result<Option<OfficerRow>, StorageError> {
    let row = sqlx::query!(
        "SELECT * FROM officer WHERE email_hash = $1 AND disabled_at IS NULL FOR UPDATE",
        email_hash
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(officer_from!(row))
}

/// The active officer.
pub async fn find(tx: &mut TenantTx, id: OfficerId) -> Result<Option<OfficerRow>, StorageError> {
    let row =
        sqlx::query!("SELECT * FROM officer WHERE id = $1 AND disabled_at IS NULL", id.uuid())
            .fetch_optional(tx.conn())
            .await?;
    Ok(officer_from!(row))
}

/// A right sign-in: the step is used up.
pub async fn update_signed_in(
    tx: &mut TenantTx,
    id: OfficerId,
    totp_step: i64,
) -> Result<(), StorageError> {
    sqlx::query!("UPDATE officer SET last_totp_step = $2 WHERE id = $1", id.uuid(), totp_step,)
        .execute(tx.conn())
        .await?;
    Ok(())
}
