//! The canonical form of one element of a document.

use super::SignError;
use bergshamra_c14n::C14nMode;
use roxmltree::Node;
use std::{collections::BTreeSet, ops::Range};

/// The canonical form of the element in `range`, which is what a digest or a signature is made of. `prefixes` is the
/// list of namespaces that the exclusive form is to treat as the inclusive one does.
///
/// # Errors
/// When the document is not well-formed, nothing starts there, or the algorithm is none.
pub fn canonical(
    xml: &str,
    range: &Range<usize>,
    algorithm: &str,
    prefixes: &[&str],
) -> Result<Vec<u8>, SignError> {
    let mode = C14nMode::from_uri(algorithm)
        .ok_or_else(|| SignError::Canonical(format!("unknown algorithm {algorithm}")))?;
    let document = super::enveloped::read(xml)?;
    let node = document
        .descendants()
        .find(|node| node.is_element() && node.range() == *range)
        .ok_or(SignError::NoSuchElement)?;
    let alone = standing_alone(xml, node).ok_or(SignError::NoSuchElement)?;
    bergshamra_c14n::canonicalize(&alone, mode, None, prefixes)
        .map_err(|error| SignError::Canonical(error.to_string()))
}

/// The element as a document of its own: the namespaces in force around it are declared on it, so that both canonical
/// forms come out as they would inside.
fn standing_alone(xml: &str, node: Node<'_, '_>) -> Option<String> {
    let text = xml.get(node.range())?;
    let name_end = text.find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/')?;
    let (name, rest) = text.split_at(name_end);
    let own = declared(rest);
    let inherited = node.namespaces().filter_map(|namespace| {
        let declaration =
            namespace.name().map_or_else(|| "xmlns".to_owned(), |name| format!("xmlns:{name}"));
        let wanted = namespace.name() != Some("xml") && !own.contains(declaration.as_str());
        wanted
            .then(|| format!(" {declaration}=\"{}\"", super::super::value::escape(namespace.uri())))
    });
    Some(format!("{name}{}{rest}", inherited.collect::<String>()))
}

/// Names of the attributes of a start tag, of which only the rest after the element's name is given.
fn declared(start_tag: &str) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    let mut rest = start_tag;
    loop {
        rest = rest.trim_start();
        if rest.starts_with(['>', '/']) {
            return names;
        }
        let Some((name, after)) = rest.split_once('=') else { return names };
        names.insert(name.trim_end());
        let after = after.trim_start();
        let Some(quote) = after.chars().next() else { return names };
        let Some((_, next)) = after.get(1..).and_then(|value| value.split_once(quote)) else {
            return names;
        };
        rest = next;
    }
}
