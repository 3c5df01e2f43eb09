//! The contacts: how many, of which kind, with which codes.

use super::{MetadataProfile, Problem, child_text, named, order, organisation};
use crate::{
    metadata::is_institutional_email,
    names::{NS_CIE, NS_SPID},
};
use roxmltree::Node;

const EXTENSIONS_SPID: [&str; 5] =
    ["IPACode", "VATNumber", "FiscalCode", "Public", "PublicServicesFullAggregator"];

pub(super) fn check(root: Node<'_, '_>, profile: MetadataProfile) -> Vec<Problem> {
    let contacts: Vec<_> = named(root, "ContactPerson").collect();
    let mut problems: Vec<_> =
        contacts.iter().flat_map(|contact| each(*contact, profile)).collect();
    let name = organisation::italian(root, "OrganizationName");
    for contact in contacts.iter().filter(|contact| is_ours(**contact)) {
        let company = child_text(*contact, "Company");
        if company.is_some() && company != name.as_deref() {
            problems.push(Problem::new("contact_company", company.unwrap_or_default()));
        }
    }
    let kinds: Vec<_> = contacts.iter().map(|contact| kind(*contact)).collect();
    let expected: &[&[&str]] = match profile {
        MetadataProfile::SpidPublic => &[&["other"]],
        MetadataProfile::SpidAggregated => &[&["other spid:aggregator", "other spid:aggregated"]],
        MetadataProfile::CiePublic => &[&["administrative"], &["administrative", "technical"]],
    };
    if !expected.iter().any(|expected| *expected == kinds.as_slice()) {
        problems.push(Problem::new("contact_kinds", kinds.join(", ")));
    }
    problems
}

/// Whether the contact is the comune's, not an aggregator's or a company's.
fn is_ours(contact: Node<'_, '_>) -> bool {
    matches!(kind(contact).as_str(), "other" | "other spid:aggregated" | "administrative")
}

fn kind(contact: Node<'_, '_>) -> String {
    let contact_type = contact.attribute("contactType").unwrap_or_default();
    match contact.attribute((NS_SPID, "entityType")) {
        Some(entity_type) => format!("{contact_type} {entity_type}"),
        None => contact_type.to_owned(),
    }
}

fn each(contact: Node<'_, '_>, profile: MetadataProfile) -> Vec<Problem> {
    let mut problems =
        order(contact, &["Extensions", "Company", "EmailAddress", "TelephoneNumber"]);
    let kind = kind(contact);
    if !child_text(contact, "EmailAddress").is_some_and(is_institutional_email) {
        problems.push(Problem::new("contact_email", kind.as_str()));
    }
    let telephone = child_text(contact, "TelephoneNumber");
    if telephone.is_some_and(|number| !number.starts_with("+39") || number.contains(' ')) {
        problems.push(Problem::new("contact_telephone", kind.as_str()));
    }
    if profile != MetadataProfile::SpidPublic && child_text(contact, "Company").is_none() {
        problems.push(Problem::new("contact_company", kind.as_str()));
    }
    let Some(extensions) = named(contact, "Extensions").next() else {
        problems.push(Problem::new("contact_extensions", kind.as_str()));
        return problems;
    };
    let namespace = if profile == MetadataProfile::CiePublic { NS_CIE } else { NS_SPID };
    for extension in extensions.children().filter(Node::is_element) {
        if extension.tag_name().namespace() != Some(namespace) {
            problems.push(Problem::new("contact_extension_namespace", extension.tag_name().name()));
        }
    }
    if namespace == NS_SPID {
        problems.extend(order(extensions, &EXTENSIONS_SPID));
    }
    problems.extend(demanded(extensions, &kind));
    problems
}

/// What each kind of contact must carry; an activity is an empty element.
fn demanded(extensions: Node<'_, '_>, kind: &str) -> Vec<Problem> {
    let (codes, activity): (&[&str], &str) = match kind {
        "other spid:aggregator" => (&[], "PublicServicesFullAggregator"),
        "administrative" => (&["IPACode", "Municipality", "Country"], "Public"),
        "technical" => {
            (&["VATNumber", "FiscalCode", "NACE2Code", "Municipality", "Country"], "Private")
        }
        _ => (&["IPACode"], "Public"),
    };
    let missing =
        codes.iter().filter(|code| child_text(extensions, code).is_none_or(str::is_empty));
    let mut problems: Vec<_> = missing
        .map(|code| Problem::new("contact_code_missing", format!("{kind}: {code}")))
        .collect();
    if child_text(extensions, activity) != Some("") {
        problems.push(Problem::new("contact_activity", format!("{kind}: {activity}")));
    }
    let identified = ["IPACode", "VATNumber", "FiscalCode"];
    if !identified.iter().any(|code| child_text(extensions, code).is_some()) {
        problems.push(Problem::new("contact_unidentified", kind));
    }
    problems
}
