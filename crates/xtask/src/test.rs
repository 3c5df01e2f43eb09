//! `cargo xtask test`: every test of the workspace, on servers of its own, ending with one count.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::args::Args;
use crate::child::{self, Running, StopBy};
use crate::keys::Keys;
use crate::servers::{self, Durability, Servers, free_port};
use crate::{assets, conformance, interrupt, lighthouse, paths, progress, run, system};

/// Sums of all test programs.
#[derive(Default, Debug, PartialEq, Eq)]
struct Count {
    passed: u64,
    failed: u64,
}

/// The command; whatever is left of the arguments selects tests by name.
pub(crate) fn run(mut args: Args) -> Result<()> {
    let offline = args.flag("--offline");
    let filters = args.rest();
    system::ensure(system::Purpose::Test, offline)?;
    assets::build(offline)?;
    let spid_sp_test = conformance::ensure(offline)?;
    let lighthouse = lighthouse::ensure(offline)?;
    let folder = paths::target().join("xtask/test");
    fs::create_dir_all(&folder)?;
    let _lock = servers::lock(&folder)?;
    progress::step("Starting PostgreSQL, Redis and the browser's driver");
    servers::remove_cluster(&folder)?;
    let mut servers = Servers::start(&folder, Keys::shared()?, Durability::Volatile)?;
    let driver = Driver::start(&folder)?;
    progress::step("Building the program (the first time takes minutes)");
    let mut build = paths::cargo();
    build.args(["build", "--workspace", "--bin", "campanella"]);
    run::visible(build)?;
    let mut cargo = paths::cargo();
    cargo.env("CAMPANELLA_TEST_PROGRAM", paths::target().join("debug/campanella"));
    cargo.env("CAMPANELLA_TEST_SPID_SP_TEST", spid_sp_test);
    cargo.env("CAMPANELLA_TEST_LIGHTHOUSE", lighthouse);
    cargo.args(["test", "--workspace", "--no-fail-fast", "--"]).args(&filters);
    // Tests wait for the database, the browser and each other's turns as long as they compute.
    if std::env::var_os("RUST_TEST_THREADS").is_none() {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        cargo.env("RUST_TEST_THREADS", (cores * 2).to_string());
    }
    cargo.envs(servers.test_variables()).envs(driver.variables()?);
    progress::step("Building and running the tests");
    let (count, success) = observe(cargo)?;
    servers.check()?;
    drop(driver);
    drop(servers);
    servers::remove_cluster(&folder)?;
    conclude(&count, success)
}

/// The browser's driver, which the browser tests talk to.
struct Driver {
    _process: Running,
    port: u16,
}

impl Driver {
    fn start(folder: &Path) -> Result<Self> {
        let program = paths::program("chromedriver").context("chromedriver is not installed")?;
        let port = free_port()?;
        let mut command = child::command(program, None, StopBy::Term);
        command.arg(format!("--port={port}")).stdin(Stdio::null());
        let log = folder.join("log/chromedriver.log");
        let mut process = Running::start("chromedriver", command, &log, StopBy::Term)?;
        process.wait_until(Duration::from_secs(20), || {
            std::net::TcpStream::connect((std::net::Ipv4Addr::LOCALHOST, port)).is_ok()
        })?;
        Ok(Self { _process: process, port })
    }

    fn variables(&self) -> Result<Vec<(&'static str, String)>> {
        let browser = paths::program("chromium").context("Chromium is not installed")?;
        let assets = paths::target().join("assets");
        Ok(vec![
            ("CAMPANELLA_TEST_CHROMEDRIVER", format!("http://127.0.0.1:{}", self.port)),
            ("CAMPANELLA_TEST_CHROMIUM", browser.display().to_string()),
            ("CAMPANELLA_TEST_ASSETS", assets.display().to_string()),
        ])
    }
}

/// Runs cargo, shows what it says and adds up the results; true when cargo was content.
fn observe(mut cargo: Command) -> Result<(Count, bool)> {
    cargo.stdin(Stdio::null()).stdout(Stdio::piped());
    let mut running = Running::attached(cargo)?;
    let output = running.output().context("no output")?;
    let reader = std::thread::spawn(move || {
        let mut count = Count::default();
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            count.add(&line);
            progress::plain(&line);
        }
        count
    });
    let status = loop {
        if let Some(status) = running.ended()? {
            break status;
        }
        interrupt::pause(Duration::from_millis(50))?;
    };
    let count = reader.join().ok().context("reading the tests' output failed")?;
    Ok((count, status.success()))
}

impl Count {
    /// Adds a line such as `test result: ok. 12 passed; 0 failed; …`; other lines change nothing.
    fn add(&mut self, line: &str) {
        let Some(result) = line.strip_prefix("test result: ") else { return };
        let number = |word: &str| -> u64 {
            let parts = result.split([';', '.']).map(str::trim);
            parts.filter_map(|part| part.strip_suffix(word)?.trim().parse::<u64>().ok()).sum()
        };
        self.passed += number("passed");
        self.failed += number("failed");
    }
}

/// The last line that a run prints is its count, alone.
fn conclude(count: &Count, success: bool) -> Result<()> {
    // A program that crashed, or that did not compile, reports no result: that is a failure too.
    let failed = if success { count.failed } else { count.failed.max(1) };
    progress::plain(&format!("\n{} passed, {failed} failed", count.passed));
    if failed > 0 {
        return Err(progress::Said.into());
    }
    if count.passed == 0 {
        bail!("no test ran");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Count, conclude};

    #[test]
    fn results_of_all_programs_are_added() {
        let mut count = Count::default();
        for line in [
            "running 3 tests",
            "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s",
            "test tests::failed ... ok",
            "test result: FAILED. 10 passed; 2 failed; 0 ignored; 0 measured; 5 filtered out; finished in 1.25s",
        ] {
            count.add(line);
        }
        assert_eq!(count, Count { passed: 13, failed: 2 });
    }

    #[test]
    fn a_run_without_tests_is_no_success() {
        assert!(conclude(&Count::default(), true).is_err());
        assert!(conclude(&Count { passed: 3, failed: 0 }, false).is_err());
        assert!(conclude(&Count { passed: 3, failed: 1 }, true).is_err());
        assert!(conclude(&Count { passed: 3, failed: 0 }, true).is_ok());
    }
}
