//! `campanella spid providers …`: who vouches for people.

use super::{super::say, Desk};
use crate::compose;
use anyhow::{Result, bail};
use std::process::ExitCode;

/// Reads every source now; fails when one of them cannot be used.
pub(super) async fn refresh(desk: &Desk<'_>) -> Result<ExitCode> {
    let sources = desk.settings.provider_sources()?;
    if sources.addresses.is_empty() {
        bail!("none of the sources is set; see CAMPANELLA_SPID_REGISTRY_URL in --help");
    }
    let now = compose::clock().now();
    let mut all_are_read = true;
    for (scheme, read) in worker::refresh_now(&desk.platform, &sources, now).await {
        let said = match read {
            Ok(Some(version)) => format!("changed, version {version}"),
            Ok(None) => "unchanged".to_owned(),
            Err(error) => {
                all_are_read = false;
                format!("{error}; the last good copy stays in force")
            }
        };
        say(&format!("{:<6} {said}", scheme.code()))?;
    }
    Ok(if all_are_read { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
