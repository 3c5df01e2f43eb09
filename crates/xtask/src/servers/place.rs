//! Where a cluster's data lie: in the given folder or, for root, where an unprivileged account can go.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, chown, symlink};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::account;

/// Finds or makes the home of the cluster that belongs to `folder`.
///
/// Root's own folders are often closed to everybody else, and PostgreSQL does not run as root: the data
/// then lie under /var/tmp, in a folder named after `folder`, with a link back to them.
pub(crate) fn home(folder: &Path) -> Result<PathBuf> {
    let folder =
        folder.canonicalize().with_context(|| format!("no folder {}", folder.display()))?;
    let Some(user) = account::unprivileged("postgres") else {
        return Ok(folder.join("postgresql"));
    };
    let home = shelter(&folder);
    create_owned(&home, 0, 0o755)?;
    let data = home.join("postgresql");
    let (uid, gid) = account::numbers(user)?;
    create_owned(&data, uid, 0o700)?;
    chown(&data, Some(uid), Some(gid))?;
    let link = folder.join("postgresql");
    if fs::symlink_metadata(&link).is_err() {
        symlink(&data, link)?;
    }
    Ok(data)
}

/// Removes the cluster that belongs to `folder`.
pub(crate) fn remove(folder: &Path) -> Result<()> {
    let Ok(folder) = folder.canonicalize() else { return Ok(()) };
    for path in [shelter(&folder), folder.join("postgresql")] {
        let Ok(found) = fs::symlink_metadata(&path) else { continue };
        let removed =
            if found.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        removed.with_context(|| format!("cannot remove {}", path.display()))?;
    }
    Ok(())
}

fn shelter(folder: &Path) -> PathBuf {
    let mut hasher = DefaultHasher::new();
    folder.hash(&mut hasher);
    PathBuf::from(format!("/var/tmp/campanella-{:016x}", hasher.finish()))
}

/// Everybody may write in /var/tmp: a folder that somebody else has put there is refused.
fn create_owned(path: &Path, owner: u32, mode: u32) -> Result<()> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_dir() && (found.uid() == 0 || found.uid() == owner) => Ok(()),
        Ok(_) => bail!("{} exists and belongs to somebody else; remove it", path.display()),
        Err(_) => fs::DirBuilder::new()
            .mode(mode)
            .create(path)
            .with_context(|| format!("cannot create {}", path.display())),
    }
}
