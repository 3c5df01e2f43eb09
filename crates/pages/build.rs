//! Embeds every template, so that the binary needs no files beside it.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

fn main() -> io::Result<()> {
    let root =
        Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../../templates");
    println!("cargo:rerun-if-changed={}", root.display());
    let mut found = Vec::new();
    collect(&root, &mut found)?;
    found.sort();
    let root = root.canonicalize()?;
    let mut lines = Vec::new();
    for path in found {
        let path = path.canonicalize()?;
        let name = path.strip_prefix(&root).unwrap_or(&path);
        let (name, path) = (name.to_string_lossy(), path.to_string_lossy());
        lines.push(format!("({name:?}, include_str!({path:?}))"));
    }
    let list = format!("&[{}]", lines.join(",\n"));
    fs::write(Path::new(&env::var("OUT_DIR").unwrap_or_default()).join("templates.rs"), list)
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            // A change inside a folder does not touch the folder above it.
            println!("cargo:rerun-if-changed={}", path.display());
            collect(&path, found)?;
        } else if path.extension().is_some_and(|ending| ending == "html" || ending == "txt") {
            println!("cargo:rerun-if-changed={}", path.display());
            found.push(path);
        }
    }
    Ok(())
}
