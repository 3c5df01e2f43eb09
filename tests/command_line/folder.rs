//! A copy of the tenants' files of the tests, to be changed.

use std::{fs, path::Path};
use support::environment;
use tempfile::TempDir;

/// A folder with the comuni alfa and beta.
pub struct Folder(TempDir);

impl Folder {
    /// A fresh copy.
    pub fn copy() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        copy(&environment::root().join("tests/fixtures/tenants"), folder.0.path());
        folder
    }

    /// Its path.
    pub fn path(&self) -> &str {
        self.0.path().to_str().unwrap()
    }

    /// Writes something else in a file; the number of the changed line.
    pub fn change(&self, file: &str, old: &str, new: &str) -> usize {
        let path = self.0.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        let (before, _) = text.split_once(old).unwrap_or_else(|| panic!("no {old} in {file}"));
        fs::write(&path, text.replacen(old, new, 1)).unwrap();
        before.matches('\n').count() + 1
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
