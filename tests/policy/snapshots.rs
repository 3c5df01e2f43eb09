//! Every snapshot belongs to a test, and every test finds its snapshot.

use regex::Regex;
use std::{collections::BTreeSet, fs, path::Path};
use support::environment;

#[test]
fn no_snapshot_is_left_behind() {
    let tests = environment::root().join("tests");
    let mut files = Vec::new();
    collect(&tests, &mut files);
    let pattern = Regex::new(r#"assert_(?:[a-z]+_)?snapshot!\(\s*"([a-z0-9_]+)""#).unwrap();
    let mut named = BTreeSet::new();
    let mut kept = BTreeSet::new();
    for file in &files {
        match file.extension().and_then(|end| end.to_str()) {
            Some("rs") => {
                let text = fs::read_to_string(file).unwrap();
                named.extend(pattern.captures_iter(&text).map(|found| found[1].to_owned()));
            }
            Some("snap") => {
                let name = file.file_stem().unwrap().to_string_lossy();
                kept.insert(name.rsplit("__").next().unwrap_or_default().to_owned());
            }
            Some("new") => panic!("{} was not accepted yet", file.display()),
            _ => {}
        }
    }
    assert_eq!(named, kept, "names in the tests, and files");
}

fn collect(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { collect(&path, files) } else { files.push(path) }
    }
}
