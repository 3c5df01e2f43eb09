//! Which crate may know which: the table of the architecture, compared with what the manifests say.

use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::Fault;
use crate::{paths, run};

/// Each crate and the crates of this workspace that it may import.
const LAYERS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("i18n", &["domain"]),
    ("routes", &["domain"]),
    ("tenants", &["domain", "i18n"]),
    ("secrets", &["domain"]),
    ("limits", &["domain"]),
    ("storage", &["domain"]),
    ("pages", &["domain", "i18n", "routes", "tenants"]),
    ("mail", &["domain", "pages"]),
    ("documents", &["domain", "i18n", "tenants"]),
    ("operations", &["domain", "storage", "secrets", "tenants"]),
    ("spid", &["domain"]),
    (
        "web",
        &[
            "domain",
            "i18n",
            "routes",
            "tenants",
            "storage",
            "secrets",
            "limits",
            "pages",
            "operations",
            "documents",
            "spid",
        ],
    ),
    (
        "worker",
        &[
            "domain",
            "i18n",
            "routes",
            "tenants",
            "storage",
            "secrets",
            "operations",
            "pages",
            "mail",
            "documents",
            "spid",
        ],
    ),
    ("simulators", &["domain"]),
    ("xtask", &[]),
];

/// The composition root and the tests see everything.
const SEE_ALL: [&str; 2] = ["campanella", "tests"];
/// Never linked into the product.
const APART: [&str; 2] = ["simulators", "xtask"];

/// Beginning of an outside crate's name, and the only crates that may depend on it.
const OWNED: &[(&str, &[&str])] = &[
    ("sqlx", &["storage", "tests"]),
    ("jiff-sqlx", &["storage"]),
    ("axum", &["web", "simulators", "campanella", "tests"]),
    ("tower", &["web", "simulators", "campanella", "tests"]),
    ("tera", &["pages"]),
    ("typst", &["documents"]),
    ("resvg", &["web"]),
    ("lettre", &["mail", "simulators", "tests"]),
    ("redis", &["limits", "tests"]),
    ("aes-gcm", &["secrets"]),
    ("argon2", &["secrets"]),
    ("hkdf", &["secrets"]),
    ("hmac", &["secrets"]),
    ("sha2", &["secrets"]),
    ("subtle", &["secrets"]),
    ("zeroize", &["secrets", "spid"]),
    ("rand", &["secrets", "tests"]),
    ("totp-rs", &["secrets", "tests"]),
    ("rust-i18n", &["i18n"]),
    ("opentelemetry", &["campanella"]),
    ("tracing-subscriber", &["campanella", "simulators", "tests"]),
    ("tokio", &["web", "worker", "limits", "mail", "secrets", "simulators", "campanella", "tests"]),
    ("futures", &["tests"]),
    ("clap", &["campanella", "simulators"]),
    ("metrics", &["web", "worker", "campanella"]),
    ("thirtyfour", &["tests"]),
    // Invented families, tests, and the job that fetches metadata ask over HTTP; the binary answers with hyper.
    ("hyper", &["worker", "simulators", "campanella", "tests"]),
    ("http-body-util", &["worker", "simulators", "tests"]),
    // The job that fetches the identity providers' metadata is the one caller.
    ("hyper-rustls", &["worker"]),
    ("samael", &["spid"]),
    ("libxml", &[]),
    ("roxmltree", &["spid", "simulators", "tests"]),
    ("openssl", &["spid", "simulators", "tests"]),
    ("flate2", &["spid", "simulators", "tests"]),
    ("bergshamra-c14n", &["simulators", "tests"]),
    // The second reader, whose reading must be the product's.
    ("uppsala", &["tests"]),
    ("zip", &["campanella"]),
    ("reqwest", &[]),
    ("ureq", &[]),
    ("anyhow", &["campanella", "worker", "simulators", "tests", "xtask"]),
    ("chrono", &[]),
    ("time", &[]),
];

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    /// `dev`, `build` or nothing.
    kind: Option<String>,
    /// Set for crates of this workspace.
    path: Option<String>,
}

/// Compares every manifest with the tables.
pub(super) fn check(root: &Path) -> Result<Vec<Fault>> {
    let mut cargo = paths::cargo();
    cargo.args(["metadata", "--format-version", "1", "--no-deps", "--offline"]).current_dir(root);
    let metadata: Metadata =
        serde_json::from_str(&run::captured(cargo)?).context("cargo metadata")?;
    Ok(metadata.packages.iter().flat_map(package_faults).collect())
}

fn package_faults(package: &Package) -> Vec<Fault> {
    package.dependencies.iter().filter_map(|dependency| fault(&package.name, dependency)).collect()
}

fn fault(package: &str, dependency: &Dependency) -> Option<Fault> {
    let is_test_only = dependency.kind.as_deref() == Some("dev");
    let allowed = if dependency.path.is_some() {
        may_import(package, &dependency.name) || is_test_only && dependency.name == "simulators"
    } else {
        may_own(package, &dependency.name) || is_test_only && dependency.name == "anyhow"
    };
    let rule = format!("may not depend on {}; see the table in crates/README.md", dependency.name);
    (!allowed).then(|| Fault::new(&format!("crate {package}"), rule))
}

fn may_import(package: &str, wanted: &str) -> bool {
    match package {
        "tests" => wanted != "xtask",
        _ if SEE_ALL.contains(&package) => !APART.contains(&wanted),
        _ => LAYERS.iter().any(|(name, allowed)| *name == package && allowed.contains(&wanted)),
    }
}

fn may_own(package: &str, outside: &str) -> bool {
    let belongs = |start: &str| {
        outside
            .strip_prefix(start)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_']))
    };
    OWNED.iter().filter(|(start, _)| belongs(start)).all(|(_, owners)| owners.contains(&package))
}

#[cfg(test)]
mod tests {
    use super::{may_import, may_own};

    #[test]
    fn edges_against_the_grain_are_refused() {
        assert!(may_import("web", "operations"));
        assert!(may_import("campanella", "worker"));
        assert!(!may_import("domain", "storage"));
        assert!(!may_import("operations", "pages"));
        assert!(!may_import("campanella", "simulators"));
        assert!(!may_import("newcomer", "domain"), "a new crate is entered in the table first");
    }

    #[test]
    fn outside_crates_have_owners() {
        assert!(may_own("storage", "sqlx"));
        assert!(may_own("web", "tower-http"));
        assert!(may_own("tests", "axum"));
        assert!(!may_own("web", "sqlx"));
        assert!(!may_own("domain", "tokio"));
        assert!(!may_own("operations", "futures-util"));
        assert!(!may_own("web", "hyper-util"), "nor any other client of HTTP");
        assert!(!may_own("operations", "axum-extra"));
        assert!(!may_own("pages", "typst-pdf"));
        assert!(may_own("domain", "timely"), "only whole words count");
    }
}
