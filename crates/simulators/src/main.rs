//! The `simulators` program: one subcommand per stand-in.

mod identity;

use anyhow::{Context as _, bail};
use clap::{Parser, Subcommand};
use identity::IdentityArguments;
use simulators::{
    families::{self, Crowd, Portal},
    smtp::{SinkOptions, SmtpSink},
};
use std::{net::SocketAddr, path::PathBuf, process::ExitCode, time::Duration};
use url::Url;

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
    /// Invented identity providers of SPID, CIE and eIDAS.
    Identity(IdentityArguments),
    /// Invented families who walk a running portal; fails when one of them cannot finish.
    Families(FamiliesArguments),
}

#[derive(clap::Args)]
struct FamiliesArguments {
    /// Address of the portal on the loopback, such as http://localhost:8080.
    #[arg(long)]
    portal: Url,
    /// Address of the mailbox page, such as http://127.0.0.1:8025.
    #[arg(long)]
    mailbox: Url,
    /// Slug of a comune; repeat it for several.
    #[arg(long = "tenant", required = true)]
    tenants: Vec<String>,
    /// So many families who all send, with times per page; without it, the few different ones of the demo.
    #[arg(long)]
    families: Option<usize>,
    /// Families at the same time.
    #[arg(long, default_value_t = 4)]
    parallel: usize,
    /// The same seed gives the same families.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// With --families: leave the three documents alone, which are made for each family anew.
    #[arg(long)]
    no_documents: bool,
    /// With --families: milliseconds of thought before each page, more or less.
    #[arg(long, default_value_t = 0)]
    pause: u64,
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
async fn main() -> ExitCode {
    let ended = match Arguments::parse().simulator {
        Simulator::Smtp(arguments) => smtp(arguments).await,
        Simulator::Identity(arguments) => identity::run(arguments).await,
        Simulator::Families(arguments) => walk(arguments).await,
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn walk(arguments: FamiliesArguments) -> anyhow::Result<()> {
    let FamiliesArguments { parallel, seed, .. } = arguments;
    let portal = |slug: &String| Portal::of_tenant(&arguments.portal, &arguments.mailbox, slug);
    let portals = arguments.tenants.iter().map(portal);
    let portals = portals.collect::<Result<Vec<_>, _>>().context("no address of a comune")?;
    let (outcomes, report) = if let Some(families) = arguments.families {
        let downloads = !arguments.no_documents;
        let pause = Duration::from_millis(arguments.pause);
        let crowd = Crowd { families, parallel, seed, downloads, pause };
        let outcomes = families::crowd(&portals, crowd).await;
        let report = families::timings(&outcomes);
        (outcomes, report)
    } else {
        let outcomes = families::demo(&portals, parallel, seed).await;
        let report = families::credentials(&outcomes);
        (outcomes, report)
    };
    say(&report);
    let failed = outcomes.iter().filter(|outcome| outcome.refusal.is_some()).count();
    if failed == 0 {
        return Ok(());
    }
    bail!(
        "{failed} of {} families could not finish:\n{}",
        outcomes.len(),
        families::refusals(&outcomes)
    )
}

#[expect(clippy::print_stdout, reason = "the report is this program's output")]
fn say(report: &str) {
    print!("{report}");
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
