//! The role of a service provider: endpoints, keys, attribute sets.

use super::{MetadataCheck, MetadataProfile, Problem, is_acceptable, named, order, text};
use crate::{
    metadata::CIE_ATTRIBUTES,
    names::{BINDING_POST, BINDING_REDIRECT, FORMAT_TRANSIENT, NS_PROTOCOL, NS_XML},
};
use roxmltree::Node;
use std::collections::HashSet;

const ORDER: [&str; 5] = [
    "KeyDescriptor",
    "SingleLogoutService",
    "NameIDFormat",
    "AssertionConsumerService",
    "AttributeConsumingService",
];
/// Names that SPID knows (its table of attributes).
const SPID_ATTRIBUTES: [&str; 23] = [
    "address",
    "companyFiscalNumber",
    "companyName",
    "countyOfBirth",
    "dateOfBirth",
    "digitalAddress",
    "domicileMunicipality",
    "domicileNation",
    "domicilePostalCode",
    "domicileProvince",
    "domicileStreetAddress",
    "email",
    "expirationDate",
    "familyName",
    "fiscalNumber",
    "gender",
    "idCard",
    "ivaCode",
    "mobilePhone",
    "name",
    "placeOfBirth",
    "registeredOffice",
    "spidCode",
];

pub(super) fn check(root: Node<'_, '_>, check: &MetadataCheck) -> Vec<Problem> {
    let roles: Vec<_> = named(root, "SPSSODescriptor").collect();
    let [role] = roles.as_slice() else {
        return vec![Problem::new("role_count", roles.len().to_string())];
    };
    let mut problems = order(*role, &ORDER);
    let attributes = [
        ("protocolSupportEnumeration", NS_PROTOCOL),
        ("AuthnRequestsSigned", "true"),
        ("WantAssertionsSigned", "true"),
    ];
    for (attribute, value) in attributes {
        if role.attribute(attribute) != Some(value) {
            problems.push(Problem::new("role_attribute", attribute));
        }
    }
    let formats: Vec<_> = named(*role, "NameIDFormat").map(text).collect();
    if formats != [FORMAT_TRANSIENT] {
        problems.push(Problem::new("name_id_format", formats.join(" ")));
    }
    problems.extend(logout(*role, check));
    problems.extend(consumers(*role, check));
    problems.extend(attribute_sets(*role, check.profile));
    problems
}

fn logout(role: Node<'_, '_>, check: &MetadataCheck) -> Vec<Problem> {
    let services: Vec<_> = named(role, "SingleLogoutService").collect();
    let mut problems = Vec::new();
    // CIE demands the redirect; SPID is content with either.
    let bindings: HashSet<_> =
        services.iter().filter_map(|node| node.attribute("Binding")).collect();
    let enough = bindings.contains(BINDING_REDIRECT)
        || bindings.contains(BINDING_POST) && check.profile != MetadataProfile::CiePublic;
    if !enough {
        problems.push(Problem::new("logout_binding", ""));
    }
    for location in services.iter().map(|node| node.attribute("Location").unwrap_or_default()) {
        if !is_acceptable(location, check) {
            problems.push(Problem::new("logout_location", location));
        }
    }
    problems
}

/// The first one is number 0 and the only default.
fn consumers(role: Node<'_, '_>, check: &MetadataCheck) -> Vec<Problem> {
    let services: Vec<_> = named(role, "AssertionConsumerService").collect();
    let mut problems = Vec::new();
    let is_default = |node: &Node<'_, '_>| node.attribute("isDefault") == Some("true");
    let first = services.first();
    let good = first.is_some_and(|node| node.attribute("index") == Some("0") && is_default(node))
        && services.iter().filter(|node| is_default(node)).count() == 1;
    if !good {
        problems.push(Problem::new("consumer_default", ""));
    }
    for service in services {
        let location = service.attribute("Location").unwrap_or_default();
        if service.attribute("Binding") != Some(BINDING_POST) || !is_acceptable(location, check) {
            problems.push(Problem::new("consumer_location", location));
        }
    }
    problems
}

fn attribute_sets(role: Node<'_, '_>, profile: MetadataProfile) -> Vec<Problem> {
    let known: &[&str] = match profile {
        MetadataProfile::CiePublic => &CIE_ATTRIBUTES,
        MetadataProfile::SpidPublic | MetadataProfile::SpidAggregated => &SPID_ATTRIBUTES,
    };
    let mut problems = Vec::new();
    let mut indexes = HashSet::new();
    for set in named(role, "AttributeConsumingService") {
        let index = set.attribute("index").and_then(|index| index.parse::<u16>().ok());
        let label = index.map(|index| index.to_string()).unwrap_or_default();
        if index.is_none() || !indexes.insert(index) {
            problems.push(Problem::new("attribute_set_index", label.as_str()));
        }
        let mut names = named(set, "ServiceName");
        let is_named =
            |node: Node<'_, '_>| node.has_attribute((NS_XML, "lang")) && !text(node).is_empty();
        if !names.any(is_named) {
            problems.push(Problem::new("attribute_set_name", label.as_str()));
        }
        let requested: Vec<_> = named(set, "RequestedAttribute")
            .map(|node| node.attribute("Name").unwrap_or_default())
            .collect();
        let distinct: HashSet<_> = requested.iter().collect();
        if requested.is_empty() || distinct.len() != requested.len() {
            problems.push(Problem::new("attribute_set_content", label.as_str()));
        }
        for unknown in requested.iter().filter(|name| !known.contains(name)) {
            problems.push(Problem::new("attribute_unknown", *unknown));
        }
    }
    if indexes.is_empty() {
        problems.push(Problem::new("attribute_set_count", "0"));
    }
    problems
}
