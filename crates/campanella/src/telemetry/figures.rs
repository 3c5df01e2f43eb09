//! Figures for the monitoring system, on a port of their own that the outside world does not reach.

use crate::stop::{Stop, stopped};
use anyhow::{Context as _, Result};
use axum::{Router, routing::get};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use routes::{Route as _, platform::Metrics};
use std::{net::SocketAddr, time::Duration};
use tokio::{net::TcpListener, time::sleep};

/// Upper bounds of the buckets of every duration, in seconds.
const SECONDS: &[f64] =
    &[0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 100.0];
/// How often old observations are folded away.
const UPKEEP_EVERY: Duration = Duration::from_secs(5);

/// Counts from now on and, where an address is given, answers there until it is time to stop.
pub(crate) async fn serve_figures(address: Option<SocketAddr>, stop: Stop) -> Result<()> {
    let Some(address) = address else { return Ok(()) };
    let handle = PrometheusBuilder::new()
        .set_buckets(SECONDS)
        .and_then(PrometheusBuilder::install_recorder)
        .context("the figures cannot be kept")?;
    describe();
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("CAMPANELLA_METRICS_LISTEN: cannot listen on {address}"))?;
    tokio::spawn(upkeep(handle.clone()));
    let shown = move || std::future::ready(handle.render());
    let router = Router::new().route(Metrics::INFO.pattern, get(shown));
    tokio::spawn(async move {
        if let Err(error) =
            axum::serve(listener, router).with_graceful_shutdown(stopped(stop)).await
        {
            tracing::error!(%error, "the figures are no longer shown");
        }
    });
    Ok(())
}

async fn upkeep(handle: PrometheusHandle) {
    loop {
        sleep(UPKEEP_EVERY).await;
        handle.run_upkeep();
    }
}

fn describe() {
    metrics::describe_counter!("campanella_jobs_total", "Jobs ended, by kind and outcome.");
    metrics::describe_histogram!("campanella_job_seconds", "How long jobs take, by kind.");
    metrics::describe_counter!("campanella_mails_sent_total", "Mails taken by the relay, by stem.");
    metrics::describe_gauge!("campanella_queue_jobs", "Jobs in the queue, waiting or failed.");
    metrics::describe_gauge!(
        "campanella_queue_oldest_seconds",
        "How long the oldest due job has waited."
    );
    describe_identity();
    metrics::describe_gauge!(
        "campanella_clock_skew_seconds",
        "This machine's clock minus the database's."
    );
}

fn describe_identity() {
    metrics::describe_counter!(
        "campanella_sign_in_started_total",
        "People who left for an identity provider, by scheme."
    );
    metrics::describe_counter!(
        "campanella_sign_in_total",
        "Answers of identity providers, by scheme, provider and outcome."
    );
    metrics::describe_counter!(
        "campanella_identity_provider_refresh_total",
        "Readings of identity providers' metadata, by source and outcome."
    );
    metrics::describe_gauge!(
        "campanella_identity_provider_metadata_age_seconds",
        "Time since identity providers' metadata were last read, by source."
    );
    metrics::describe_gauge!(
        "campanella_identity_provider_certificate_seconds_left",
        "Time until the first provider has no valid certificate any more, by source."
    );
}
