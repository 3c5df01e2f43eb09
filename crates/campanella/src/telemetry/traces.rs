//! Traces, sent to a collector in batches.

use anyhow::{Context as _, Result};
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_otlp::{SpanExporter, WithExportConfig as _};
use opentelemetry_sdk::{Resource, trace::SdkTracerProvider};
use std::time::Duration;
use tracing::{Level, Subscriber};
use tracing_subscriber::{Layer, filter::Targets, registry::LookupSpan};

/// How long one sending may take, and the last one.
pub(super) const PATIENCE: Duration = Duration::from_secs(1);

/// Only our own spans are sent: those of the sending itself would never end.
const OURS: [&str; 4] = ["web", "worker", "operations", "storage"];

/// The way to the collector, which is reached when there is something to send.
pub(super) fn provider(endpoint: &str) -> Result<SdkTracerProvider> {
    let exporter = SpanExporter::builder()
        .with_tonic()
        .with_endpoint(endpoint)
        .with_timeout(PATIENCE)
        .build()
        .context("CAMPANELLA_OTLP_ENDPOINT cannot be used")?;
    let resource = Resource::builder().with_service_name("campanella").build();
    Ok(SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource).build())
}

/// Turns our spans into traces.
pub(super) fn layer<S>(provider: &SdkTracerProvider) -> impl Layer<S> + use<S>
where
    S: Subscriber + for<'span> LookupSpan<'span>,
{
    let ours = Targets::new().with_targets(OURS.map(|name| (name, Level::INFO)));
    tracing_opentelemetry::layer().with_tracer(provider.tracer("campanella")).with_filter(ours)
}
