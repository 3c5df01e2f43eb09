//! What the machine must have: looked for, named with its reason, installed where we may.

mod apt;
mod packages;

use std::fs;

use anyhow::{Result, bail};

pub(crate) use self::packages::Purpose;
use self::packages::{Package, missing};
use crate::args::Args;
use crate::progress;

/// `cargo xtask system`: only this step.
pub(crate) fn run(mut args: Args) -> Result<()> {
    let offline = args.flag("--offline");
    let purpose = if args.flag("--test") { Purpose::Test } else { Purpose::Demo };
    args.finish()?;
    ensure(purpose, offline)?;
    progress::note("nothing is missing");
    Ok(())
}

/// Sees to it that nothing is missing for `purpose`; `offline` only says what is.
pub(crate) fn ensure(purpose: Purpose, offline: bool) -> Result<()> {
    let wanted = missing(purpose);
    if wanted.is_empty() {
        return Ok(());
    }
    progress::step("This machine lacks");
    for package in &wanted {
        progress::note(&format!("{:<16} {}", package.name, package.reason));
    }
    if !is_debian_like() {
        bail!("this is not a Debian: install {} by hand, then try again", describe(&wanted));
    }
    if offline {
        bail!("--offline installs nothing. Install it with: apt-get install {}", names(&wanted));
    }
    progress::step(
        "Installing it with apt-get (no service is started, no system database created)",
    );
    apt::install(&wanted)?;
    let still = missing(purpose);
    if still.is_empty() {
        Ok(())
    } else {
        bail!("still missing after the installation: {}", describe(&still))
    }
}

fn names(packages: &[&Package]) -> String {
    packages.iter().map(|package| package.name).collect::<Vec<_>>().join(" ")
}

fn describe(packages: &[&Package]) -> String {
    let parts =
        packages.iter().map(|package| format!("{} ({})", package.elsewhere, package.reason));
    parts.collect::<Vec<_>>().join(", ")
}

fn is_debian_like() -> bool {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    release
        .lines()
        .filter_map(|line| line.strip_prefix("ID=").or_else(|| line.strip_prefix("ID_LIKE=")))
        .any(|ids| ids.trim_matches('"').split(' ').any(|id| id == "debian"))
}
