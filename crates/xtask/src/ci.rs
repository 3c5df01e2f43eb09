//! `cargo xtask ci`: everything that must hold, the cheap parts first.

use anyhow::Result;

use crate::args::Args;
use crate::{assets, db, licences, paths, progress, run, system, test, tidy};

/// Everything.
pub(crate) fn run(args: Args) -> Result<()> {
    checks(false)?;
    test::run(args)
}

/// `cargo xtask lint`: everything but the tests.
pub(crate) fn lint(mut args: Args) -> Result<()> {
    let offline = args.flag("--offline");
    args.finish()?;
    checks(offline)
}

fn checks(offline: bool) -> Result<()> {
    progress::step("Formatting");
    cargo(&["fmt", "--all", "--check"])?;
    tidy::report()?;
    licences::report()?;
    system::ensure(system::Purpose::Demo, offline)?;
    assets::build(offline)?;
    db::renew(true)?;
    progress::step("Lints");
    cargo(&["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"])
}

fn cargo(words: &[&str]) -> Result<()> {
    let mut cargo = paths::cargo();
    cargo.args(words);
    run::visible(cargo)
}
