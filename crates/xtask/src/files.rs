//! Files and folders: listed in a fixed order, made equal.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Every file below `path`, which may be a file itself, sorted.
pub(crate) fn below(path: &Path) -> Result<Vec<PathBuf>> {
    below_but(path, &[])
}

/// The same without the files and folders of these names.
pub(crate) fn below_but(path: &Path, ignored: &[&str]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    collect(path, ignored, &mut found)?;
    found.sort();
    Ok(found)
}

fn collect(path: &Path, ignored: &[&str], found: &mut Vec<PathBuf>) -> Result<()> {
    if ignored.iter().any(|name| path.ends_with(name)) {
        return Ok(());
    }
    if !path.is_dir() {
        found.push(path.to_owned());
        return Ok(());
    }
    let entries = fs::read_dir(path).with_context(|| format!("cannot list {}", path.display()))?;
    for entry in entries {
        collect(&entry?.path(), ignored, found)?;
    }
    Ok(())
}

/// Makes `to` hold exactly the files of `from`, without touching those that are equal already.
pub(crate) fn mirror(from: &Path, to: &Path) -> Result<()> {
    let mut wanted = BTreeSet::new();
    for file in below(from)? {
        let target = to.join(file.strip_prefix(from)?);
        let content = fs::read(&file)?;
        if fs::read(&target).ok().as_ref() != Some(&content) {
            if let Some(folder) = target.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(&target, content)?;
        }
        wanted.insert(target);
    }
    for stale in below(to)?.into_iter().filter(|file| !wanted.contains(file)) {
        fs::remove_file(stale)?;
    }
    Ok(())
}
