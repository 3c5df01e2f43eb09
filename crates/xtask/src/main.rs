//! The project's own commands: `cargo xtask demo`, `cargo xtask test` and the parts they are made of.

mod account;
mod args;
mod assets;
mod bench;
mod child;
mod ci;
mod conformance;
mod db;
mod demo;
mod files;
mod interrupt;
mod keys;
mod licences;
mod lighthouse;
mod paths;
mod progress;
mod run;
mod servers;
mod system;
mod test;
mod tidy;

use std::process::ExitCode;

use anyhow::{Result, bail};
use args::Args;

const HELP: &str = "\
cargo xtask <command>

  demo [--port N] [--dir D] [--reset] [--release] [--offline]
               everything on this machine: database, mail, two comuni, some families
  test [filter…] [--offline]
               every test, browser included, on servers of its own
  bench saml   what judging an identity provider's answer costs, beside bare verification
  ci           everything: lint, then test
  lint         formatting, tidy checks, licences, query data, clippy
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
        Err(_) if interrupt::requested() => {
            progress::note("stopped");
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
        Some("bench") => bench::run(args),
        Some("ci") => ci::run(args),
        Some("db") => db::run(args),
        Some("demo") => demo::run(args),
        Some("licences") => licences::run(args),
        Some("lint") => ci::lint(args),
        Some("servers") => servers::run(args),
        Some("system") => system::run(args),
        Some("test") => test::run(args),
        Some("tidy") => tidy::run(args),
        None | Some("help" | "--help" | "-h") => {
            progress::plain(HELP);
            Ok(())
        }
        Some(other) => bail!("unknown command {other:?}; `cargo xtask help` lists them"),
    }
}
