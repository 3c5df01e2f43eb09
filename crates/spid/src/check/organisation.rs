//! The organisation: three texts in the same languages, Italian among them.

use super::{Problem, named, order, text};
use crate::names::NS_XML;
use roxmltree::Node;
use std::collections::BTreeSet;

const TEXTS: [&str; 3] = ["OrganizationName", "OrganizationDisplayName", "OrganizationURL"];

/// The Italian text of this name.
pub(super) fn italian(root: Node<'_, '_>, name: &'static str) -> Option<String> {
    let organisation = named(root, "Organization").next()?;
    let mut texts = named(organisation, name);
    texts.find(|node| language(*node) == Some("it")).map(|node| text(node).to_owned())
}

pub(super) fn check(root: Node<'_, '_>) -> Vec<Problem> {
    let organisations: Vec<_> = named(root, "Organization").collect();
    let [organisation] = organisations.as_slice() else {
        return vec![Problem::new("organisation_count", organisations.len().to_string())];
    };
    let mut problems = order(*organisation, &TEXTS);
    let mut languages = BTreeSet::new();
    for name in TEXTS {
        let texts: Vec<_> = named(*organisation, name).collect();
        if texts.iter().any(|node| text(*node).trim().is_empty()) {
            problems.push(Problem::new("organisation_empty", name));
        }
        let found: BTreeSet<_> = texts.iter().filter_map(|node| language(*node)).collect();
        if found.len() != texts.len() || !found.contains("it") {
            problems.push(Problem::new("organisation_language", name));
        }
        languages.insert(found);
    }
    if languages.len() != 1 {
        problems.push(Problem::new("organisation_languages_differ", ""));
    }
    problems
}

fn language<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    node.attribute((NS_XML, "lang"))
}
