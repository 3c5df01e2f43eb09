//! `cargo xtask tidy`: the project's own rules, each a small check with its reason; also run as a test.

mod dependencies;
mod environment;
mod layers;
mod lines;
mod names;
mod sizes;
mod sql;
mod tree;

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Result, bail};

use crate::args::Args;
use crate::{files, paths, progress};

/// A place that breaks a rule.
#[derive(Debug, PartialEq, Eq)]
struct Fault {
    /// Path below the checkout, with a line where one is known.
    place: String,
    /// The rule and what to do.
    rule: String,
}

impl Fault {
    fn new(file: &str, rule: impl Into<String>) -> Self {
        Self { place: file.to_owned(), rule: rule.into() }
    }

    fn at(file: &str, index: usize, rule: impl Into<String>) -> Self {
        Self { place: format!("{file}:{}", index + 1), rule: rule.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.place, self.rule)
    }
}

/// A text file of the checkout.
struct Source {
    /// Path below the checkout, with slashes.
    path: String,
    text: String,
}

impl Source {
    fn is(&self, ending: &str) -> bool {
        Path::new(&self.path).extension().is_some_and(|found| found == ending)
    }

    /// The crate under `crates/` it belongs to, or the first folder of its path.
    fn home(&self) -> &str {
        let inside = self.path.strip_prefix("crates/").unwrap_or(&self.path);
        inside.split('/').next().unwrap_or_default()
    }
}

/// The checks as a command.
pub(crate) fn run(args: Args) -> Result<()> {
    args.finish()?;
    report()
}

/// Runs every check; fails with the list of faults.
pub(crate) fn report() -> Result<()> {
    progress::step("Tidy checks");
    let root = paths::root();
    let sources = sources(&root)?;
    for long in lines::long(&sources) {
        progress::note(&format!("warning: {long}"));
    }
    for line in sizes::measure(&root, &sources)?.lines() {
        progress::note(&line);
    }
    let faults = faults(&root, &sources)?;
    if faults.is_empty() {
        progress::note(&format!("{} files", sources.len()));
        return Ok(());
    }
    let list: Vec<String> = faults.iter().map(ToString::to_string).collect();
    bail!("{} faults\n  {}", list.len(), list.join("\n  "))
}

fn faults(root: &Path, sources: &[Source]) -> Result<Vec<Fault>> {
    let mut faults = layers::check(root)?;
    faults.extend(tree::check(root)?);
    faults.extend(sizes::measure(root, sources)?.faults());
    faults.extend(dependencies::check(sources)?);
    for check in [tree::words, lines::check, names::check, sql::check, environment::check] {
        faults.extend(sources.iter().flat_map(check));
    }
    Ok(faults)
}

/// Every text file that we wrote: no build results, no fetched packages, no lock files.
fn sources(root: &Path) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    for name in tree::top_level(root)? {
        if tree::IGNORED.contains(&name.as_str()) {
            continue;
        }
        for file in files::below_but(&root.join(&name), &tree::IGNORED)? {
            let path = file.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
            if let Ok(text) = fs::read_to_string(&file) {
                sources.push(Source { path, text });
            }
        }
    }
    Ok(sources)
}

#[cfg(test)]
mod tests {
    use super::{faults, paths, sources};

    #[test]
    fn the_checkout_is_tidy() {
        let root = paths::root();
        let sources = sources(&root).unwrap();
        assert!(sources.len() > 50, "the walk found the checkout");
        let faults = faults(&root, &sources).unwrap();
        let list: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert!(list.is_empty(), "{}", list.join("\n"));
    }
}
