//! The table of WCAG's criteria in `browser/README.md` leaves none out and names tests that exist.

use regex::Regex;
use std::{collections::BTreeSet, fs, path::Path};
use support::environment;

/// Criteria of the levels A and AA of WCAG 2.2.
const CRITERIA: &str = "1.1.1 1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.3.2 1.3.3 1.3.4 1.3.5 1.4.1 1.4.2 1.4.3 1.4.4 1.4.5 \
    1.4.10 1.4.11 1.4.12 1.4.13 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 2.4.4 2.4.5 2.4.6 2.4.7 2.4.11 \
    2.5.1 2.5.2 2.5.3 2.5.4 2.5.7 2.5.8 3.1.1 3.1.2 3.2.1 3.2.2 3.2.3 3.2.4 3.2.6 3.3.1 3.3.2 3.3.3 3.3.4 3.3.7 3.3.8 \
    4.1.2 4.1.3";

fn rows() -> String {
    let file = environment::root().join("tests/browser/README.md");
    fs::read_to_string(file).expect("the table")
}

/// The numbers at the beginning of a row; a dash between two stands for all of them.
fn numbers(row: &str) -> BTreeSet<String> {
    let number = Regex::new(r"(\d\.\d\.)(\d+)(?: – \d\.\d\.(\d+))?").expect("a pattern");
    let cell = row.split('|').nth(1).unwrap_or_default();
    let mut found = BTreeSet::new();
    for part in number.captures_iter(cell) {
        let first: u8 = part[2].parse().expect("a number");
        let last = part.get(3).map_or(first, |last| last.as_str().parse().expect("a number"));
        found.extend((first..=last).map(|last| format!("{}{last}", &part[1])));
    }
    found
}

#[test]
fn no_criterion_of_the_levels_a_and_aa_is_left_out() {
    let rows = rows();
    let table = rows.split("Of level AAA").next().expect("the first table");
    let listed: BTreeSet<String> = table.lines().flat_map(numbers).collect();
    let wanted: BTreeSet<String> = CRITERIA.split_whitespace().map(str::to_owned).collect();
    assert_eq!(wanted.len(), 55);
    assert_eq!(listed, wanted);
}

fn sources(folder: &Path, into: &mut String) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|end| end == "rs") {
            into.push_str(&fs::read_to_string(&path).expect("a source"));
        }
    }
}

#[test]
fn every_test_that_the_table_names_exists() {
    let mut code = String::new();
    for folder in ["tests", "crates/pages/src", "crates/tenants/src"] {
        sources(&environment::root().join(folder), &mut code);
    }
    let rows = rows();
    let name = Regex::new(r"`([a-z][a-z0-9_]{15,})`").expect("a pattern");
    let named: BTreeSet<&str> = name
        .captures_iter(&rows)
        .filter_map(|found| found.get(1))
        .map(|name| name.as_str())
        .collect();
    assert!(named.len() > 15, "{named:?}");
    let missing: Vec<_> =
        named.iter().filter(|name| !code.contains(&format!("fn {name}("))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
