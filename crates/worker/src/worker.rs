//! The worker: what all its jobs share, and its life from start to drain.

use crate::{Printer, ProviderSources, identity_providers, schedules, slot};
use domain::{Clock, entropy::random_bytes};
use mail::Transport;
use operations::Platform;
use pages::Engine;
use std::{sync::Arc, time::Duration};
use tokio::{sync::watch, task::JoinSet};

/// How this process works.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Address of the shared host, such as `https://servizi.example.it`; links in mails begin with it.
    pub public_url: String,
    /// Jobs at the same time.
    pub slots: usize,
    /// Where identity providers' metadata come from.
    pub identity_providers: ProviderSources,
}

/// What every job works with; cheap to clone.
#[derive(Clone)]
pub struct Worker {
    /// Database, tenants, keys.
    pub platform: Platform,
    /// The clock on the wall.
    pub clock: Arc<dyn Clock>,
    /// The way to the mail relay.
    pub transport: Transport,
    /// Mails in words.
    pub engine: Arc<Engine>,
    /// Documents, off the async threads.
    pub printer: Printer,
    /// How this process works.
    pub settings: Arc<Settings>,
}

impl Worker {
    /// Reads the sources of identity providers that are due.
    pub async fn refresh_identity_providers(&self) {
        identity_providers::refresh(self).await;
    }

    /// A number in 0..1 that spreads waits.
    pub(crate) fn spread(&self) -> f64 {
        f64::from(u32::from_be_bytes(random_bytes(&*self.platform.entropy))) / f64::from(u32::MAX)
    }

    /// The wait, up to a quarter shorter or longer.
    pub(crate) fn jittered(&self, wait: Duration) -> Duration {
        wait.mul_f64(0.75 + self.spread() / 2.0)
    }
}

/// Works until `stop` becomes true or its sender is gone; jobs in hand are finished first. No job is taken before the
/// tenants have been read.
pub async fn run(worker: Worker, mut stop: watch::Receiver<bool>) {
    if !schedules::load_tenants(&worker, &mut stop).await {
        return;
    }
    let mut tasks = JoinSet::new();
    tasks.spawn(schedules::keep(worker.clone(), stop.clone()));
    for _ in 0..worker.settings.slots.max(1) {
        tasks.spawn(slot::keep_working(worker.clone(), stop.clone()));
    }
    tasks.join_all().await;
    worker.transport.close().await;
}

/// Waits; true when it is time to stop instead.
pub(crate) async fn pause(stop: &mut watch::Receiver<bool>, wait: Duration) -> bool {
    tokio::select! {
        // A vanished sender means that the process is ending.
        _ = stop.wait_for(|stop| *stop) => true,
        () = tokio::time::sleep(wait) => false,
    }
}
