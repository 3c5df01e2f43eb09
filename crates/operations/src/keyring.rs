//! The tenants' keys, unwrapped once per process.

use crate::Failure;
use domain::ids::TenantId;
use secrets::{OperatorKeys, TenantKeys};
use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};
use storage::{Pool, tenant_keys};

/// Unwraps a tenant's keys with the operator's key and remembers them.
pub struct Keyring {
    operator: OperatorKeys,
    unwrapped: RwLock<HashMap<TenantId, Arc<TenantKeys>>>,
}

impl Keyring {
    /// An empty ring for that operator.
    pub fn new(operator: OperatorKeys) -> Self {
        Self { operator, unwrapped: RwLock::default() }
    }

    pub(crate) const fn operator(&self) -> &OperatorKeys {
        &self.operator
    }

    /// Whether the operator's key opens this tenant's.
    ///
    /// # Errors
    /// [`Failure::Secrets`] when it is not the one they were wrapped with; [`Failure::NotFound`] when there are none.
    pub async fn check(&self, pool: &Pool, tenant: TenantId) -> Result<(), Failure> {
        self.keys(pool, tenant).await.map(drop)
    }

    pub(crate) async fn keys(
        &self,
        pool: &Pool,
        tenant: TenantId,
    ) -> Result<Arc<TenantKeys>, Failure> {
        let known =
            self.unwrapped.read().unwrap_or_else(PoisonError::into_inner).get(&tenant).cloned();
        if let Some(keys) = known {
            return Ok(keys);
        }
        let mut tx = pool.tenant(tenant).await?;
        let (version, wrapped) =
            tenant_keys::find_newest(&mut tx).await?.ok_or(Failure::NotFound)?;
        tx.commit().await?;
        let keys = TenantKeys::unwrap(&self.operator, tenant, version, &wrapped)
            .map_err(|_| Failure::Secrets)?;
        let keys = Arc::new(keys);
        self.unwrapped
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(tenant, Arc::clone(&keys));
        Ok(keys)
    }
}
