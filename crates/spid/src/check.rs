//! Whether metadata keep the rules of the federations: what the schemas and the conformance tests look at, and the
//! agreement between document and certificates, which they do not.

mod contacts;
mod descriptor;
mod keys;
mod organisation;
mod words;

use crate::{
    names::{NS_DSIG, NS_METADATA},
    registry::{self, RegistryError, guard},
};
use jiff::Timestamp;
use roxmltree::Node;

/// Which rules apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetadataProfile {
    /// SPID, a public body by itself.
    SpidPublic,
    /// SPID, a public body under a full aggregator of public services.
    SpidAggregated,
    /// CIE, a public body.
    CiePublic,
}

/// How to check.
#[derive(Clone, Copy, Debug)]
pub struct MetadataCheck {
    /// Which rules apply.
    pub profile: MetadataProfile,
    /// For expiry.
    pub now: Timestamp,
    /// Whether addresses must be https without a port.
    pub production: bool,
}

/// Something that would be refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Stable word.
    pub code: &'static str,
    /// The element, field or value in question.
    pub detail: String,
}

impl Problem {
    pub(crate) fn new(code: &'static str, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into() }
    }

    /// What is wrong and where it is put right, for the person who hands the document in.
    pub fn sentence(&self) -> &'static str {
        words::sentence(self.code)
    }
}

/// Every problem found; none means that the document can be handed in.
pub fn check_metadata(xml: &str, check: &MetadataCheck) -> Vec<Problem> {
    let document = match guard::open(xml) {
        Ok(document) => document,
        Err(error) => return vec![Problem::new("document", error.code())],
    };
    let root = document.root_element();
    if !root.has_tag_name((NS_METADATA, "EntityDescriptor")) {
        return vec![Problem::new("document", RegistryError::WrongRoot.code())];
    }
    let mut problems = Vec::new();
    if !xml.starts_with('<') {
        problems.push(Problem::new("text_before_document", ""));
    }
    let signature = guard::signature_covers_root(&document)
        .and_then(|()| registry::verify(xml, &keys::published(root)));
    if let Err(error) = signature {
        problems.push(Problem::new("signature", error.code()));
    }
    problems.extend(root_problems(root, check));
    problems.extend(descriptor::check(root, check));
    problems.extend(organisation::check(root));
    problems.extend(contacts::check(root, check.profile));
    problems.extend(keys::check(root, check));
    problems
}

fn root_problems(root: Node<'_, '_>, check: &MetadataCheck) -> Vec<Problem> {
    let mut problems =
        order(root, &["Signature", "SPSSODescriptor", "Organization", "ContactPerson"]);
    let entity_id = root.attribute("entityID").unwrap_or_default();
    let plain = (1..=1024).contains(&entity_id.chars().count()) && !entity_id.contains(['?', '#']);
    if !plain || !is_acceptable(entity_id, check) {
        problems.push(Problem::new("entity_id", entity_id));
    }
    if check.profile == MetadataProfile::SpidAggregated && !entity_id.contains("pub-ag-full") {
        problems.push(Problem::new("entity_id_without_activity", entity_id));
    }
    if root.attribute("ID").is_none_or(str::is_empty) {
        problems.push(Problem::new("document_id", ""));
    }
    problems
}

/// The children known to the schema, in its order, and no others.
fn order(node: Node<'_, '_>, names: &[&str]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut reached = 0;
    for child in node.children().filter(Node::is_element) {
        let name = child.tag_name().name();
        match names.iter().position(|known| *known == name) {
            Some(position) if position >= reached => reached = position,
            Some(_) => problems.push(Problem::new("element_order", name)),
            None => problems.push(Problem::new("element_unknown", name)),
        }
    }
    problems
}

fn is_acceptable(address: &str, check: &MetadataCheck) -> bool {
    let Ok(url) = url::Url::parse(address) else {
        return false;
    };
    let secure = url.scheme() == "https" && url.port().is_none();
    url.host().is_some()
        && (secure || !check.production && matches!(url.scheme(), "http" | "https"))
}

fn named<'a, 'input: 'a>(
    node: Node<'a, 'input>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'input>> {
    let metadata = move |child: &Node<'_, '_>| child.has_tag_name((NS_METADATA, name));
    let signature = move |child: &Node<'_, '_>| child.has_tag_name((NS_DSIG, name));
    node.children().filter(move |child| metadata(child) || signature(child))
}

fn text<'a>(node: Node<'a, '_>) -> &'a str {
    node.text().unwrap_or_default()
}

/// The text of the first child with this name, wherever its namespace.
fn child_text<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    let child = node.children().find(|child| child.tag_name().name() == name)?;
    Some(child.text().unwrap_or_default())
}

#[cfg(test)]
mod tests;
