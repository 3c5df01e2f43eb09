//! `cargo xtask demo`: the whole platform on this machine, with two comuni and some families.

mod federations;
mod officers;
mod programs;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use self::officers::Officer;
use self::programs::{Programs, Running};
use crate::args::Args;
use crate::keys::Keys;
use crate::servers::{self, Durability, Servers};
use crate::{assets, interrupt, paths, progress, run, system};

/// What was typed.
struct Options {
    port: u16,
    folder: PathBuf,
    reset: bool,
    /// The folder in which cargo puts the programs: `debug` or `release`.
    profile: &'static str,
    offline: bool,
    families: bool,
}

/// The command: everything from a bare machine to a portal that answers, then until Ctrl-C.
pub(crate) fn run(args: Args) -> Result<()> {
    let options = options(args)?;
    system::ensure(system::Purpose::Demo, options.offline)?;
    let _lock = folder(&options)?;
    assets::build(options.offline)?;
    let programs = build(options.profile)?;
    progress::step("Starting PostgreSQL and Redis");
    let keys = Keys::of_folder(&options.folder)?;
    let servers = Servers::start(&options.folder, keys, Durability::Durable)?;
    servers.postgres.create_database("campanella")?;
    let tenants = tenants()?;
    let mut running = Running::start(programs, servers, &options, &tenants)?;
    let officers = running.prepare(&tenants)?;
    running.serve()?;
    let families = if options.families { running.load_families(&tenants)? } else { String::new() };
    progress::plain(&summary(&running, &tenants, &officers, &families, &options.folder));
    loop {
        running.check()?;
        if interrupt::pause(Duration::from_millis(500)).is_err() {
            progress::step("Stopping");
            return Ok(());
        }
    }
}

fn options(mut args: Args) -> Result<Options> {
    let folder = args.value("--dir")?;
    let options = Options {
        port: args.number("--port")?.unwrap_or(8080),
        folder: folder.map_or_else(|| paths::root().join(".demo"), PathBuf::from),
        reset: args.flag("--reset"),
        profile: if args.flag("--release") { "release" } else { "debug" },
        offline: args.flag("--offline"),
        families: !args.flag("--no-families"),
    };
    args.finish()?;
    Ok(options)
}

/// Makes the demo's folder ours for this run; `--reset` empties it first.
fn folder(options: &Options) -> Result<fs::File> {
    let folder = &options.folder;
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let strange = fs::read_dir(folder)?.next().is_some() && !folder.join("lock").exists();
    if strange {
        bail!("{} holds something else; choose another --dir", folder.display());
    }
    let lock = servers::lock(folder)?;
    if options.reset {
        servers::remove_cluster(folder)?;
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                fs::remove_dir_all(path)?;
            } else if !path.ends_with("lock") {
                fs::remove_file(path)?;
            }
        }
    }
    fs::create_dir_all(folder.join("log"))?;
    fs::create_dir_all(folder.join("mail"))?;
    Ok(lock)
}

/// Builds the whole workspace: building one crate alone would build its dependencies a second time.
fn build(profile: &str) -> Result<Programs> {
    progress::step("Building (the first time takes minutes)");
    let mut cargo = paths::cargo();
    cargo.args(["build", "--workspace", "--bins"]);
    if profile == "release" {
        cargo.arg("--release");
    }
    run::visible(cargo)?;
    Ok(Programs::of_profile(profile))
}

/// The comuni that ship with the product: the folders of `tenants/`.
fn tenants() -> Result<Vec<String>> {
    let folder = paths::root().join("tenants");
    let mut slugs = Vec::new();
    for entry in fs::read_dir(&folder).context("no tenants/ folder")? {
        let entry = entry?;
        if entry.path().join("tenant.toml").exists() {
            slugs.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    slugs.sort();
    Ok(slugs)
}

fn summary(
    running: &Running,
    tenants: &[String],
    officers: &[Officer],
    families: &str,
    folder: &Path,
) -> String {
    let portal = running.portal();
    let mut lines = vec![
        "\nCampanella is running. Ctrl-C stops everything.\n".to_owned(),
        row("choice of the comune", &format!("{portal}/")),
    ];
    for slug in tenants {
        lines.push(row(slug, &format!("{portal}/{slug}/")));
        lines.push(row("  its office", &format!("{portal}/{slug}/ufficio/accesso")));
    }
    lines.push(row("SPID/CIE di prova", &running.providers()));
    lines.push(row("every mail", &running.mailbox()));
    lines.push(row("  as files", &format!("{}/mail/*.eml", folder.display())));
    lines.push(row("logs", &format!("{}/log/", folder.display())));
    for officer in officers {
        lines.push(format!("\n  officer of {}", officer.tenant));
        lines.extend(officer.lines().map(|(name, value)| row(&format!("  {name}"), &value)));
    }
    if !families.is_empty() {
        lines.push("\n  families".to_owned());
        lines.extend(families.lines().map(|line| format!("    {line}")));
    }
    lines.join("\n")
}

fn row(name: &str, value: &str) -> String {
    format!("  {name:<22} {value}")
}
