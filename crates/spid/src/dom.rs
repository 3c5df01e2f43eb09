//! Reading a parsed document: children by full name, whole texts, attributes.

use crate::{
    refusal::{
        Refusal,
        content::ELEMENT_REPEATED,
        form::{DOCTYPE, MALFORMED_XML, TEXT_WITH_ELEMENTS, TOO_MANY_ELEMENTS},
    },
    time::parse_instant,
};
use jiff::Timestamp;
use roxmltree::{Document, Error, Node, ParsingOptions};

/// Elements and texts of one document.
const NODES: u32 = 5_000;

/// Parses without document types and within bounds. The text must have passed `guard::scan` or be xmlsec's: the parser
/// recurses with the depth of the document.
pub(crate) fn parse(text: &str) -> Result<Document<'_>, Refusal> {
    let options = ParsingOptions { allow_dtd: false, nodes_limit: NODES, entity_resolver: None };
    Document::parse_with_options(text, options).map_err(|error| match error {
        Error::DtdDetected => DOCTYPE,
        Error::NodesLimitReached => TOO_MANY_ELEMENTS,
        _ => MALFORMED_XML,
    })
}

/// Whether `node` is the element of this full name.
pub(crate) fn is(node: Node<'_, '_>, namespace: &str, name: &str) -> bool {
    node.is_element()
        && node.tag_name().namespace() == Some(namespace)
        && node.tag_name().name() == name
}

/// The child elements of this full name.
pub(crate) fn children<'a, 'i>(
    parent: Node<'a, 'i>,
    namespace: &'static str,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'i>> {
    parent.children().filter(move |child| is(*child, namespace, name))
}

/// The one child element of this name, if any; two are refused.
pub(crate) fn optional<'a, 'i>(
    parent: Node<'a, 'i>,
    namespace: &'static str,
    name: &'static str,
) -> Result<Option<Node<'a, 'i>>, Refusal> {
    let mut found = children(parent, namespace, name);
    let first = found.next();
    if found.next().is_some() { Err(ELEMENT_REPEATED) } else { Ok(first) }
}

/// The one child element of this name; `missing` when there is none.
pub(crate) fn one<'a, 'i>(
    parent: Node<'a, 'i>,
    namespace: &'static str,
    name: &'static str,
    missing: Refusal,
) -> Result<Node<'a, 'i>, Refusal> {
    optional(parent, namespace, name)?.ok_or(missing)
}

/// The whole text of an element, however many pieces the parser made of it, without the white space around it.
/// Elements inside are refused: what a careless reader skips is never skipped here.
pub(crate) fn text(node: Node<'_, '_>) -> Result<String, Refusal> {
    if node.children().any(|child| !child.is_text()) {
        return Err(TEXT_WITH_ELEMENTS);
    }
    let whole: String = node.children().filter_map(|child| child.text()).collect();
    Ok(whole.trim_matches([' ', '\t', '\r', '\n']).to_owned())
}

/// As `text`; `missing` when nothing is left.
pub(crate) fn filled_text(node: Node<'_, '_>, missing: Refusal) -> Result<String, Refusal> {
    let text = text(node)?;
    if text.is_empty() { Err(missing) } else { Ok(text) }
}

/// The attribute of no namespace, as written; `missing` when absent or empty.
pub(crate) fn attribute<'a>(
    node: Node<'a, '_>,
    name: &str,
    missing: Refusal,
) -> Result<&'a str, Refusal> {
    node.attribute(name).filter(|value| !value.is_empty()).ok_or(missing)
}

/// The attribute as an instant.
pub(crate) fn instant(
    node: Node<'_, '_>,
    name: &str,
    missing: Refusal,
    malformed: Refusal,
) -> Result<Timestamp, Refusal> {
    parse_instant(attribute(node, name, missing)?).ok_or(malformed)
}

#[cfg(test)]
mod tests {
    use super::{parse, text};
    use crate::refusal::form;

    #[test]
    fn a_text_is_whole_or_refused() {
        let read = |xml: &str| text(parse(xml).unwrap().root_element());
        assert_eq!(read("<a>\n  one&amp;two \r\n</a>").unwrap(), "one&two");
        assert_eq!(read("<a/>").unwrap(), "");
        assert_eq!(read("<a>one<b/>two</a>"), Err(form::TEXT_WITH_ELEMENTS));
        assert_eq!(read("<a>one<!-- -->two</a>"), Err(form::TEXT_WITH_ELEMENTS));
    }
}
