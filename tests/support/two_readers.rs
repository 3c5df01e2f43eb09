//! Two readers of the same answer: what the product accepts must say the same to a parser that it does not use.

mod mutation;

pub use mutation::Mutator;

use crate::{federation::base64, saml_desk::Desk};
use simulators::identity_provider::signer::{SignOptions, Target, sign_target};
use uppsala::{Document, NodeId, NodeKind};

const NS_ASSERTION: &str = "urn:oasis:names:tc:SAML:2.0:assertion";
const NS_PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";

/// What both have to read alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The person's name of this one time.
    pub name_id: String,
    /// Name and value, sorted.
    pub attributes: Vec<(String, String)>,
    /// The request answered.
    pub in_response_to: String,
    /// For whom.
    pub audience: String,
}

/// What became of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Refused, with this code.
    Refused(&'static str),
    /// Accepted, and read alike by both.
    Agreed,
}

/// Lets the product judge a document, and where it accepts lets the second reader read.
///
/// # Errors
/// When the two do not read the same; what they read is not said, the document says it.
pub fn compare(desk: &Desk, xml: &str) -> Result<Outcome, &'static str> {
    let verified = match desk.judge(xml) {
        Ok(verified) => verified,
        Err(refusal) => return Ok(Outcome::Refused(refusal.code())),
    };
    let opened = spid::open_response(&base64(xml)).map_err(|_| "opened once and not twice")?;
    let first = Reading {
        name_id: verified.name_id,
        attributes: verified.attributes,
        in_response_to: opened.in_response_to().to_owned(),
        audience: verified.audience,
    };
    match second_reading(xml) {
        None => Err("the second reader cannot read it"),
        Some(second) if second != first => Err("the second reader reads something else"),
        Some(_) => Ok(Outcome::Agreed),
    }
}

/// Signs what would pass but for its missing signatures, and compares. A parser that is led astray by a document is
/// found only where nothing else is wrong with it.
///
/// # Errors
/// As `compare`.
pub fn compare_signed(
    desk: &Desk,
    xml: &str,
    finish: impl FnOnce(String) -> String,
) -> Result<Outcome, &'static str> {
    match compare(desk, xml)? {
        Outcome::Refused("assertion_unsigned") => {}
        other => return Ok(other),
    }
    let options = SignOptions::default();
    let signed = sign_target(xml, Target::Id("_assertion"), desk.key(), &options)
        .and_then(|xml| sign_target(&xml, Target::Root, desk.key(), &options));
    let Ok(signed) = signed else { return Ok(Outcome::Refused("not_signable")) };
    compare(desk, &finish(signed))
}

/// The reading of a parser that the product does not use, with code of its own; none where something is not there once.
pub fn second_reading(xml: &str) -> Option<Reading> {
    let document = uppsala::parse(xml).ok()?;
    let root = document.document_element()?;
    if !document.element(root)?.matches_name_ns(NS_PROTOCOL, "Response") {
        return None;
    }
    let assertion = only(&document, root, "Assertion")?;
    let subject = only(&document, assertion, "Subject")?;
    let conditions = only(&document, assertion, "Conditions")?;
    let restriction = only(&document, conditions, "AudienceRestriction")?;
    let mut attributes = Vec::new();
    for statement in all(&document, assertion, "AttributeStatement") {
        for attribute in all(&document, statement, "Attribute") {
            let name = plain_attribute(&document, attribute, "Name")?;
            for value in all(&document, attribute, "AttributeValue") {
                attributes.push((name.clone(), text(&document, value)?));
            }
        }
    }
    attributes.sort();
    Some(Reading {
        name_id: text(&document, only(&document, subject, "NameID")?)?,
        attributes,
        in_response_to: plain_attribute(&document, root, "InResponseTo")?,
        audience: text(&document, only(&document, restriction, "Audience")?)?,
    })
}

fn all(document: &Document<'_>, parent: NodeId, name: &str) -> Vec<NodeId> {
    document.child_elements_by_name_ns(parent, NS_ASSERTION, name)
}

fn only(document: &Document<'_>, parent: NodeId, name: &str) -> Option<NodeId> {
    match all(document, parent, name).as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

/// The value of the attribute of no namespace.
fn plain_attribute(document: &Document<'_>, element: NodeId, name: &str) -> Option<String> {
    let attributes = &document.element(element)?.attributes;
    let found = attributes.iter().find(|attribute| {
        attribute.name.namespace_uri.is_none() && attribute.name.local_name == name
    });
    found.map(|attribute| attribute.value.clone().into_owned())
}

/// The text of an element that has nothing but text, without the blanks around it.
fn text(document: &Document<'_>, element: NodeId) -> Option<String> {
    let mut whole = String::new();
    for child in document.children(element) {
        match document.node_kind(child)? {
            NodeKind::Text(text) => whole.push_str(text),
            _ => return None,
        }
    }
    Some(whole.trim_matches([' ', '\t', '\r', '\n']).to_owned())
}
