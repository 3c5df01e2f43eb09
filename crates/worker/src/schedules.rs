//! What happens by the clock: tenants' settings are reloaded, erasing is enqueued, the queue is measured.

use crate::{Worker, metrics, worker::pause};
use domain::{Actor, Ctx, Locale, ids::TenantId};
use operations::{retention, tenants};
use std::{collections::HashMap, time::Duration};
use storage::{StorageError, queue};
use tokio::sync::watch;

/// Pause between two looks at the clock.
const TICK: Duration = Duration::from_secs(3);
/// The queue is measured every so many ticks.
const MEASURE_EVERY: u32 = 5;

/// Reads the tenants for the first time, as soon as the database answers. False when it is time to stop instead.
pub(crate) async fn load_tenants(worker: &Worker, stop: &mut watch::Receiver<bool>) -> bool {
    while !*stop.borrow() {
        let Err(error) = tenants::reload(&worker.platform).await else { return true };
        tracing::warn!(%error, "the tenants' settings cannot be loaded");
        if pause(stop, worker.jittered(TICK)).await {
            break;
        }
    }
    false
}

/// Keeps the schedules until it is time to stop.
pub(crate) async fn keep(worker: Worker, mut stop: watch::Receiver<bool>) {
    let mut schedules = Schedules::default();
    while !*stop.borrow() {
        schedules.tick(&worker).await;
        if pause(&mut stop, worker.jittered(TICK)).await {
            return;
        }
    }
}

/// What this process has already seen to.
#[derive(Default)]
struct Schedules {
    ticks: u32,
    /// The slot in which each tenant's erasing was last enqueued.
    enqueued: HashMap<TenantId, i64>,
}

impl Schedules {
    async fn tick(&mut self, worker: &Worker) {
        if let Err(error) = tenants::reload(&worker.platform).await {
            tracing::warn!(%error, "the tenants' settings cannot be reloaded");
            return;
        }
        self.enqueue_erasing(worker).await;
        worker.refresh_identity_providers().await;
        if self.ticks.is_multiple_of(MEASURE_EVERY)
            && let Err(error) = measure(worker).await
        {
            tracing::warn!(%error, "the queue cannot be measured");
        }
        self.ticks = self.ticks.wrapping_add(1);
    }

    /// Other replicas ask too; the queue keeps one job per tenant and slot.
    async fn enqueue_erasing(&mut self, worker: &Worker) {
        let now = worker.clock.now();
        let slot = now.as_second().div_euclid(retention::EVERY.as_secs());
        for tenant in worker.platform.tenants.all() {
            let tenant = tenant.id();
            if self.enqueued.get(&tenant) == Some(&slot) {
                continue;
            }
            let ctx = Ctx { tenant, now, locale: Locale::It, actor: Actor::Platform };
            match retention::schedule(&ctx, &worker.platform).await {
                Ok(()) => drop(self.enqueued.insert(tenant, slot)),
                Err(error) => tracing::warn!(%tenant, %error, "erasing cannot be enqueued"),
            }
        }
    }
}

async fn measure(worker: &Worker) -> Result<(), StorageError> {
    let now = worker.clock.now();
    let mut tx = worker.platform.pool.system().await?;
    let (waiting, failed) = queue::count(&mut tx).await?;
    let oldest = queue::find_oldest_due(&mut tx, now).await?;
    tx.commit().await?;
    let age = oldest.map_or(Duration::ZERO, |due| now.duration_since(due).unsigned_abs());
    metrics::queue(waiting, failed, age);
    Ok(())
}
