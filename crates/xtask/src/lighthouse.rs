//! Lighthouse, a program for Node.js, in a folder below `target/`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::{child, paths, progress, run};

/// What names the packages.
const LISTS: [&str; 3] = [".npmrc", "package.json", "package-lock.json"];
/// Our own program, which uses them.
const PROGRAM: &str = "audit.mjs";

/// The program, with its packages beside it by the committed list.
pub(crate) fn ensure(offline: bool) -> Result<PathBuf> {
    let source = paths::root().join("tests/fixtures/lighthouse");
    let folder = paths::target().join("lighthouse");
    let same = |name: &str| -> Result<bool> {
        let wanted = fs::read(source.join(name)).with_context(|| format!("cannot read {name}"))?;
        Ok(fs::read(folder.join(name)).is_ok_and(|kept| kept == wanted))
    };
    let mut installed = folder.join("node_modules/.package-lock.json").is_file();
    for name in LISTS {
        installed &= same(name)?;
    }
    if !installed {
        if offline {
            bail!("--offline fetches nothing, and {} is missing or old", folder.display());
        }
        progress::step("Lighthouse");
        progress::note("fetching the packages of tests/fixtures/lighthouse/package-lock.json");
        install(&source, &folder)?;
    }
    let program = folder.join(PROGRAM);
    fs::copy(source.join(PROGRAM), &program)?;
    Ok(program)
}

fn install(source: &Path, folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    for name in LISTS {
        fs::copy(source.join(name), folder.join(name))?;
    }
    let program = paths::program("npm").context("npm is not installed")?;
    let mut npm = child::command(program, None, child::StopBy::Term);
    npm.arg("ci").current_dir(folder);
    run::logged(npm, &paths::target().join("xtask/lighthouse.log"))
}
