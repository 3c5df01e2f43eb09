//! Budgets in Redis, shared by all replicas: one script per take.

use crate::{Budget, ConnectError, Key, Verdict, key::hexadecimal};
use jiff::{SignedDuration, Timestamp};
use redis::{
    Client, Script,
    aio::{ConnectionManager, ConnectionManagerConfig},
};
use secrecy::{ExposeSecret as _, SecretString};
use std::time::Duration;

/// A request waits no longer than this for Redis.
const PATIENCE: Duration = Duration::from_millis(250);

pub(crate) struct SharedBudgets {
    connection: ConnectionManager,
    script: Script,
}

/// Why Redis gave no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SharedError {
    #[error("no answer within {} ms", PATIENCE.as_millis())]
    Late,
    #[error(transparent)]
    Redis(#[from] redis::RedisError),
    #[error("an answer that makes no sense")]
    Nonsense,
}

impl SharedBudgets {
    pub(crate) fn connect(url: &SecretString) -> Result<Self, ConnectError> {
        let client = Client::open(url.expose_secret()).map_err(|_| ConnectError)?;
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(PATIENCE))
            .set_response_timeout(Some(PATIENCE))
            .set_number_of_retries(0);
        let connection = ConnectionManager::new_lazy_with_config(client, config);
        Ok(Self {
            connection: connection.map_err(|_| ConnectError)?,
            script: Script::new(include_str!("shared/take.lua")),
        })
    }

    pub(crate) async fn take(
        &self,
        now: Timestamp,
        uses: &[(&Budget, Key)],
    ) -> Result<Verdict, SharedError> {
        let mut invocation = self.script.prepare_invoke();
        invocation.arg(now.as_millisecond());
        for (budget, key) in uses {
            invocation
                .key(key.in_redis(budget.name))
                .arg(budget.max)
                .arg(budget.span())
                .arg(budget.mark(now))
                .arg(key.member.map(hexadecimal).unwrap_or_default());
        }
        let mut connection = self.connection.clone();
        let answer = tokio::time::timeout(PATIENCE, invocation.invoke_async(&mut connection));
        let (worst, wait): (usize, i64) = answer.await.map_err(|_| SharedError::Late)??;
        let Some(refusing) = worst.checked_sub(1) else { return Ok(Verdict::Allowed) };
        let (budget, _) = uses.get(refusing).ok_or(SharedError::Nonsense)?;
        let retry_after = SignedDuration::from_millis(wait);
        Ok(Verdict::Refused { retry_after, budget: budget.name })
    }
}
