//! One linear pass over the text, so that the parser behind it meets neither depth nor number.

use crate::refusal::{Refusal, form};

/// Elements inside one another; an answer has eight.
const DEPTH: usize = 32;
/// Elements of one document; an answer has about a hundred.
const ELEMENTS: usize = 1_000;
/// Attributes of one element, namespaces included.
const ATTRIBUTES: usize = 32;
/// Attributes of one document.
const ALL_ATTRIBUTES: usize = 2_000;
/// Declarations of namespaces in one document; some providers repeat two at every attribute.
const NAMESPACES: usize = 256;
/// Bytes of one attribute's value; all of them are addresses, names and times.
const VALUE: usize = 4_096;
/// Bytes of one text; the longest is a certificate.
const TEXT: usize = 8_192;

/// Refuses what the parser is not to see: declarations of all kinds but the XML declaration, foreign characters, and
/// more, deeper or longer things than any answer has.
pub(super) fn check(text: &str) -> Result<(), Refusal> {
    if has_forbidden_character(text) {
        return Err(form::FORBIDDEN_CHARACTER);
    }
    let mut rest = body(text)?;
    let mut count = Count::default();
    while let Some((text, after)) = rest.split_once('<') {
        if text.len() > TEXT {
            return Err(form::TEXT_TOO_LONG);
        }
        refuse_declaration(after)?;
        rest = count.tag(after)?;
    }
    if count.depth == 0 { Ok(()) } else { Err(form::MALFORMED_XML) }
}

/// Characters outside XML 1.0, and the byte order mark, which some readers skip and others do not. The control
/// characters are looked for without a branch: this touches every byte.
fn has_forbidden_character(text: &str) -> bool {
    let is_control = |byte: u8| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r');
    text.bytes().fold(false, |found, byte| found | is_control(byte))
        || (!text.is_ascii() && text.contains(['\u{feff}', '\u{fffe}', '\u{ffff}']))
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

/// What was met so far.
#[derive(Default)]
struct Count {
    depth: usize,
    elements: usize,
    attributes: usize,
    namespaces: usize,
}

impl Count {
    /// Counts the tag behind a `<` and gives the text behind it.
    fn tag<'a>(&mut self, after: &'a str) -> Result<&'a str, Refusal> {
        let attributes_before = self.attributes;
        let (last, rest) = self.read_attributes(after)?;
        if after.starts_with('/') {
            self.depth = self.depth.checked_sub(1).ok_or(form::MALFORMED_XML)?;
            return Ok(rest);
        }
        self.elements += 1;
        self.depth += usize::from(!last.ends_with('/'));
        if self.depth > DEPTH {
            return Err(form::TOO_DEEP);
        }
        if self.elements > ELEMENTS {
            return Err(form::TOO_MANY_ELEMENTS);
        }
        let is_full =
            self.attributes - attributes_before > ATTRIBUTES || self.attributes > ALL_ATTRIBUTES;
        if is_full || self.namespaces > NAMESPACES {
            Err(form::TOO_MANY_ATTRIBUTES)
        } else {
            Ok(rest)
        }
    }

    /// Reads up to the `>` that ends the tag: one inside quotes does not. Gives what stands right before it and all
    /// behind it.
    fn read_attributes<'a>(&mut self, after: &'a str) -> Result<(&'a str, &'a str), Refusal> {
        let mut rest = after;
        loop {
            let at = rest.bytes().position(|byte| matches!(byte, b'>' | b'"' | b'\'' | b'<'));
            let (before, tail) =
                at.and_then(|at| rest.split_at_checked(at)).ok_or(form::MALFORMED_XML)?;
            let mut tail = tail.chars();
            let quote = match tail.next() {
                Some('>') => return Ok((before, tail.as_str())),
                Some(quote @ ('"' | '\'')) => quote,
                _ => return Err(form::MALFORMED_XML),
            };
            let (value, behind) = tail.as_str().split_once(quote).ok_or(form::MALFORMED_XML)?;
            self.attribute(before.trim_ascii_start(), value)?;
            rest = behind;
        }
    }

    fn attribute(&mut self, name: &str, value: &str) -> Result<(), Refusal> {
        self.attributes += 1;
        if value.len() > VALUE {
            return Err(form::ATTRIBUTE_TOO_LONG);
        }
        // The first attribute of a tag has the tag's name before its own.
        let is_namespace = name.starts_with("xmlns")
            || name.contains(|c: char| c.is_ascii_whitespace()) && name.contains("xmlns");
        if is_namespace {
            self.namespaces += 1;
            check_namespace(value)?;
        }
        Ok(())
    }
}

/// Namespaces are absolute addresses: about others xmlsec complains aloud and quotes them.
fn check_namespace(uri: &str) -> Result<(), Refusal> {
    let is_absolute = ["urn:", "http://", "https://"].iter().any(|scheme| uri.starts_with(scheme));
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#=".contains(&byte);
    if is_absolute && uri.bytes().all(is_plain) { Ok(()) } else { Err(form::NAMESPACE) }
}
