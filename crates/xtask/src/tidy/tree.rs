//! What may lie where: the top level is fixed, `mod.rs` is not used, no text knows where it was made.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::{Fault, Source};

/// Not ours: build results, fetched packages, the demo's data, the history.
pub(super) const IGNORED: [&str; 5] = ["target", "node_modules", ".git", ".demo", "Cargo.lock"];

const TOP_LEVEL: [&str; 20] = [
    ".cargo",
    ".ci",
    ".clippy.toml",
    ".deny.toml",
    ".dockerignore",
    ".gitattributes",
    ".gitignore",
    ".rustfmt.toml",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "crates",
    "helm",
    "locales",
    "migrations",
    "publiccode.yml",
    "templates",
    "tenants",
    "tests",
    "Containerfile",
];

/// Folders that must explain themselves.
const EXPLAINED: [&str; 8] =
    ["", "crates/", "tests/", "templates/", "locales/", "migrations/", "helm/", "tenants/"];

/// Package hosts and paths of one machine; a clone elsewhere must not know them.
const PLACES: [&str; 8] = [
    concat!("registry.", "npmjs.org"),
    concat!("crates", ".io/"),
    concat!("static.", "crates.io"),
    concat!("index.", "crates.io"),
    concat!("deb.", "debian.org"),
    concat!("deb.", "nodesource.com"),
    concat!("/wor", "k/"),
    concat!("/ro", "ot/"),
];

/// The names at the top of the checkout.
pub(super) fn top_level(root: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(root)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

/// The top level and its explanations.
pub(super) fn check(root: &Path) -> Result<Vec<Fault>> {
    let mut faults = Vec::new();
    for name in top_level(root)? {
        if !TOP_LEVEL.contains(&name.as_str()) && !IGNORED.contains(&name.as_str()) {
            faults.push(Fault::new(&name, "the top level is fixed; put it where it belongs"));
        }
    }
    for folder in EXPLAINED {
        if !root.join(folder).join("README.md").exists() {
            faults.push(Fault::new(&format!("{folder}README.md"), "missing: what lives here"));
        }
    }
    Ok(faults)
}

/// Rules about a file's name and about words that no text may contain.
pub(super) fn words(source: &Source) -> Vec<Fault> {
    let mut faults = Vec::new();
    if source.path.ends_with("/mod.rs") && source.home() != "tests" {
        faults.push(Fault::new(&source.path, "use foo.rs beside foo/"));
    }
    for (index, line) in source.text.lines().enumerate() {
        if let Some(place) = PLACES.iter().find(|place| line.contains(*place)) {
            faults.push(Fault::at(&source.path, index, format!("names {place:?}")));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::{Source, check, words};
    use crate::paths;

    fn faults(path: &str, text: &str) -> usize {
        words(&Source { path: path.to_owned(), text: text.to_owned() }).len()
    }

    #[test]
    fn places_and_module_files_are_found() {
        assert_eq!(faults("crates/a/src/b.rs", concat!("open(\"/wor", "k/x\")")), 1);
        assert_eq!(faults("crates/a/src/b/mod.rs", ""), 1);
        assert_eq!(faults("locales/it.yml", "a: b"), 0);
    }

    #[test]
    fn a_strange_top_level_is_refused() {
        let strange = paths::root().join("crates/xtask");
        let names: Vec<String> = check(&strange).unwrap().iter().map(ToString::to_string).collect();
        assert!(names.iter().any(|fault| fault.starts_with("src:")));
        assert!(names.iter().any(|fault| fault.starts_with("helm/README.md:")));
    }
}
