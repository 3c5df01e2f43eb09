//! `campanella work`: does jobs until told to stop, then finishes those in hand.

use crate::{compose, settings::Settings, stop, telemetry, watch};
use anyhow::Result;
use std::process::ExitCode;

/// Works.
pub(super) async fn work(settings: &Settings) -> Result<ExitCode> {
    let platform = compose::platform(settings)?;
    let worker = compose::worker(settings, platform.clone())?;
    let (_stopper, stop) = stop::on_signal()?;
    telemetry::serve_figures(settings.metrics_listen, stop.clone()).await?;
    if watch::wait_for_safe_role(&platform, &stop).await? {
        tokio::spawn(watch::compare_clocks(platform.clone(), stop.clone()));
        tracing::info!(slots = settings.work_slots, "working");
        worker::run(worker, stop).await;
    }
    platform.pool.close().await;
    Ok(ExitCode::SUCCESS)
}
