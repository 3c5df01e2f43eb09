//! What the tests are told about their servers; `cargo xtask test` and `cargo xtask servers` say it.

use std::path::{Path, PathBuf};

/// Address of the superuser, who makes and drops databases and does nothing else.
pub fn superuser_url() -> String {
    required("CAMPANELLA_TEST_PG_ADMIN_URL")
}

/// Address of PostgreSQL for a role; the password comes from `PGPASSWORD`.
pub fn database_url(role: &str, database: &str) -> String {
    let host = required("CAMPANELLA_TEST_PG_HOST");
    let port = required("CAMPANELLA_TEST_PG_PORT");
    format!("postgres://{role}@{host}:{port}/{database}")
}

/// Host and port of PostgreSQL.
pub fn database_address() -> String {
    format!("{}:{}", required("CAMPANELLA_TEST_PG_HOST"), required("CAMPANELLA_TEST_PG_PORT"))
}

/// Address of Redis.
pub fn redis_url() -> String {
    required("CAMPANELLA_TEST_REDIS_URL")
}

/// Address of the running driver of the browser.
pub fn chromedriver() -> String {
    required("CAMPANELLA_TEST_CHROMEDRIVER")
}

/// The browser's program.
pub fn chromium() -> String {
    required("CAMPANELLA_TEST_CHROMIUM")
}

/// A file that the asset step made for tests only: the checkers of barriers, the library's whole style sheet.
pub fn asset(name: &str) -> String {
    let path = Path::new(&required("CAMPANELLA_TEST_ASSETS")).join(name);
    std::fs::read_to_string(path).expect("the assets are built: `cargo xtask assets`")
}

/// The conformance tests of SPID: the script in its virtual environment.
pub fn spid_sp_test() -> PathBuf {
    required("CAMPANELLA_TEST_SPID_SP_TEST").into()
}

/// The program that judges pages with Lighthouse, for Node.js.
pub fn lighthouse() -> PathBuf {
    required("CAMPANELLA_TEST_LIGHTHOUSE").into()
}

/// The built program of the product; without `cargo xtask test`, which has built it, it is built now.
pub fn program() -> PathBuf {
    if let Ok(path) = std::env::var("CAMPANELLA_TEST_PROGRAM") {
        return path.into();
    }
    let mut cargo =
        std::process::Command::new(std::env::var("CARGO").as_deref().unwrap_or("cargo"));
    cargo.args(["build", "--quiet", "--workspace", "--bin", "campanella"]).current_dir(root());
    assert!(cargo.status().expect("cargo can be run").success(), "the program is built");
    let tests = std::env::current_exe().expect("the test program has a path");
    tests.ancestors().nth(2).expect("it lies in deps/").join("campanella")
}

/// The top of the checkout.
pub fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().expect("tests/ lies in the checkout").to_owned()
}

fn required(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| {
        panic!(
            "{name} is not set: run `cargo xtask test`, or `cargo xtask servers` and load its env"
        )
    })
}
