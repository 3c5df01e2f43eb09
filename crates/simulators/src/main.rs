//! The `simulators` program: one subcommand per stand-in.

use anyhow::Context as _;
use clap::{Parser, Subcommand};
use simulators::smtp::{SinkOptions, SmtpSink};
use std::{net::SocketAddr, path::PathBuf};

/// Stand-ins for the services that Campanella talks to.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    simulator: Simulator,
}

#[derive(Subcommand)]
enum Simulator {
    /// A mail server that keeps every mail, with a page that shows them.
    Smtp(SmtpArguments),
}

#[derive(clap::Args)]
struct SmtpArguments {
    /// Loopback address of the mail server.
    #[arg(long, default_value = "127.0.0.1:2525")]
    smtp: SocketAddr,
    /// Loopback address of the mailbox page.
    #[arg(long, default_value = "127.0.0.1:8025")]
    http: SocketAddr,
    /// Folder that receives one `.eml` file per mail; earlier mails in it are shown again.
    #[arg(long)]
    dir: PathBuf,
    /// Where to write the certificate that clients need for STARTTLS.
    #[arg(long)]
    certificate: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    match Arguments::parse().simulator {
        Simulator::Smtp(arguments) => smtp(arguments).await,
    }
}

async fn smtp(arguments: SmtpArguments) -> anyhow::Result<()> {
    let options = SinkOptions {
        smtp: arguments.smtp,
        http: Some(arguments.http),
        dir: Some(arguments.dir),
        ..SinkOptions::default()
    };
    let sink = SmtpSink::start(options).await?;
    if let (Some(path), Some(pem)) = (arguments.certificate, sink.root_certificate_pem()) {
        tokio::fs::write(&path, pem).await.context("writing the certificate")?;
    }
    announce(&sink);
    stop_signal().await
}

#[expect(clippy::print_stdout, reason = "the addresses are this program's output")]
fn announce(sink: &SmtpSink) {
    println!("mail server on smtp://{}", sink.addr());
    if let Some(http) = sink.http_addr() {
        println!("mailbox page on http://{http}/");
    }
}

/// Waits for Ctrl-C or for the signal that a supervisor sends.
async fn stop_signal() -> anyhow::Result<()> {
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted?,
        _ = terminate.recv() => {}
    }
    Ok(())
}
