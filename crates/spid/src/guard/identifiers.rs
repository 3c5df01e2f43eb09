//! Identifiers: where they may be, what they look like, and that each is there once.

use crate::{
    names::{NS_ASSERTION, NS_DSIG, NS_PROTOCOL},
    refusal::{Refusal, form},
};
use roxmltree::{Attribute, Node};
use std::collections::HashSet;

/// Longest identifier read.
const LENGTH: usize = 256;

/// Checks every attribute that some reader might take for an identifier: `ID`, `Id`, `id`, in whatever namespace.
pub(super) fn check(root: Node<'_, '_>) -> Result<(), Refusal> {
    let mut seen = HashSet::new();
    for node in root.descendants().filter(Node::is_element) {
        for attribute in
            node.attributes().filter(|attribute| attribute.name().eq_ignore_ascii_case("id"))
        {
            check_place(node, attribute)?;
            check_name(node, attribute.value())?;
            if !seen.insert(attribute.value()) {
                return Err(form::ID_DUPLICATE);
            }
        }
        if is_identified(node) && node.attribute("ID").is_none() {
            return Err(missing(node));
        }
    }
    Ok(())
}

/// The elements that a signature may refer to.
fn is_identified(node: Node<'_, '_>) -> bool {
    let (namespace, name) = (node.tag_name().namespace(), node.tag_name().name());
    matches!(
        (namespace, name),
        (Some(NS_PROTOCOL), "Response" | "LogoutRequest") | (Some(NS_ASSERTION), "Assertion")
    )
}

fn check_place(node: Node<'_, '_>, attribute: Attribute<'_, '_>) -> Result<(), Refusal> {
    let may = match (attribute.namespace(), attribute.name()) {
        (None, "ID") => is_identified(node),
        (None, "Id") => node.tag_name().namespace() == Some(NS_DSIG),
        _ => false,
    };
    if may { Ok(()) } else { Err(form::ID_MISPLACED) }
}

fn check_name(node: Node<'_, '_>, value: &str) -> Result<(), Refusal> {
    if value.is_empty() {
        return Err(missing(node));
    }
    let starts_well = value.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let is_name = value
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'));
    if starts_well && is_name && value.len() <= LENGTH { Ok(()) } else { Err(form::ID_INVALID) }
}

fn missing(node: Node<'_, '_>) -> Refusal {
    match node.tag_name().name() {
        "Assertion" => form::ASSERTION_ID_MISSING,
        "Response" | "LogoutRequest" => form::RESPONSE_ID_MISSING,
        _ => form::ID_INVALID,
    }
}
