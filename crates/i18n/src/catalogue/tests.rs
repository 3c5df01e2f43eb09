//! The locale files are complete, sorted, alike in every language, and wholly used.

mod literals;

use super::{fill, locale_keys, missing_count, t};
use crate::plurals;
use domain::Locale;
use regex::Regex;
use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    fs,
    path::{Path, PathBuf},
};

/// Keys that are composed from a number or a typed value; each prefix is owned by one function.
const COMPOSED: &[&str] = &[
    "errors.answer.",
    "errors.doubt.",
    "errors.password.",
    "errors.upload.",
    "identity.refused.advice.",
    "identity.refused.text.",
    "office.actor.",
    "office.identity.",
    "office.verb.",
    "shared.month.",
    "shared.school_service.",
    "shared.state.",
    "shared.weekday.",
    "site.about.",
    "site.hard.",
    "site.liked.",
    "site.outcome.",
];

const PLURAL_FORMS: &[&str] = &["zero", "one", "two", "few", "many", "other"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, endings, found);
        } else if path.extension().is_some_and(|e| endings.iter().any(|known| e == *known)) {
            found.push(path);
        }
    }
}

fn sources() -> String {
    let mut found = Vec::new();
    files(&root().join("templates"), &["html", "txt", "typ"], &mut found);
    files(&root().join("crates"), &["rs"], &mut found);
    found.retain(|path| !path.components().any(|part| part.as_os_str() == "node_modules"));
    found.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}

fn locale_files() -> Vec<PathBuf> {
    let mut found = Vec::new();
    files(&root().join("locales"), &["yml"], &mut found);
    found
}

/// Key without its plural form, and the form.
fn parted(key: &str) -> (&str, Option<&str>) {
    match key.rsplit_once('.') {
        Some((base, form)) if PLURAL_FORMS.contains(&form) => (base, Some(form)),
        _ => (key, None),
    }
}

fn base_keys() -> BTreeSet<String> {
    locale_keys(Locale::It).keys().map(|key| parted(key).0.to_owned()).collect()
}

/// Texts of one language by key, each with its plural forms.
fn texts(locale: Locale) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut texts = BTreeMap::<String, BTreeMap<String, String>>::new();
    for (key, text) in locale_keys(locale) {
        let (base, form) = parted(&key);
        texts.entry(base.to_owned()).or_default().insert(form.unwrap_or_default().to_owned(), text);
    }
    texts
}

fn placeholders(text: &str) -> BTreeSet<String> {
    // No regular expression: they are slow without optimisation, and this is asked thousands of times.
    let after = text.split("%{").skip(1);
    after.filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect()
}

#[test]
fn every_language_has_the_same_keys_and_placeholders() {
    let italian = texts(Locale::It);
    assert!(!italian.is_empty());
    for locale in Locale::ALL {
        let other = texts(locale);
        // The office reads Italian only.
        for (key, forms) in italian.iter().filter(|(key, _)| !key.starts_with("office.")) {
            let theirs = other.get(key).unwrap_or_else(|| panic!("{locale} lacks {key}"));
            same_in(locale, key, forms, theirs);
        }
        for key in other.keys() {
            assert!(italian.contains_key(key), "{key} exists only in {locale}");
        }
    }
}

/// A plural text has the forms of its language; the few that mean one exact number may leave the number out.
fn same_in(
    locale: Locale,
    key: &str,
    italian: &BTreeMap<String, String>,
    theirs: &BTreeMap<String, String>,
) {
    let forms: Vec<&str> = theirs.keys().map(String::as_str).collect();
    let plural = italian.contains_key("other");
    let expected = if plural { plurals::forms(locale) } else { vec![""] };
    assert_eq!(forms, expected, "{key} in {locale}");
    let wanted = italian.values().next_back().map(|text| placeholders(text)).unwrap_or_default();
    for (form, text) in theirs {
        let mut wanted = wanted.clone();
        if matches!(form.as_str(), "zero" | "one" | "two") && !text.contains("%{count}") {
            wanted.remove("count");
        }
        assert_eq!(wanted, placeholders(text), "{key} {form} in {locale}");
        assert!(!text.trim().is_empty(), "{key} is empty in {locale}");
    }
}

#[test]
fn locale_files_hold_one_area_with_sorted_one_line_keys() {
    let line_form = Regex::new(r"^( *)([a-z][a-z0-9_]*):(?: (.+))?$").unwrap();
    for path in locale_files() {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let mut last: Vec<(usize, String)> = Vec::new();
        for line in fs::read_to_string(&path).unwrap().lines() {
            let Some(parts) = line_form.captures(line) else {
                assert!(line.is_empty() || line.starts_with('#'), "{name}: {line}");
                continue;
            };
            let (depth, key) = (parts[1].len(), parts[2].to_owned());
            assert!(
                depth > 0 || name.starts_with(&format!("{key}.")),
                "{name}: {key} is not its area"
            );
            last.retain(|(level, _)| *level <= depth);
            if let Some((level, previous)) = last.last().cloned()
                && level == depth
            {
                assert!(previous < key, "{name}: {key} must stand before {previous}");
                last.pop();
            }
            last.push((depth, key));
        }
    }
}

#[test]
fn every_key_named_in_a_template_or_in_rust_exists() {
    let calls = ["t(", "n(", "try_t(", "plural(", "Message::new(", "key=", "key ="];
    let named = Regex::new(
        r#"(?:\b(?:t|n|try_t|plural|Message::new)\(\s*(?:[\w.]+,\s*)?(?:key\s*=\s*)?|\bkey=|_key=)"([a-z]+(?:\.[a-z0-9_]+)+)""#,
    )
    .unwrap();
    let (known, text) = (base_keys(), sources());
    // The regular expression is slow without optimisation: most lines cannot match it.
    let lines = text.lines().filter(|line| calls.iter().any(|call| line.contains(call)));
    let unknown: BTreeSet<&str> = lines
        .flat_map(|line| named.captures_iter(line))
        .map(|found| found.get(1).unwrap().as_str())
        .filter(|key| !known.contains(*key))
        .collect();
    assert!(unknown.is_empty(), "{unknown:#?}");
}

#[test]
fn every_key_is_used() {
    let text = sources();
    let quoted: HashSet<&str> = text.split('"').collect();
    let unused: Vec<String> = base_keys()
        .into_iter()
        .filter(|key| {
            !quoted.contains(key.as_str()) && !COMPOSED.iter().any(|p| key.starts_with(p))
        })
        .collect();
    assert!(unused.is_empty(), "{unused:#?}");
}

#[test]
fn missing_keys_and_placeholders_are_counted_and_do_not_fail() {
    let before = missing_count();
    assert_eq!(t(Locale::It, "no such key", &[]), "no such key");
    assert_eq!(fill(Locale::It, "a %{x} b %{y} %{", &[("x", "1")]), "a 1 b y %{");
    assert_eq!(missing_count(), before + 2);
}
