//! `campanella migrate`: brings the schema up to date, as its owner.

use super::say;
use crate::settings::Settings;
use anyhow::Result;
use secrecy::ExposeSecret as _;
use std::process::ExitCode;

/// Applies what waits.
pub(super) async fn migrate(settings: &Settings) -> Result<ExitCode> {
    let owner_url = settings.owner_url()?.expose_secret();
    let waiting = storage::pending(owner_url).await?;
    storage::migrate(owner_url).await?;
    say(&format!("{} migrations applied; the schema is up to date", waiting.len()))?;
    Ok(ExitCode::SUCCESS)
}
