//! One linear pass over the text, so that the parser behind it meets neither depth nor number.

use crate::refusal::{Refusal, form};

/// Elements inside one another; an answer has eight.
const DEPTH: usize = 32;
/// Elements of one document.
const ELEMENTS: usize = 2_000;
/// Attributes of one element, namespaces included.
const ATTRIBUTES: usize = 32;
/// Attributes of one document.
const ALL_ATTRIBUTES: usize = 2_000;

/// Declarations of namespaces in one document; some providers repeat two at every attribute.
const NAMESPACES: usize = 512;

/// Refuses what the parser is not to see: declarations of all kinds but the XML declaration, foreign characters, and
/// more or deeper elements than any answer has.
pub(super) fn check(text: &str) -> Result<(), Refusal> {
    if !text.chars().all(is_xml_character) {
        return Err(form::FORBIDDEN_CHARACTER);
    }
    if text.matches("xmlns").count() > NAMESPACES {
        return Err(form::TOO_MANY_ATTRIBUTES);
    }
    let mut rest = body(text)?;
    let (mut depth, mut elements, mut attributes) = (0_usize, 0_usize, 0_usize);
    while let Some((_, after)) = rest.split_once('<') {
        refuse_declaration(after)?;
        let tag = read_tag(after)?;
        rest = tag.rest;
        if tag.is_closing {
            depth = depth.checked_sub(1).ok_or(form::MALFORMED_XML)?;
            continue;
        }
        elements += 1;
        attributes += tag.attributes;
        depth += usize::from(!tag.is_empty);
        if depth > DEPTH {
            return Err(form::TOO_DEEP);
        }
        if elements > ELEMENTS {
            return Err(form::TOO_MANY_ELEMENTS);
        }
        if tag.attributes > ATTRIBUTES || attributes > ALL_ATTRIBUTES {
            return Err(form::TOO_MANY_ATTRIBUTES);
        }
    }
    if depth == 0 { Ok(()) } else { Err(form::MALFORMED_XML) }
}

/// The characters of XML 1.0, without the byte order mark that some readers skip and others do not.
const fn is_xml_character(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}')
        || c >= '\u{10000}'
}

/// The text behind the XML declaration. The encoding it names is the one that xmlsec would read, so it must be ours.
fn body(text: &str) -> Result<&str, Refusal> {
    let Some(declaration) = text.strip_prefix("<?xml") else { return Ok(text) };
    let (inside, rest) = declaration.split_once("?>").ok_or(form::MALFORMED_XML)?;
    if !inside.starts_with([' ', '\t', '\r', '\n']) {
        return Err(form::PROCESSING_INSTRUCTION);
    }
    let plain: String = inside.replace('\'', "\"").split_ascii_whitespace().collect();
    let after_version = plain.strip_prefix("version=\"1.0\"").ok_or(form::XML_DECLARATION)?;
    let (encoding, standalone) =
        after_version.split_once("standalone=").unwrap_or((after_version, "\"no\""));
    if !encoding.is_empty() && !encoding.eq_ignore_ascii_case("encoding=\"utf-8\"") {
        return Err(form::NOT_UTF8);
    }
    if matches!(standalone, "\"yes\"" | "\"no\"") { Ok(rest) } else { Err(form::XML_DECLARATION) }
}

fn refuse_declaration(after: &str) -> Result<(), Refusal> {
    if after.starts_with('?') {
        return Err(form::PROCESSING_INSTRUCTION);
    }
    let Some(declaration) = after.strip_prefix('!') else { return Ok(()) };
    Err(match declaration {
        comment if comment.starts_with("--") => form::COMMENT,
        section if section.starts_with("[CDATA[") => form::CDATA,
        doctype if doctype.starts_with("DOCTYPE") => form::DOCTYPE,
        _ => form::MALFORMED_XML,
    })
}

/// What stands between `<` and `>`.
struct Tag<'a> {
    is_closing: bool,
    is_empty: bool,
    attributes: usize,
    rest: &'a str,
}

/// Reads up to the `>` that ends the tag: one inside quotes does not.
fn read_tag(after: &str) -> Result<Tag<'_>, Refusal> {
    let (mut quote, mut last, mut attributes) = (None, None, 0);
    for (position, byte) in after.bytes().enumerate() {
        match (quote, byte) {
            (_, b'<') => break,
            (None, b'>') => {
                return Ok(Tag {
                    is_closing: after.starts_with('/'),
                    is_empty: last == Some(b'/'),
                    attributes,
                    rest: after.get(position + 1..).unwrap_or_default(),
                });
            }
            (None, b'"' | b'\'') => {
                quote = Some(byte);
                attributes += 1;
            }
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
        last = Some(byte);
    }
    Err(form::MALFORMED_XML)
}
