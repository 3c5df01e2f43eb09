//! Logs, traces and figures. A dead collector stops neither the start nor the end.

mod figures;
mod traces;

use crate::settings::{LogFormat, Settings};
use anyhow::{Context as _, Result};
use opentelemetry_sdk::trace::SdkTracerProvider;
use std::io::{IsTerminal as _, stderr};
use tracing_subscriber::{
    EnvFilter, Layer as _, Registry, fmt, layer::SubscriberExt as _, util::SubscriberInitExt as _,
};

pub(crate) use figures::serve_figures;

/// Lives as long as the program; [`Telemetry::end`] sends what is left of the traces.
pub(crate) struct Telemetry {
    traces: Option<SdkTracerProvider>,
}

/// Starts logging, and tracing where a collector is named.
pub(crate) fn start(settings: &Settings) -> Result<Telemetry> {
    let traces = settings.otlp_endpoint.as_deref().map(traces::provider).transpose()?;
    let filter = EnvFilter::try_new(&settings.log).context("CAMPANELLA_LOG cannot be used")?;
    let lines = match settings.log_format {
        LogFormat::Text => {
            fmt::layer().with_ansi(stderr().is_terminal()).with_writer(stderr).boxed()
        }
        LogFormat::Json => fmt::layer().json().with_writer(stderr).boxed(),
    };
    Registry::default()
        .with(traces.as_ref().map(traces::layer))
        .with(lines.with_filter(filter))
        .try_init()
        .context("logging is set up already")?;
    report_panics();
    Ok(Telemetry { traces })
}

impl Telemetry {
    /// Sends the last traces, for one second at most.
    pub(crate) async fn end(self) {
        let Some(traces) = self.traces else { return };
        let ended =
            tokio::task::spawn_blocking(move || traces.shutdown_with_timeout(traces::PATIENCE));
        if !matches!(ended.await, Ok(Ok(()))) {
            tracing::warn!("the last traces were not sent");
        }
    }
}

/// A panic is logged by its place only: its message could quote what a family typed.
fn report_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panic");
    }));
}
