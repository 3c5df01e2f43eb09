//! `campanella serve`: answers requests until told to stop, then finishes those in hand.

use crate::{
    compose, connections,
    settings::Settings,
    stop::{self, stopped},
    telemetry, watch,
};
use anyhow::{Context as _, Result};
use std::{process::ExitCode, time::Duration};
use tokio::{net::TcpListener, time::sleep};

/// How long requests in hand may take to end.
const DRAIN: Duration = Duration::from_secs(30);

/// Serves.
pub(super) async fn serve(settings: &Settings) -> Result<ExitCode> {
    let platform = compose::platform(settings)?;
    let state = compose::web_state(settings, platform.clone())?;
    watch::role_is_safe(&platform).await?;
    let (stopper, stop) = stop::on_signal()?;
    telemetry::serve_figures(settings.metrics_listen, stop.clone()).await?;
    let listener = TcpListener::bind(settings.listen)
        .await
        .with_context(|| format!("CAMPANELLA_LISTEN: cannot listen on {}", settings.listen))?;
    tokio::spawn(watch::compare_clocks(platform.clone(), stop.clone()));
    let providers = std::sync::Arc::clone(&state.providers);
    let current = tokio::spawn(watch::keep_current(platform.clone(), providers, stopper));
    tracing::info!(listen = %listener.local_addr()?, "serving");
    let patience = connections::PATIENCE;
    let server = connections::answer(listener, web::router(state), patience, stop.clone());
    tokio::select! {
        () = server => {}
        () = overdue(stop) => tracing::warn!("some requests did not end in time"),
    }
    platform.pool.close().await;
    current.await??;
    Ok(ExitCode::SUCCESS)
}

/// Over when the drain has lasted long enough.
async fn overdue(stop: stop::Stop) {
    stopped(stop).await;
    sleep(DRAIN).await;
}
