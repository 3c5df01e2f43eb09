//! The commands.

mod doctor;
mod migrate;
mod officers;
mod serve;
mod spid;
mod tenants;
mod work;

use crate::{
    cli::{Command, Metadata, Officers, Spid, Tenants},
    settings::Settings,
    telemetry,
};
use anyhow::Result;
use std::{io::Write as _, process::ExitCode};

/// Runs a command to its end.
pub(crate) async fn run(command: Command) -> Result<ExitCode> {
    // Checking files needs no environment, and works where none is set up.
    if let Command::Tenants(Tenants::Check { folder }) = &command {
        let shared_host = Settings::from_environment().ok().and_then(|found| found.shared_host());
        return tenants::check(folder, shared_host.as_deref());
    }
    if let Command::Spid(Spid::Metadata(Metadata::CheckFile { file, profile })) = &command {
        return spid::check_file(file, *profile);
    }
    let settings = Settings::from_environment()?;
    let telemetry = telemetry::start(&settings)?;
    let result = match command {
        Command::Serve => serve::serve(&settings).await,
        Command::Work => work::work(&settings).await,
        Command::Migrate => migrate::migrate(&settings).await,
        Command::Tenants(Tenants::Check { folder }) => {
            tenants::check(&folder, settings.shared_host().as_deref())
        }
        Command::Tenants(Tenants::Apply { folder, demo_windows, lenient }) => {
            tenants::apply(&settings, &folder, demo_windows, lenient).await
        }
        Command::Officers(Officers::Create(new)) => officers::create(&settings, &new).await,
        Command::Spid(command) => spid::run(&settings, command).await,
        Command::Doctor => doctor::doctor(&settings).await,
    };
    telemetry.end().await;
    result
}

/// Writes a line for whoever called the program.
fn say(line: &str) -> Result<()> {
    writeln!(std::io::stdout().lock(), "{line}")?;
    Ok(())
}
