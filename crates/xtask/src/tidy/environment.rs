//! Only `campanella` reads the environment; every other crate is given its settings.

use super::{Fault, Source};

/// These run on a developer's machine and are told things that way.
const EXEMPT: [&str; 3] = ["campanella", "tests", "xtask"];
const READS: [&str; 3] = ["env::var(", "env::var_os(", "env::vars("];

/// Reads of the environment where none belong; build scripts and unit tests have no other way.
pub(super) fn check(source: &Source) -> Vec<Fault> {
    let path = &source.path;
    let apart =
        path.ends_with("/build.rs") || path.ends_with("/tests.rs") || path.contains("/tests/");
    if !source.is("rs") || apart || EXEMPT.contains(&source.home()) {
        return Vec::new();
    }
    let lines = source.text.lines().enumerate();
    lines
        .filter(|(_, line)| READS.iter().any(|read| line.contains(read)))
        .map(|(index, _)| Fault::at(&source.path, index, "only campanella reads the environment"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Source, check};

    #[test]
    fn reads_are_found_where_none_belong() {
        let source =
            |path: &str| Source { path: path.to_owned(), text: "std::env::var(\"X\")".into() };
        assert_eq!(check(&source("crates/web/src/a.rs")).len(), 1);
        assert_eq!(check(&source("crates/web/build.rs")).len(), 0);
        assert_eq!(check(&source("crates/campanella/src/a.rs")).len(), 0);
    }
}
