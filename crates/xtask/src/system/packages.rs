//! The list of what is needed, why, and how to see that it is there.

use std::path::Path;
use std::process::Command;

use crate::servers::postgres_programs;
use crate::{paths, run};

/// What the machine is to be made ready for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Building and running.
    Demo,
    /// The tests too, which drive a browser and read PDFs.
    Test,
}

/// One thing the machine must have.
pub(crate) struct Package {
    /// Its name in Debian.
    pub(crate) name: &'static str,
    /// What to look for on another system.
    pub(crate) elsewhere: &'static str,
    /// Why it is needed, in the words of the list shown before installing.
    pub(crate) reason: &'static str,
    purpose: Purpose,
    present: fn() -> bool,
}

const PACKAGES: [Package; 19] = [
    Package {
        name: "gcc",
        elsewhere: "a C compiler",
        reason: "compiles the C and assembly parts of the TLS library",
        purpose: Purpose::Demo,
        present: || has("cc"),
    },
    Package {
        name: "libc6-dev",
        elsewhere: "the C library's headers",
        reason: "needed by the C compiler",
        purpose: Purpose::Demo,
        present: || has("cc") && Path::new("/usr/include/stdlib.h").exists(),
    },
    Package {
        name: "ca-certificates",
        elsewhere: "the usual certificate authorities",
        reason: "downloads over TLS",
        purpose: Purpose::Demo,
        present: || Path::new("/etc/ssl/certs/ca-certificates.crt").exists(),
    },
    Package {
        name: "postgresql",
        elsewhere: "PostgreSQL 15 or newer, server and psql",
        reason: "the database; a private cluster is started, yours are left alone",
        purpose: Purpose::Demo,
        present: || postgres_programs().is_some_and(|folder| folder.join("psql").exists()),
    },
    Package {
        name: "redis-server",
        elsewhere: "Redis 6 or newer",
        reason: "budgets shared by replicas; a private one is started",
        purpose: Purpose::Demo,
        present: || has("redis-server"),
    },
    Package {
        name: "nodejs",
        elsewhere: "Node.js 18 or newer",
        reason: "builds the front-end files, runs Lighthouse; not needed at run time",
        purpose: Purpose::Demo,
        present: || node_version().is_some_and(|version| version >= 18),
    },
    Package {
        name: "npm",
        elsewhere: "npm 9 or newer",
        reason: "fetches the front-end files",
        purpose: Purpose::Demo,
        present: || has("npm"),
    },
    Package {
        name: "pkg-config",
        elsewhere: "pkg-config",
        reason: "finds the libraries below",
        purpose: Purpose::Demo,
        present: || has("pkg-config"),
    },
    Package {
        name: "libssl-dev",
        elsewhere: "OpenSSL 3 with headers",
        reason: "keys and certificates of SPID and CIE",
        purpose: Purpose::Demo,
        present: || library("openssl"),
    },
    Package {
        name: "libxml2-dev",
        elsewhere: "libxml2 with headers",
        reason: "reads signed XML",
        purpose: Purpose::Demo,
        present: || library("libxml-2.0"),
    },
    Package {
        name: "libxmlsec1-dev",
        elsewhere: "xmlsec 1.2 or newer with headers",
        reason: "makes and checks XML signatures",
        purpose: Purpose::Demo,
        present: || library("xmlsec1-openssl"),
    },
    Package {
        name: "libclang-dev",
        elsewhere: "libclang",
        reason: "reads the headers of xmlsec while building",
        purpose: Purpose::Demo,
        present: libclang,
    },
    Package {
        name: "fonts-wqy-microhei",
        elsewhere: "a font with Chinese letters, known to fontconfig",
        reason: "shows the pages in Chinese in the tests' browser; telephones bring theirs",
        purpose: Purpose::Test,
        present: || font(":lang=zh-cn"),
    },
    Package {
        name: "chromium",
        elsewhere: "Chromium",
        reason: "the browser of the browser tests",
        purpose: Purpose::Test,
        present: || has("chromium"),
    },
    Package {
        name: "chromium-driver",
        elsewhere: "chromedriver of the same version",
        reason: "drives the browser",
        purpose: Purpose::Test,
        present: || has("chromedriver"),
    },
    Package {
        name: "poppler-utils",
        elsewhere: "poppler's pdftotext and pdfinfo",
        reason: "reads the PDFs that the tests made",
        purpose: Purpose::Test,
        present: || has("pdftotext") && has("pdfinfo"),
    },
    Package {
        name: "xmlsec1",
        elsewhere: "the xmlsec1 program",
        reason: "a second opinion on signatures",
        purpose: Purpose::Test,
        present: || has("xmlsec1"),
    },
    Package {
        name: "libxml2-utils",
        elsewhere: "xmllint",
        reason: "checks metadata against their schemas",
        purpose: Purpose::Test,
        present: || has("xmllint"),
    },
    Package {
        name: "python3-venv",
        elsewhere: "Python 3.11 or newer with venv",
        reason: "runs the conformance tests of SPID",
        purpose: Purpose::Test,
        present: venv,
    },
];

/// What is not there.
pub(crate) fn missing(purpose: Purpose) -> Vec<&'static Package> {
    static LIST: &[Package] = &PACKAGES;
    LIST.iter()
        .filter(|package| package.purpose == Purpose::Demo || purpose == Purpose::Test)
        .filter(|package| !(package.present)())
        .collect()
}

fn has(program: &str) -> bool {
    paths::program(program).is_some()
}

/// Whether fontconfig knows a font like that.
fn font(pattern: &str) -> bool {
    let Some(program) = paths::program("fc-list") else { return false };
    let mut command = Command::new(program);
    command.arg(pattern);
    run::captured(command).is_ok_and(|found| !found.trim().is_empty())
}

/// Whether pkg-config knows the library, headers included.
fn library(name: &str) -> bool {
    let Some(program) = paths::program("pkg-config") else { return false };
    let mut command = Command::new(program);
    command.args(["--exists", name]);
    run::captured(command).is_ok()
}

/// Where Debian keeps it, or where the environment says it is.
fn libclang() -> bool {
    if std::env::var_os("LIBCLANG_PATH").is_some() {
        return true;
    }
    let versions = std::fs::read_dir("/usr/lib").into_iter().flatten().flatten();
    versions.map(|entry| entry.path()).any(|folder| {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        name.starts_with("llvm-") && folder.join("lib/libclang.so").exists()
    })
}

/// Debian keeps venv's second half, ensurepip, in a package of its own.
fn venv() -> bool {
    let Some(program) = paths::program("python3") else { return false };
    let mut command = Command::new(program);
    command.args(["-c", "import ensurepip, venv"]);
    run::captured(command).is_ok()
}

fn node_version() -> Option<u32> {
    let mut node = Command::new(paths::program("node")?);
    node.arg("--version");
    let text = run::captured(node).ok()?;
    text.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}
