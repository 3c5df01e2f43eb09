//! The connections, and the check that the role is as powerless as it must be.

use crate::{MIGRATOR, StorageError, SystemTx, TenantTx};
use domain::ids::TenantId;
use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use sqlx::{
    Connection, PgConnection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{str::FromStr, time::Duration};

/// How to reach the database.
#[derive(Clone, Debug, Deserialize)]
pub struct Settings {
    /// Connection string of the application role.
    pub database_url: SecretString,
    /// Most connections of this process; two at least.
    pub max_connections: u32,
}

/// Applying tenants holds its turn on one connection and works on another.
const FEWEST_CONNECTIONS: u32 = 2;

/// The only source of transactions.
#[derive(Clone, Debug)]
pub struct Pool(PgPool);

impl Pool {
    /// Connects lazily: a database that is down does not stop the start, it makes pages answer 503.
    pub fn new(settings: &Settings) -> Result<Self, StorageError> {
        let options = PgConnectOptions::from_str(settings.database_url.expose_secret())?;
        let pool = PgPoolOptions::new()
            .max_connections(settings.max_connections.max(FEWEST_CONNECTIONS))
            .acquire_timeout(Duration::from_secs(5))
            .connect_lazy_with(options);
        Ok(Self(pool))
    }

    /// Refuses a role that row security would not bind.
    pub async fn check_role(&self) -> Result<(), StorageError> {
        let safe = sqlx::query_scalar!(
            r#"SELECT NOT rolsuper
                  AND NOT rolbypassrls
                  AND NOT EXISTS (
                        SELECT 1 FROM pg_class
                         WHERE relnamespace = 'public'::regnamespace
                           AND pg_has_role(current_user, relowner, 'MEMBER')
                      ) AS "safe!"
                 FROM pg_roles
                WHERE rolname = current_user"#
        )
        .fetch_one(&self.0)
        .await?;
        if safe { Ok(()) } else { Err(StorageError::UnsafeRole) }
    }

    /// Opens a transaction that sees one tenant's rows and nothing else.
    pub async fn tenant(&self, tenant: TenantId) -> Result<TenantTx, StorageError> {
        TenantTx::begin(&self.0, tenant).await
    }

    /// Opens a transaction for the platform's own tables, which hold no personal data.
    pub async fn system(&self) -> Result<SystemTx, StorageError> {
        SystemTx::begin(&self.0).await
    }

    /// Whether the database answers; used by the readiness probe.
    pub async fn ping(&self) -> Result<(), StorageError> {
        sqlx::query_scalar!(r#"SELECT 1 AS "one!""#).fetch_one(&self.0).await?;
        Ok(())
    }

    /// The database's own clock. The one query that asks for it, and only to compare clocks: nothing is decided by it.
    pub async fn clock(&self) -> Result<Timestamp, StorageError> {
        let now = sqlx::query_scalar!(r#"SELECT statement_timestamp() AS "now!""#)
            .fetch_one(&self.0)
            .await?;
        Ok(now.to_jiff())
    }

    /// Closes all connections.
    pub async fn close(&self) {
        self.0.close().await;
    }
}

/// Applies the migrations as the owner role.
pub async fn migrate(owner_url: &str) -> Result<(), MigrateError> {
    let mut connection = PgConnection::connect(owner_url).await.map_err(StorageError::from)?;
    MIGRATOR.run(&mut connection).await?;
    Ok(connection.close().await.map_err(StorageError::from)?)
}

/// Migrations could not be applied.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// The database refused or could not be reached.
    #[error("cannot reach the database as its owner")]
    Storage(#[from] StorageError),
    /// A migration failed or was changed after it had been applied.
    #[error("a migration could not be applied")]
    Migrate(#[from] sqlx::migrate::MigrateError),
}
