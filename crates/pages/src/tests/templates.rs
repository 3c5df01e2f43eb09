//! Templates and page types fit one to one, and a template asks only for what its page has.

use super::{engine, everything};
use crate::{MAILS, PAGES, engine::TEMPLATES};
use regex::Regex;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const SURROUNDINGS: [&str; 5] = ["frame", "locale", "mount", "keeps_typed", "holds_typed"];

#[test]
fn every_screen_template_has_exactly_one_page_type() {
    let shared = |name: &str| {
        ["layouts/", "components/", "mail/"].iter().any(|folder| name.starts_with(folder))
    };
    let files: BTreeSet<&str> =
        TEMPLATES.iter().map(|(name, _)| *name).filter(|name| !shared(name)).collect();
    let types: Vec<&str> = PAGES.iter().map(|entry| entry.template).collect();
    assert_eq!(files, types.iter().copied().collect());
    assert_eq!(files.len(), types.len(), "two page types share a template");
}

#[test]
fn every_mail_folder_has_exactly_one_mail_type() {
    let files: BTreeSet<String> = TEMPLATES
        .iter()
        .filter_map(|(name, _)| name.strip_prefix("mail/"))
        .filter(|n| n.contains('/'))
        .map(str::to_owned)
        .collect();
    let wanted: BTreeSet<String> = MAILS
        .iter()
        .flat_map(|entry| {
            ["subject.txt", "body.txt", "body.html"].map(|part| format!("{}/{part}", entry.stem))
        })
        .collect();
    assert_eq!(files, wanted);
}

#[test]
fn top_level_variables_exist_in_the_page() {
    let engine = engine();
    for page in everything() {
        let known = page.sample.values.as_object().unwrap();
        for name in engine.variables(page.template) {
            assert!(
                known.contains_key(&name) || SURROUNDINGS.contains(&name.as_str()),
                "{}: {name}",
                page.template
            );
        }
    }
}

/// An undefined field is silently false in `if`: this finds a misspelt one.
#[test]
fn dotted_paths_exist_in_some_sample() {
    let mut values: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for page in everything() {
        let mut value = page.sample.values.clone();
        value
            .as_object_mut()
            .unwrap()
            .insert("frame".into(), serde_json::to_value(&page.frame).unwrap());
        values.entry(page.template).or_default().push(value.clone());
        values.entry("layouts/").or_default().push(value);
    }
    let (tags, path) =
        (Regex::new(r"\{[{%](.*?)[}%]\}").unwrap(), Regex::new(r"[a-z_]+(?:\.[a-z_]+)+").unwrap());
    let strings = Regex::new(r#""[^"]*"|</?[a-z_.]+"#).unwrap();
    for (name, source) in TEMPLATES {
        let Some(seen) = values.get(if name.starts_with("layouts/") { "layouts/" } else { name })
        else {
            continue;
        };
        for tag in tags.captures_iter(source) {
            let bare = strings.replace_all(&tag[1], "");
            for found in path.find_iter(&bare) {
                assert!(exists(seen, found.as_str()), "{name}: {}", found.as_str());
            }
        }
    }
}

/// Whether the path leads somewhere in one of the samples; lists and absent values are not followed.
fn exists(samples: &[Value], path: &str) -> bool {
    samples.iter().any(|sample| {
        let mut here = sample;
        for (depth, part) in path.split('.').enumerate() {
            match here.as_object().map(|map| map.get(part)) {
                Some(Some(next)) => here = next,
                // A loop variable or a component's name is not a field of the page.
                Some(None) => return depth == 0,
                None => return here.is_null() || here.is_array(),
            }
        }
        true
    })
}
