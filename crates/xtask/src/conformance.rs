//! The conformance tests of SPID, a Python program, in a virtual environment below `target/`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::{child, paths, progress, run};

/// The program, installed by the committed list unless it is there already.
pub(crate) fn ensure(offline: bool) -> Result<PathBuf> {
    let list = paths::root().join("tests/fixtures/conformance/requirements.txt");
    let folder = paths::target().join("spid-sp-test");
    let program = folder.join("bin/spid_sp_test");
    let wanted = fs::read(&list).with_context(|| format!("cannot read {}", list.display()))?;
    // The list it was installed by is kept beside it, and written last.
    let installed = folder.join("requirements.txt");
    if program.is_file() && fs::read(&installed).is_ok_and(|kept| kept == wanted) {
        return Ok(program);
    }
    if offline {
        bail!("--offline fetches nothing, and {} is missing or old", folder.display());
    }
    progress::step("The conformance tests of SPID");
    progress::note("fetching the packages of tests/fixtures/conformance/requirements.txt");
    install(&folder, &list)?;
    fs::write(&installed, wanted)?;
    Ok(program)
}

fn install(folder: &Path, list: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let log = paths::target().join("xtask/spid-sp-test.log");
    let python = paths::program("python3").context("python3 is not installed")?;
    let mut venv = child::command(python, None, child::StopBy::Term);
    venv.args(["-m", "venv"]).arg(folder);
    run::logged(venv, &log)?;
    // The tool is published as a source archive only: what builds it is pinned as well, so it comes first.
    let pip = |words: &[&str]| {
        let mut pip = child::command(folder.join("bin/python"), None, child::StopBy::Term);
        pip.args(["-m", "pip", "install", "--no-input", "--disable-pip-version-check"]);
        pip.args(["--no-deps", "--no-build-isolation"]).args(words).arg(list);
        run::logged(pip, &log)
    };
    pip(&["setuptools", "--constraint"])?;
    pip(&["--requirement"])
}
