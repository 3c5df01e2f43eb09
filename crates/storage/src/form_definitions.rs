//! Published forms, frozen.

use crate::{StorageError, TenantTx};
use domain::ids::FormDefinitionId;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use serde_json::Value;

/// A frozen form.
#[derive(Clone, Debug)]
pub struct FormDefinitionRow {
    /// Key.
    pub id: FormDefinitionId,
    /// Calendar year in which the school year begins.
    pub school_year: i16,
    /// Grows with each published change.
    pub version: i32,
    /// The form itself.
    pub body: Value,
}

/// Inserts the next version of a school year's form.
pub async fn insert(
    tx: &mut TenantTx,
    form: &FormDefinitionRow,
    created_at: Timestamp,
) -> Result<(), StorageError> {
    let tenant = tx.key();
    sqlx::query!(
        "INSERT INTO form_definition (tenant_id, id, school_year, version, body, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        tenant,
        form.id.uuid(),
        form.school_year,
        form.version,
        form.body,
        created_at.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The newest form of a school year.
pub async fn find_newest(
    tx: &mut TenantTx,
    school_year: i16,
) -> Result<Option<FormDefinitionRow>, StorageError> {
    let row = sqlx::query!(
        "SELECT id, school_year, version, body
           FROM form_definition
          WHERE school_year = $1
          ORDER BY version DESC
          LIMIT 1",
        school_year
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| FormDefinitionRow {
        id: row.id.into(),
        school_year: row.school_year,
        version: row.version,
        body: row.body,
    }))
}

/// A form by key.
pub async fn get(
    tx: &mut TenantTx,
    id: FormDefinitionId,
) -> Result<FormDefinitionRow, StorageError> {
    let row = sqlx::query!(
        "SELECT id, school_year, version, body FROM form_definition WHERE id = $1",
        id.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(FormDefinitionRow {
        id: row.id.into(),
        school_year: row.school_year,
        version: row.version,
        body: row.body,
    })
}
