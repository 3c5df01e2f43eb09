//! `cargo xtask db`: the schema from `migrations/`, and the query data that builds without a database use.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::args::Args;
use crate::keys::Keys;
use crate::servers::{self, Durability, Postgres};
use crate::{paths, progress, run, system};

/// File name to content of a folder of query data.
type QueryData = BTreeMap<String, Vec<u8>>;

/// Renews `crates/storage/.sqlx`, or compares it with `--check`.
pub(crate) fn run(mut args: Args) -> Result<()> {
    let check = args.flag("--check");
    let offline = args.flag("--offline");
    args.finish()?;
    system::ensure(system::Purpose::Demo, offline)?;
    renew(check)
}

/// The work itself: a cluster for the moment, the schema, the queries asked against it.
pub(crate) fn renew(check: bool) -> Result<()> {
    progress::step("Query data of crates/storage");
    let folder = paths::target().join("xtask/db");
    fs::create_dir_all(folder.join("log"))?;
    let _lock = servers::lock(&folder)?;
    servers::remove_cluster(&folder)?;
    let postgres = Postgres::start(&folder, &Keys::shared()?, Durability::Volatile)?;
    postgres.create_database("campanella")?;
    let applied = migrate(&postgres)?;
    progress::note(&format!("{applied} migrations applied"));
    let fresh = prepare(&postgres, &folder.join("sqlx"))?;
    drop(postgres);
    servers::remove_cluster(&folder)?;
    let committed = paths::root().join("crates/storage/.sqlx");
    if check { compare(&fresh, &read(&committed)?) } else { replace(&committed, &fresh) }
}

/// Applies the files itself: the program that migrates does not compile before its queries are known.
fn migrate(postgres: &Postgres) -> Result<usize> {
    let files = migrations(&paths::root().join("migrations"))?;
    for file in &files {
        let script = fs::read_to_string(file)?;
        postgres
            .execute(&postgres.owner_url("campanella"), &format!("BEGIN;\n{script}\nCOMMIT;\n"))
            .with_context(|| file.display().to_string())?;
    }
    Ok(files.len())
}

fn migrations(folder: &Path) -> Result<Vec<PathBuf>> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(Vec::new()) };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "sql") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Compiles `storage` with the database at hand; the query macros write what they learn into `scratch`.
fn prepare(postgres: &Postgres, scratch: &Path) -> Result<QueryData> {
    drop(fs::remove_dir_all(scratch));
    fs::create_dir_all(scratch)?;
    touch(&paths::root().join("crates/storage/src/lib.rs"))?;
    let mut cargo = paths::cargo();
    cargo.args(["check", "--quiet", "--package", "storage"]);
    cargo.env("DATABASE_URL", postgres.owner_url("campanella"));
    cargo.env("SQLX_OFFLINE", "false").env("SQLX_OFFLINE_DIR", scratch);
    run::visible(cargo)?;
    read(scratch)
}

/// Cargo does not know that the database changed; a new time stamp makes it compile again.
#[expect(clippy::disallowed_methods, reason = "a file's time stamp, not the product's clock")]
fn touch(file: &Path) -> Result<()> {
    Ok(fs::File::open(file)?.set_modified(std::time::SystemTime::now())?)
}

fn read(folder: &Path) -> Result<QueryData> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(QueryData::new()) };
    let mut data = QueryData::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("query-") {
            data.insert(name, fs::read(entry.path())?);
        }
    }
    Ok(data)
}

fn compare(fresh: &QueryData, committed: &QueryData) -> Result<()> {
    if fresh == committed {
        progress::note(&format!("{} queries, all fresh", fresh.len()));
        return Ok(());
    }
    let changed = fresh.iter().filter(|(name, data)| committed.get(*name) != Some(*data)).count();
    let stale = committed.keys().filter(|name| !fresh.contains_key(*name)).count();
    bail!("crates/storage/.sqlx: {changed} missing or different, {stale} stale; run cargo xtask db")
}

fn replace(folder: &Path, fresh: &QueryData) -> Result<()> {
    let committed = read(folder)?;
    fs::create_dir_all(folder)?;
    for name in committed.keys().filter(|name| !fresh.contains_key(*name)) {
        fs::remove_file(folder.join(name))?;
    }
    for (name, data) in fresh.iter().filter(|(name, data)| committed.get(*name) != Some(*data)) {
        fs::write(folder.join(name), data)?;
    }
    progress::note(&format!("{} queries in {}", fresh.len(), folder.display()));
    Ok(())
}
