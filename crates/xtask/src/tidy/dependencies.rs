//! No crate asks for a package that its sources do not name.

use anyhow::{Context, Result};
use toml::Table;

use super::{Fault, Source};

/// Dependencies that no line names: the manifest's folder, the package, and why it is there.
const UNNAMED: &[(&str, &str, &str)] = &[];
const KINDS: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

/// Compares every manifest with the sources beside it.
pub(super) fn check(sources: &[Source]) -> Result<Vec<Fault>> {
    let mut faults = Vec::new();
    for manifest in sources.iter().filter(|source| source.path.ends_with("/Cargo.toml")) {
        let folder = manifest.path.trim_end_matches("Cargo.toml");
        let beside = |source: &&Source| source.is("rs") && source.path.starts_with(folder);
        let texts: Vec<&str> = sources.iter().filter(beside).map(|own| own.text.as_str()).collect();
        let known =
            |name: &str| UNNAMED.iter().any(|(at, known, _)| *at == folder && *known == name);
        for name in asked_for(&manifest.text).with_context(|| manifest.path.clone())? {
            if !known(&name) && !texts.iter().any(|text| names(text, &name)) {
                let rule = format!("{name} is not named in any source: take it out");
                faults.push(Fault::new(&manifest.path, rule));
            }
        }
    }
    Ok(faults)
}

/// The packages of a manifest.
fn asked_for(manifest: &str) -> Result<Vec<String>> {
    let table: Table = manifest.parse()?;
    let kinds = KINDS.iter().filter_map(|kind| table.get(*kind)?.as_table());
    Ok(kinds.flat_map(|kind| kind.keys().cloned()).collect())
}

/// Whether a source uses a package: `name::…`, or `use name`.
fn names(text: &str, package: &str) -> bool {
    let name = package.replace('-', "_");
    let inside = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(name.as_str()).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + name.len()..]);
        !before.ends_with(inside)
            && (after.starts_with("::") || before.ends_with("use ") && !after.starts_with(inside))
    })
}

#[cfg(test)]
mod tests {
    use super::{Source, check, names};

    #[test]
    fn a_package_is_used_by_its_path_or_its_name() {
        assert!(names("use tower_http::trace;", "tower-http"));
        assert!(names("#[tokio::main]", "tokio"));
        assert!(names("use mail;", "mail"));
        assert!(!names("// a mail is sent", "mail"));
        assert!(!names("use axum_extra::extract;", "axum"));
        assert!(!names("email::send()", "mail"));
    }

    #[test]
    fn an_unused_package_is_a_fault_of_its_manifest() {
        let manifest = "[dependencies]\nurl.workspace = true\n[dev-dependencies]\ncsv = \"1\"\n";
        let files = [("crates/x/Cargo.toml", manifest), ("crates/x/src/a.rs", "use url::Url;")];
        let sources = files.map(|(path, text)| Source { path: path.into(), text: text.into() });
        let faults: Vec<String> =
            check(&sources).unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(faults, ["crates/x/Cargo.toml: csv is not named in any source: take it out"]);
    }
}
