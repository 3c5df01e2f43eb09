//! The published certificates, and that they say the same as the document.

use super::{MetadataCheck, MetadataProfile, Problem, child_text, named, organisation};
use crate::{
    Certificate,
    certificate_profile::{
        POLICY_FULL_AGGREGATOR, POLICY_PUBLIC, check_certificate, public_identifier, subject_facts,
    },
    names::NS_DSIG,
};
use roxmltree::Node;

/// The signing certificates that can be read.
pub(super) fn published(root: Node<'_, '_>) -> Vec<Certificate> {
    let descriptors = named(root, "SPSSODescriptor").flat_map(|role| named(role, "KeyDescriptor"));
    descriptors
        .filter(|key| key.attribute("use") == Some("signing"))
        .flat_map(|key| key.descendants())
        .filter(|node| node.has_tag_name((NS_DSIG, "X509Certificate")))
        .filter_map(|node| Certificate::from_base64(node.text().unwrap_or_default()))
        .collect()
}

pub(super) fn check(root: Node<'_, '_>, check: &MetadataCheck) -> Vec<Problem> {
    let certificates = published(root);
    if certificates.is_empty() {
        return vec![Problem::new("no_signing_key", "")];
    }
    let policy = match check.profile {
        MetadataProfile::SpidPublic => Some(POLICY_PUBLIC),
        MetadataProfile::SpidAggregated => Some(POLICY_FULL_AGGREGATOR),
        MetadataProfile::CiePublic => None,
    };
    let mut problems = Vec::new();
    for certificate in &certificates {
        problems.extend(check_certificate(certificate, policy, check.now));
    }
    // The one that signs comes first; one that is on its way out may still bear an earlier name.
    if let Some(signing) = certificates.first()
        && check.profile == MetadataProfile::SpidPublic
    {
        problems.extend(agreement(root, signing));
    }
    problems
}

/// An aggregator's certificate names the aggregator: only that of a body by itself can be compared.
fn agreement(root: Node<'_, '_>, certificate: &Certificate) -> Vec<Problem> {
    let facts = subject_facts(certificate);
    let italian = |name| organisation::italian(root, name);
    let identifier = named(root, "ContactPerson")
        .filter_map(|contact| named(contact, "Extensions").next())
        .find_map(|extensions| child_text(extensions, "IPACode"))
        .and_then(public_identifier);
    let compared = [
        ("uri", facts.uri, root.attribute("entityID").map(str::to_owned)),
        ("organizationName", facts.organisation_name, italian("OrganizationName")),
        ("commonName", facts.common_name, italian("OrganizationDisplayName")),
        ("organizationIdentifier", facts.organisation_identifier, identifier),
    ];
    compared
        .into_iter()
        .filter(|(_, of_certificate, of_document)| of_certificate != of_document)
        .map(|(field, ..)| Problem::new("certificate_disagrees", field))
        .collect()
}
