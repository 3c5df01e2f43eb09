//! Which element may stand where.

use crate::{
    names::{EXCLUSIVE_C14N, NS_ASSERTION, NS_DSIG, NS_PROTOCOL, NS_XENC, NS_XINCLUDE, NS_XML},
    refusal::{Refusal, form},
};
use roxmltree::Node;

/// Where an element of a protected namespace may stand: the parent's local name (no two of our namespaces share one
/// with children), the namespace of the children, and their names.
const PLACES: &[(&str, &str, &[&str])] = &[
    ("Response", NS_ASSERTION, &["Issuer", "Assertion"]),
    ("Response", NS_PROTOCOL, &["Extensions", "Status"]),
    ("Response", NS_DSIG, &["Signature"]),
    ("LogoutRequest", NS_ASSERTION, &["Issuer", "NameID"]),
    ("LogoutRequest", NS_PROTOCOL, &["Extensions", "SessionIndex"]),
    ("LogoutRequest", NS_DSIG, &["Signature"]),
    ("Status", NS_PROTOCOL, &["StatusCode", "StatusMessage", "StatusDetail"]),
    ("StatusCode", NS_PROTOCOL, &["StatusCode"]),
    (
        "Assertion",
        NS_ASSERTION,
        &["Issuer", "Subject", "Conditions", "Advice", "AuthnStatement", "AttributeStatement"],
    ),
    ("Assertion", NS_DSIG, &["Signature"]),
    ("Subject", NS_ASSERTION, &["NameID", "SubjectConfirmation"]),
    ("SubjectConfirmation", NS_ASSERTION, &["SubjectConfirmationData"]),
    ("Conditions", NS_ASSERTION, &["AudienceRestriction", "OneTimeUse", "ProxyRestriction"]),
    ("AudienceRestriction", NS_ASSERTION, &["Audience"]),
    ("ProxyRestriction", NS_ASSERTION, &["Audience"]),
    ("AuthnStatement", NS_ASSERTION, &["SubjectLocality", "AuthnContext"]),
    ("AuthnContext", NS_ASSERTION, &["AuthnContextClassRef", "AuthenticatingAuthority"]),
    ("AttributeStatement", NS_ASSERTION, &["Attribute"]),
    ("Attribute", NS_ASSERTION, &["AttributeValue"]),
    ("Signature", NS_DSIG, &["SignedInfo", "SignatureValue", "KeyInfo"]),
    ("SignedInfo", NS_DSIG, &["CanonicalizationMethod", "SignatureMethod", "Reference"]),
    ("CanonicalizationMethod", EXCLUSIVE_C14N, &["InclusiveNamespaces"]),
    ("Reference", NS_DSIG, &["Transforms", "DigestMethod", "DigestValue"]),
    ("Transforms", NS_DSIG, &["Transform"]),
    ("Transform", EXCLUSIVE_C14N, &["InclusiveNamespaces"]),
    ("KeyInfo", NS_DSIG, &["X509Data"]),
    ("X509Data", NS_DSIG, &["X509Certificate"]),
];

/// Elements that may hold elements of other people's namespaces, which are read by nobody.
const OPEN: &[&str] = &["Extensions", "Advice", "StatusDetail"];

/// Elements that are texts.
const TEXTS: &[&str] = &[
    "Issuer",
    "NameID",
    "Audience",
    "AttributeValue",
    "AuthnContextClassRef",
    "AuthenticatingAuthority",
    "StatusMessage",
    "SessionIndex",
    "SignatureValue",
    "DigestValue",
    "X509Certificate",
];

const PROTECTED: &[&str] =
    &[NS_ASSERTION, NS_PROTOCOL, NS_DSIG, NS_XENC, NS_XINCLUDE, EXCLUSIVE_C14N];

/// Checks every element below `root`, and the attributes of all.
pub(super) fn check(root: Node<'_, '_>) -> Result<(), Refusal> {
    let mut assertions = 0_usize;
    for node in root.descendants().filter(Node::is_element) {
        check_attributes(node)?;
        if is(node, NS_ASSERTION, "Assertion") {
            assertions += 1;
        }
    }
    if assertions > 1 {
        return Err(form::SEVERAL_ASSERTIONS);
    }
    root.descendants().skip(1).filter(Node::is_element).try_for_each(check_place)
}

fn is(node: Node<'_, '_>, namespace: &str, name: &str) -> bool {
    crate::dom::is(node, namespace, name)
}

fn check_place(node: Node<'_, '_>) -> Result<(), Refusal> {
    let Some(parent) = node.parent_element() else { return Err(form::UNEXPECTED_ELEMENT) };
    let namespace = node.tag_name().namespace().unwrap_or_default();
    let name = node.tag_name().name();
    let within = parent.tag_name().name();
    let is_foreign = !PROTECTED.contains(&namespace);
    let is_parent_ours = PROTECTED.contains(&parent.tag_name().namespace().unwrap_or_default());
    let may = if is_foreign {
        !is_parent_ours || OPEN.contains(&within)
    } else {
        is_parent_ours
            && PLACES.iter().any(|(place, of, names)| {
                *place == within && *of == namespace && names.contains(&name)
            })
    };
    if may { Ok(()) } else { Err(reason(namespace, name, within)) }
}

/// The most telling name for an element that is where it may not be.
fn reason(namespace: &str, name: &str, within: &str) -> Refusal {
    match (namespace, name) {
        (NS_ASSERTION, "Assertion") => form::ASSERTION_MISPLACED,
        (NS_PROTOCOL, "Response" | "LogoutRequest") => form::NESTED_RESPONSE,
        (NS_XENC, _) => form::ENCRYPTED,
        (NS_ASSERTION, _) if name.contains("Encrypted") => form::ENCRYPTED,
        (NS_DSIG, "Signature") => form::SIGNATURE_MISPLACED,
        (NS_DSIG, "Object") => form::SIGNATURE_OBJECT,
        _ if TEXTS.contains(&within) => form::TEXT_WITH_ELEMENTS,
        _ if matches!(within, "KeyInfo" | "X509Data") => form::KEY_INFO,
        _ if within.starts_with("Transform") => form::TRANSFORMS,
        _ => form::UNEXPECTED_ELEMENT,
    }
}

/// Of the XML namespace only the attributes that change nothing are allowed.
fn check_attributes(node: Node<'_, '_>) -> Result<(), Refusal> {
    let is_harmless = |name: &str| matches!(name, "lang" | "space");
    let mut of_xml = node.attributes().filter(|attribute| attribute.namespace() == Some(NS_XML));
    if of_xml.all(|attribute| is_harmless(attribute.name())) {
        Ok(())
    } else {
        Err(form::UNEXPECTED_ATTRIBUTE)
    }
}
