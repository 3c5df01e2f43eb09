//! Handing messages to the relay over SMTP.

mod connect;
mod offer;
mod pool;

use crate::{
    failure::SendError,
    message::{Outgoing, build},
    settings::{Settings, SettingsError},
};
use connect::Connector;
use offer::offer;
use pool::Pool;
use std::{sync::Arc, time::Duration};
use tokio::time::timeout;

/// The way to the relay; cheap to clone, connections are shared.
#[derive(Clone)]
pub struct Transport {
    pool: Arc<Pool>,
    timeout: Duration,
}

impl Transport {
    /// Checks the settings and reads the certificate file; connects only when there is mail.
    pub fn new(settings: &Settings) -> Result<Self, SettingsError> {
        let connector = Connector::new(settings)?;
        let pool = Pool::new(connector, settings.pool_size, settings.timeout());
        Ok(Self { pool: Arc::new(pool), timeout: settings.timeout() })
    }

    /// Sends one mail. An answer in time means the relay took it; every error says whether to
    /// try again, with the same Message-ID.
    pub async fn send(&self, outgoing: &Outgoing) -> Result<(), SendError> {
        let message = build(outgoing)?;
        let mut lease = self.pool.lease().await?;
        let offering = offer(&mut lease.connection, &message);
        // When time runs out the lease is dropped with its connection: a late reply must never
        // be read as the answer to the next mail.
        let offered = timeout(self.timeout, offering).await.map_err(|_| SendError::TIMEOUT)?;
        match offered {
            Ok(()) => self.pool.give_back(lease),
            Err(_) => lease.dismiss().await,
        }
        offered
    }

    /// Whether the relay answers, takes our credentials and is who it says it is.
    pub async fn check(&self) -> Result<(), SendError> {
        let lease = self.pool.lease().await?;
        self.pool.give_back(lease);
        Ok(())
    }

    /// Says goodbye on all idle connections.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

#[cfg(test)]
mod tests;
