//! What a metadata file must look like before any signature work: size, form, and exactly what its signature covers.

use super::RegistryError;
use crate::names::{
    ENVELOPED, EXCLUSIVE_C14N, NS_DSIG, NS_METADATA, RSA_SHA256, RSA_SHA384, RSA_SHA512, SHA256,
    SHA384, SHA512,
};
use jiff::Timestamp;
use roxmltree::{Document, Node, ParsingOptions};
use std::collections::HashSet;

/// Octets.
const LARGEST_FILE: usize = 4 * 1024 * 1024;
const MOST_NODES: u32 = 200_000;
const DEEPEST_NESTING: usize = 32;
const SIGNATURE_ALGORITHMS: [&str; 3] = [RSA_SHA256, RSA_SHA384, RSA_SHA512];
const DIGEST_ALGORITHMS: [&str; 3] = [SHA256, SHA384, SHA512];

/// Parses strictly: what two parsers could read differently is refused.
pub(crate) fn open(xml: &str) -> Result<Document<'_>, RegistryError> {
    if xml.len() > LARGEST_FILE {
        return Err(RegistryError::TooLarge);
    }
    if xml.contains("<!DOCTYPE") || !declares_utf8(xml) {
        return Err(RegistryError::Malformed);
    }
    let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(xml, options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached => RegistryError::TooComplex,
        _ => RegistryError::Malformed,
    })?;
    if deepest(document.root()) > DEEPEST_NESTING {
        return Err(RegistryError::TooComplex);
    }
    let root = document.root_element();
    let known = ["EntitiesDescriptor", "EntityDescriptor"];
    if !known.iter().any(|name| root.has_tag_name((NS_METADATA, *name))) {
        return Err(RegistryError::WrongRoot);
    }
    Ok(document)
}

/// One signature of the root, before any other, over the root as a whole.
pub(crate) fn signature_covers_root(document: &Document<'_>) -> Result<(), RegistryError> {
    let root = document.root_element();
    let signature = children(root, "Signature").next().ok_or(RegistryError::Unsigned)?;
    // The library verifies the first signature that it meets.
    let first = document.descendants().find(|node| node.has_tag_name((NS_DSIG, "Signature")));
    let covered = first == Some(signature)
        && children(root, "Signature").count() == 1
        && ids_are_unique(document)
        && has_form(signature, root.attribute("ID").unwrap_or_default());
    covered.then_some(()).ok_or(RegistryError::SignatureForm)
}

/// The root's own end of validity; one that cannot be read makes the file useless.
pub(crate) fn valid_until(node: Node<'_, '_>) -> Result<Option<Timestamp>, RegistryError> {
    let instant = node.attribute("validUntil").map(|text| text.trim().parse());
    instant.transpose().map_err(|_| RegistryError::Malformed)
}

fn has_form(signature: Node<'_, '_>, root_id: &str) -> bool {
    let Some(signed_info) = only_child(signature, "SignedInfo") else {
        return false;
    };
    let Some(reference) = only_child(signed_info, "Reference") else {
        return false;
    };
    let Some(transforms) = only_child(reference, "Transforms") else {
        return false;
    };
    let transforms: Vec<_> = transforms
        .children()
        .filter(Node::is_element)
        .map(|node| node.attribute("Algorithm"))
        .collect();
    // A list of prefixes inside the second transform changes nothing that is read here.
    !root_id.is_empty()
        && reference.attribute("URI").and_then(|uri| uri.strip_prefix('#')) == Some(root_id)
        && transforms == [Some(ENVELOPED), Some(EXCLUSIVE_C14N)]
        && algorithm(signed_info, "CanonicalizationMethod") == EXCLUSIVE_C14N
        && SIGNATURE_ALGORITHMS.contains(&algorithm(signed_info, "SignatureMethod"))
        && DIGEST_ALGORITHMS.contains(&algorithm(reference, "DigestMethod"))
        && children(signature, "Object").next().is_none()
}

fn algorithm<'a>(node: Node<'a, '_>, name: &'static str) -> &'a str {
    only_child(node, name).and_then(|child| child.attribute("Algorithm")).unwrap_or_default()
}

fn ids_are_unique(document: &Document<'_>) -> bool {
    let mut seen = HashSet::new();
    document
        .descendants()
        .flat_map(|node| node.attributes())
        .filter(|attribute| attribute.name().eq_ignore_ascii_case("id"))
        .all(|attribute| seen.insert(attribute.value()))
}

fn children<'a, 'input>(
    node: Node<'a, 'input>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children().filter(move |child| child.has_tag_name((NS_DSIG, name)))
}

fn only_child<'a, 'input>(node: Node<'a, 'input>, name: &'static str) -> Option<Node<'a, 'input>> {
    let mut found = children(node, name);
    found.next().filter(|_| found.next().is_none())
}

/// The parser has no depth of its own; the walk keeps its place without recursion.
fn deepest(root: Node<'_, '_>) -> usize {
    let mut deepest = 0;
    let mut waiting = vec![(root, 0_usize)];
    while let Some((node, depth)) = waiting.pop() {
        deepest = deepest.max(depth);
        waiting.extend(node.children().filter(Node::is_element).map(|child| (child, depth + 1)));
    }
    deepest
}

/// The text is UTF-8 already; a declaration of something else would let another parser read it differently.
fn declares_utf8(xml: &str) -> bool {
    let declaration = xml.trim_start_matches('\u{feff}').strip_prefix("<?xml");
    let declaration = declaration.and_then(|rest| rest.split_once("?>")).map(|split| split.0);
    let encoding = declaration.and_then(|text| text.split_once("encoding")).map(|split| split.1);
    encoding.is_none_or(|value| {
        let name = value.trim_matches(|c: char| c.is_ascii_whitespace() || "='\"".contains(c));
        name.split(['\'', '"']).next().is_some_and(|name| name.eq_ignore_ascii_case("utf-8"))
    })
}
