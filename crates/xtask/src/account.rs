//! Which system account a server runs as: our own, unless we are root.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::process::Command;

use anyhow::{Context, Result};

use crate::run;

/// Whether we are root, under whom PostgreSQL refuses to run and Redis should not.
pub(crate) fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

/// The account a server changes to; `None` keeps ours.
pub(crate) fn unprivileged(name: &'static str) -> Option<&'static str> {
    is_root().then_some(name)
}

/// User and group number of an account.
pub(crate) fn numbers(name: &str) -> Result<(u32, u32)> {
    Ok((number("-u", name)?, number("-g", name)?))
}

fn number(option: &str, name: &str) -> Result<u32> {
    let mut id = Command::new("id");
    id.args([option, name]);
    run::captured(id)?.trim().parse().with_context(|| format!("id {option} {name}"))
}
