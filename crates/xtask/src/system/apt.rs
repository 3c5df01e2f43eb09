//! Installing Debian packages without waking up anything.

use std::fs;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::packages::Package;
use crate::{account, paths, progress, run};

const SCRIPT: &str = include_str!("install.sh");
/// Package lists older than this are fetched again: their packages may be gone from the servers.
const LISTS_AGE: Duration = Duration::from_hours(24);

/// Installs the packages as root or through sudo.
pub(crate) fn install(packages: &[&Package]) -> Result<()> {
    let mut names: Vec<&str> = packages.iter().map(|package| package.name).collect();
    names.sort_unstable();
    let log = paths::target().join("xtask/apt.log");
    if lists_are_fresh() {
        if run::logged(script("", &names)?, &log).is_ok() {
            return Ok(());
        }
        progress::note("that failed with the package lists at hand; fetching new ones");
    }
    run::logged(script("update", &names)?, &log)
        .context("apt-get could not install what is missing; the rest of the message is its own")
}

/// The script that does it, as root.
fn script(update: &str, names: &[&str]) -> Result<Command> {
    let mut command = if account::is_root() {
        Command::new("sh")
    } else {
        let Some(sudo) = paths::program("sudo") else {
            bail!(
                "neither root nor sudo: install it as root with apt-get install {}",
                names.join(" ")
            )
        };
        // Asks for the password now, while the terminal is ours.
        let asked = Command::new(&sudo).arg("-v").status()?;
        if !asked.success() {
            bail!("sudo refused; install it as root with apt-get install {}", names.join(" "));
        }
        let mut sudo = Command::new(sudo);
        sudo.arg("sh");
        sudo
    };
    command.args(["-c", SCRIPT, "install", update]).args(names);
    Ok(command)
}

fn lists_are_fresh() -> bool {
    let Ok(entries) = fs::read_dir("/var/lib/apt/lists") else { return false };
    entries
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().contains("_Packages"))
        .filter_map(|entry| entry.metadata().ok()?.modified().ok()?.elapsed().ok())
        .any(|age| age < LISTS_AGE)
}
