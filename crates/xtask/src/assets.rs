//! `cargo xtask assets`: front-end files and fonts, fetched by a pinned list and built into `target/assets`.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::args::Args;
use crate::{child, files, paths, progress, run, system};

/// What names the packages.
const PACKAGES: [&str; 3] = ["package.json", "package-lock.json", ".npmrc"];
/// What is made of them.
const SCRIPTS: [&str; 3] = ["build.mjs", "subset.mjs", "src"];

/// The step as a command.
pub(crate) fn run(mut args: Args) -> Result<()> {
    let offline = args.flag("--offline");
    args.finish()?;
    system::ensure(system::Purpose::Demo, offline)?;
    build(offline)
}

/// Builds the files, unless nothing changed since the last time.
pub(crate) fn build(offline: bool) -> Result<()> {
    let source = paths::root().join("crates/web/assets");
    let target = paths::target().join("assets");
    let packages = Stamp::new("npm", &PACKAGES.map(|name| source.join(name)))?;
    let mut inputs: Vec<PathBuf> =
        PACKAGES.iter().chain(&SCRIPTS).map(|name| source.join(name)).collect();
    // The style sheet holds what these use.
    inputs.extend(["templates", "crates/pages/src"].map(|folder| paths::root().join(folder)));
    let everything = Stamp::new("assets", &inputs)?;
    if everything.is_current() && target.join("manifest.json").exists() {
        return Ok(());
    }
    progress::step("Front-end files and fonts");
    if !packages.is_current() || !source.join("node_modules/.package-lock.json").exists() {
        fetch(&source, offline)?;
        packages.keep()?;
    }
    let scratch = paths::target().join("xtask/assets");
    drop(fs::remove_dir_all(&scratch));
    let mut node = tool("node", &source)?;
    node.arg("build.mjs").arg(&scratch);
    let said = run::captured(node)?;
    progress::note(said.trim());
    // Files that did not change keep their time stamp, so that cargo embeds only what did.
    files::mirror(&scratch, &target)?;
    everything.keep()
}

fn fetch(source: &Path, offline: bool) -> Result<()> {
    if offline {
        bail!("--offline fetches nothing, and crates/web/assets/node_modules is missing or old");
    }
    progress::note("fetching the packages of crates/web/assets/package-lock.json");
    let mut npm = tool("npm", source)?;
    npm.arg("ci");
    run::logged(npm, &paths::target().join("xtask/npm.log"))
}

fn tool(name: &str, source: &Path) -> Result<Command> {
    let program = paths::program(name).with_context(|| format!("{name} is not installed"))?;
    let mut command = child::command(program, None, child::StopBy::Term);
    command.current_dir(source);
    Ok(command)
}

/// What a piece of work was made from, remembered in the target folder.
struct Stamp {
    file: PathBuf,
    content: String,
}

impl Stamp {
    fn new(name: &str, inputs: &[PathBuf]) -> Result<Self> {
        let mut hasher = DefaultHasher::new();
        for input in inputs {
            for file in files::below(input)? {
                file.hash(&mut hasher);
                fs::read(&file)?.hash(&mut hasher);
            }
        }
        let file = paths::target().join(format!("xtask/{name}.stamp"));
        Ok(Self { file, content: format!("{:016x}", hasher.finish()) })
    }

    fn is_current(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|kept| kept == self.content)
    }

    fn keep(&self) -> Result<()> {
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)?;
        }
        Ok(fs::write(&self.file, &self.content)?)
    }
}
