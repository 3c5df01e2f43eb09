//! The project's own commands: `cargo xtask demo`, `cargo xtask test` and the parts they are made of.

mod account;
mod args;
mod assets;
mod child;
mod db;
mod files;
mod interrupt;
mod keys;
mod paths;
mod progress;
mod run;
mod servers;
mod system;

use std::process::ExitCode;

use anyhow::{Result, bail};
use args::Args;

const HELP: &str = "\
cargo xtask <command>

  demo [--port N] [--dir D] [--reset] [--release] [--offline]
               everything on this machine: database, mail, two comuni, some families
  test [filter…] [--offline]
               every test, browser included, on servers of its own
  ci           formatting, lints, tidy checks, licences, query data, tests
  tidy         the project's own rules
  licences     the licences of every dependency against .deny.toml
  assets       front-end files and fonts into target/assets
  db [--check] the offline query data of crates/storage, renewed or compared
  servers [--dir D]
               PostgreSQL and Redis for development, until Ctrl-C
  system [--offline] [--test]
               what the machine lacks, installed or listed";

fn main() -> ExitCode {
    interrupt::install();
    match dispatch() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if interrupt::requested() => {
            progress::note(&format!("stopped ({error:#})"));
            ExitCode::from(130)
        }
        Err(error) => {
            progress::failure(&error);
            ExitCode::FAILURE
        }
    }
}

fn dispatch() -> Result<()> {
    let mut args = Args::from_environment();
    let command = args.positional();
    match command.as_deref() {
        Some("assets") => assets::run(args),
        Some("db") => db::run(args),
        Some("servers") => servers::run(args),
        Some("system") => system::run(args),
        None | Some("help" | "--help" | "-h") => {
            progress::plain(HELP);
            Ok(())
        }
        Some(other) => bail!("unknown command {other:?}; `cargo xtask help` lists them"),
    }
}
