//! Connections kept for the next mail.
//!
//! Not the library's pool: that one takes back a connection whose mail was abandoned in the
//! middle, and bounds only the idle ones.

use super::connect::Connector;
use crate::failure::SendError;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::timeout,
};

/// Relays hang up on idle clients after some minutes; be gone before.
const MAX_IDLE: Duration = Duration::from_mins(1);
/// Longest wait for a connection to say whether it still lives, and for a goodbye.
const COURTESY: Duration = Duration::from_secs(2);

pub(super) struct Pool {
    connector: Connector,
    places: Semaphore,
    idle: Mutex<Vec<Idle>>,
    timeout: Duration,
}

struct Idle {
    connection: AsyncSmtpConnection,
    since: Instant,
}

/// A connection in use. Dropped, it is closed; only [`Pool::give_back`] keeps it.
pub(super) struct Lease<'pool> {
    pub(super) connection: AsyncSmtpConnection,
    _place: SemaphorePermit<'pool>,
}

impl Lease<'_> {
    /// Says goodbye: what the relay expects next is not worth finding out.
    pub(super) async fn dismiss(self) {
        goodbye(self.connection).await;
    }
}

impl Pool {
    pub(super) fn new(connector: Connector, size: usize, timeout: Duration) -> Self {
        Self { connector, places: Semaphore::new(size), idle: Mutex::default(), timeout }
    }

    /// A living connection, waiting for a free place if all are taken.
    pub(super) async fn lease(&self) -> Result<Lease<'_>, SendError> {
        // Nobody closes the semaphore, so its error cannot come; a retry would be right anyway.
        let place = self.places.acquire().await.map_err(|_| SendError::TIMEOUT)?;
        while let Some(Idle { mut connection, since }) = self.pop() {
            if since.elapsed() > MAX_IDLE {
                goodbye(connection).await;
            } else if timeout(COURTESY, connection.test_connected()).await == Ok(true) {
                return Ok(Lease { connection, _place: place });
            }
        }
        let connecting = timeout(self.timeout, self.connector.connect());
        let connection = connecting.await.map_err(|_| SendError::TIMEOUT)??;
        Ok(Lease { connection, _place: place })
    }

    /// Keeps a connection whose last mail was answered.
    pub(super) fn give_back(&self, lease: Lease<'_>) {
        if !lease.connection.has_broken() {
            self.idle().push(Idle { connection: lease.connection, since: Instant::now() });
        }
    }

    /// Says goodbye on all idle connections.
    pub(super) async fn close(&self) {
        while let Some(idle) = self.pop() {
            goodbye(idle.connection).await;
        }
    }

    fn pop(&self) -> Option<Idle> {
        self.idle().pop()
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Idle>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn goodbye(mut connection: AsyncSmtpConnection) {
    // Whether the relay hears it does not matter.
    let _heard = timeout(COURTESY, connection.abort()).await;
}
