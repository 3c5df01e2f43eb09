//! The two kinds of transaction.

use crate::StorageError;
use domain::ids::TenantId;
use sqlx::{AssertSqlSafe, PgConnection, PgPool, Postgres, Transaction};
use uuid::Uuid;

/// A transaction of one tenant: row security lets it see and write that tenant's rows only.
/// Dropped without `commit`, it leaves nothing behind.
#[derive(Debug)]
pub struct TenantTx {
    tx: Transaction<'static, Postgres>,
    tenant: TenantId,
}

impl TenantTx {
    pub(crate) async fn begin(pool: &PgPool, tenant: TenantId) -> Result<Self, StorageError> {
        // One message instead of two round trips; safe because the value is a typed UUID.
        let begin = format!("BEGIN; SET LOCAL app.tenant = '{}'", tenant.uuid());
        let tx = pool.begin_with(AssertSqlSafe(begin)).await?;
        Ok(Self { tx, tenant })
    }

    /// The tenant whose rows this transaction sees.
    pub const fn tenant(&self) -> TenantId {
        self.tenant
    }

    pub(crate) const fn key(&self) -> Uuid {
        self.tenant.uuid()
    }

    pub(crate) fn conn(&mut self) -> &mut PgConnection {
        &mut self.tx
    }

    /// Waits until no other transaction holds this keyed hash, then holds it to the end: where rows that do not exist
    /// yet must not be made twice. Take it before the counters that everybody needs.
    pub async fn hold(&mut self, keyed_hash: &[u8]) -> Result<(), StorageError> {
        let mut key = [0; 8];
        key.iter_mut().zip(keyed_hash).for_each(|(to, from)| *to = *from);
        sqlx::query!("SELECT pg_advisory_xact_lock($1)", i64::from_be_bytes(key))
            .execute(self.conn())
            .await?;
        Ok(())
    }

    /// Makes everything done so far true, or fails and leaves nothing.
    pub async fn commit(self) -> Result<(), StorageError> {
        Ok(self.tx.commit().await?)
    }
}

/// A transaction over the platform's own tables (tenants, their settings, the job queue).
#[derive(Debug)]
pub struct SystemTx {
    tx: Transaction<'static, Postgres>,
}

impl SystemTx {
    pub(crate) async fn begin(pool: &PgPool) -> Result<Self, StorageError> {
        Ok(Self { tx: pool.begin().await? })
    }

    pub(crate) fn conn(&mut self) -> &mut PgConnection {
        &mut self.tx
    }

    /// Makes everything done so far true, or fails and leaves nothing.
    pub async fn commit(self) -> Result<(), StorageError> {
        Ok(self.tx.commit().await?)
    }
}
