//! Passwords and keys that one demo or test run makes for itself.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

/// What a set of servers needs to be reached; kept beside their data, readable by its owner only.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Keys {
    /// Superuser `postgres` of the private cluster.
    pub(crate) postgres: String,
    /// Role that owns the schema.
    pub(crate) owner: String,
    /// Role of the running programs.
    pub(crate) app: String,
    /// Redis.
    pub(crate) redis: String,
    /// The operator's key, which wraps the tenants' keys: 32 bytes in base64.
    pub(crate) operator: String,
}

impl Keys {
    /// One of its own for every role.
    fn fresh() -> Result<Self> {
        Ok(Self {
            postgres: password()?,
            owner: password()?,
            app: password()?,
            redis: password()?,
            operator: STANDARD.encode(random()?),
        })
    }

    /// One password for all roles: tests take it from `PGPASSWORD`, whatever role they speak as.
    pub(crate) fn shared() -> Result<Self> {
        let one = password()?;
        let keys = Self::fresh()?;
        Ok(Self { postgres: one.clone(), owner: one.clone(), app: one, ..keys })
    }

    /// Reads the keys of `folder`, or makes them.
    pub(crate) fn load_or_create(folder: &Path, make: fn() -> Result<Self>) -> Result<Self> {
        let file = folder.join("keys.json");
        if let Ok(text) = fs::read(&file) {
            return serde_json::from_slice(&text)
                .with_context(|| format!("{} is damaged", file.display()));
        }
        let keys = make()?;
        write_private(&file, &serde_json::to_vec_pretty(&keys)?)?;
        Ok(keys)
    }

    /// Reads the keys of `folder`, or makes one for every role.
    pub(crate) fn of_folder(folder: &Path) -> Result<Self> {
        Self::load_or_create(folder, Self::fresh)
    }
}

/// Writes a file that only its owner reads.
pub(crate) fn write_private(file: &Path, content: &[u8]) -> Result<()> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(true).write(true).mode(0o600);
    let mut open =
        options.open(file).with_context(|| format!("cannot write {}", file.display()))?;
    open.write_all(content)?;
    Ok(())
}

fn password() -> Result<String> {
    Ok(URL_SAFE_NO_PAD.encode(random()?))
}

fn random() -> Result<[u8; 32]> {
    let mut bytes = [0; 32];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes)
}
