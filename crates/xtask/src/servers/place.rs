//! Where a cluster's data lie: in the given folder or, for root, where an unprivileged account can go.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, chown, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use super::Durability;
use crate::account;

/// Where what must last lies for root.
const DISK: &str = "/var/tmp";
/// Where what need not last may lie.
const MEMORY: &str = "/dev/shm";

/// Finds or makes the home of the cluster that belongs to `folder`.
///
/// Root's own folders are often closed to everybody else, and PostgreSQL does not run as root: the data
/// then lie under /var/tmp, in a folder named after `folder`, with a link back to them. What need not last lies
/// in memory where there is room: a database per test costs a file system half of the machine.
pub(crate) fn home(folder: &Path, durability: Durability) -> Result<PathBuf> {
    let folder =
        folder.canonicalize().with_context(|| format!("no folder {}", folder.display()))?;
    let Some(user) = account::unprivileged("postgres") else {
        return Ok(folder.join("postgresql"));
    };
    let in_memory = durability == Durability::Volatile && has_room(MEMORY);
    let home = shelter(if in_memory { MEMORY } else { DISK }, &folder);
    create_owned(&home, 0, 0o755)?;
    let data = home.join("postgresql");
    let (uid, gid) = account::numbers(user)?;
    create_owned(&data, uid, 0o700)?;
    chown(&data, Some(uid), Some(gid))?;
    let link = folder.join("postgresql");
    if fs::read_link(&link).is_ok_and(|target| target != data) {
        fs::remove_file(&link)?;
    }
    if fs::symlink_metadata(&link).is_err() {
        symlink(&data, link)?;
    }
    Ok(data)
}

/// Removes the cluster that belongs to `folder`.
pub(crate) fn remove(folder: &Path) -> Result<()> {
    let Ok(folder) = folder.canonicalize() else { return Ok(()) };
    for path in [shelter(MEMORY, &folder), shelter(DISK, &folder), folder.join("postgresql")] {
        let Ok(found) = fs::symlink_metadata(&path) else { continue };
        let removed =
            if found.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        removed.with_context(|| format!("cannot remove {}", path.display()))?;
    }
    Ok(())
}

/// Whether a file system in memory is there and has two gigabytes to spare.
fn has_room(path: &str) -> bool {
    let mut df = Command::new("df");
    df.args(["-Pk", path]).stderr(Stdio::null());
    let mut free = || -> Option<u64> {
        let output = String::from_utf8(df.output().ok()?.stdout).ok()?;
        let mut fields = output.lines().nth(1)?.split_whitespace();
        let in_memory = fields.next()?.ends_with("tmpfs");
        let free = fields.nth(2)?.parse().ok()?;
        in_memory.then_some(free)
    };
    free().is_some_and(|kilobytes| kilobytes > 2 * 1024 * 1024)
}

fn shelter(root: &str, folder: &Path) -> PathBuf {
    let mut hasher = DefaultHasher::new();
    folder.hash(&mut hasher);
    Path::new(root).join(format!("campanella-{:016x}", hasher.finish()))
}

/// Everybody may write there: a folder that somebody else has put there is refused.
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
