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

const PACKAGES: [Package; 10] = [
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
        reason: "builds the front-end files; not needed at run time",
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

fn node_version() -> Option<u32> {
    let mut node = Command::new(paths::program("node")?);
    node.arg("--version");
    let text = run::captured(node).ok()?;
    text.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}
