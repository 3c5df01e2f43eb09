//! `campanella doctor`: looks whether everything is there and in order, and says what is not.

mod checks;
mod table;

use super::say;
use crate::settings::Settings;
use anyhow::Result;
use std::process::ExitCode;
use table::{Finding, Verdict};

/// Checks everything and prints one line per check; fails when one of them does.
pub(super) async fn doctor(settings: &Settings) -> Result<ExitCode> {
    let mut findings = vec![
        checks::settings(settings),
        checks::documents(),
        checks::assets(),
        checks::migrations(settings).await,
        checks::redis(settings).await,
        checks::relay(settings).await,
    ];
    findings.extend(checks::database(settings).await);
    say(&table::render(&findings))?;
    let failed = findings.iter().any(|finding: &Finding| finding.verdict == Verdict::Failed);
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
