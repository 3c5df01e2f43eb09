//! How far the schema is behind this program.

use crate::{MIGRATOR, MigrateError, StorageError};
use sqlx::{
    Connection, PgConnection,
    migrate::{AppliedMigration, Migrate},
};

/// PostgreSQL's code for a table that does not exist.
const UNDEFINED_TABLE: &str = "42P01";

/// Versions of the migrations that wait to be applied, asked as the owner role; changes nothing.
pub async fn pending(owner_url: &str) -> Result<Vec<i64>, MigrateError> {
    let mut connection = PgConnection::connect(owner_url).await.map_err(StorageError::from)?;
    let applied = match connection.list_applied_migrations(&MIGRATOR.table_name).await {
        Err(sqlx::migrate::MigrateError::Execute(error)) if is_fresh(&error) => Vec::new(),
        answer => answer?,
    };
    connection.close().await.map_err(StorageError::from)?;
    let is_applied =
        |version: i64| applied.iter().any(|known: &AppliedMigration| known.version == version);
    Ok(MIGRATOR.iter().map(|known| known.version).filter(|version| !is_applied(*version)).collect())
}

/// Nothing was ever applied.
fn is_fresh(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    code.is_some_and(|code| code == UNDEFINED_TABLE)
}
