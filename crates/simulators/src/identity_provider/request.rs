//! The request of a service provider: read, then checked as a strict provider checks.

mod anomaly;
mod check;
mod instant;

pub use anomaly::Anomaly;
pub(super) use check::{Checked, check};
pub(super) use instant::is_near;

use super::names;
use roxmltree::{Document, Node};

/// An `AuthnRequest` as it was sent; what is `None` was not there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthnRequest {
    /// `ID`
    pub id: Option<String>,
    /// `Version`
    pub version: Option<String>,
    /// `IssueInstant`
    pub issue_instant: Option<String>,
    /// `Destination`
    pub destination: Option<String>,
    /// `ForceAuthn`
    pub force_authn: Option<String>,
    /// `IsPassive`
    pub is_passive: Option<String>,
    /// `AssertionConsumerServiceIndex`
    pub acs_index: Option<String>,
    /// `AssertionConsumerServiceURL`
    pub acs_url: Option<String>,
    /// `ProtocolBinding`
    pub protocol_binding: Option<String>,
    /// `AttributeConsumingServiceIndex`
    pub attribute_index: Option<String>,
    /// Text of the `Issuer`.
    pub issuer: Option<String>,
    /// Its `Format`.
    pub issuer_format: Option<String>,
    /// Its `NameQualifier`.
    pub issuer_qualifier: Option<String>,
    /// `Format` of the `NameIDPolicy`.
    pub name_id_format: Option<String>,
    /// Its `AllowCreate`.
    pub allow_create: Option<String>,
    /// `Comparison` of the `RequestedAuthnContext`.
    pub comparison: Option<String>,
    /// Its classes.
    pub classes: Vec<String>,
    /// Names of all child elements, in order.
    pub children: Vec<String>,
}

impl AuthnRequest {
    /// Reads the XML; none when it is not well-formed, has a document type, or is another message.
    pub fn parse(xml: &str) -> Option<Self> {
        let document = Document::parse(xml).ok()?;
        let root = document.root_element();
        if !root.has_tag_name((names::NS_PROTOCOL, "AuthnRequest")) {
            return None;
        }
        let attribute = |name| root.attribute(name).map(str::to_owned);
        let mut request = Self {
            id: attribute("ID"),
            version: attribute("Version"),
            issue_instant: attribute("IssueInstant"),
            destination: attribute("Destination"),
            force_authn: attribute("ForceAuthn"),
            is_passive: attribute("IsPassive"),
            acs_index: attribute("AssertionConsumerServiceIndex"),
            acs_url: attribute("AssertionConsumerServiceURL"),
            protocol_binding: attribute("ProtocolBinding"),
            attribute_index: attribute("AttributeConsumingServiceIndex"),
            ..Self::default()
        };
        for child in root.children().filter(Node::is_element) {
            request.read_child(child);
        }
        Some(request)
    }

    fn read_child(&mut self, child: Node<'_, '_>) {
        let attribute = |name| child.attribute(name).map(str::to_owned);
        let name = child.tag_name();
        match (name.namespace(), name.name()) {
            (Some(names::NS_ASSERTION), "Issuer") => {
                self.issuer = child.text().map(str::to_owned);
                self.issuer_format = attribute("Format");
                self.issuer_qualifier = attribute("NameQualifier");
            }
            (Some(names::NS_PROTOCOL), "NameIDPolicy") => {
                self.name_id_format = attribute("Format");
                self.allow_create = attribute("AllowCreate");
            }
            (Some(names::NS_PROTOCOL), "RequestedAuthnContext") => {
                self.comparison = attribute("Comparison");
                let is_class =
                    |node: &Node<'_, '_>| node.tag_name().name() == "AuthnContextClassRef";
                let classes = child.children().filter(is_class);
                self.classes.extend(classes.map(|node| node.text().unwrap_or_default().to_owned()));
            }
            _ => {}
        }
        self.children.push(name.name().to_owned());
    }

    /// The level asked for, where exactly one known class is named.
    pub fn level(&self) -> Option<domain::identity::AssuranceLevel> {
        let [class] = self.classes.as_slice() else { return None };
        let number = class.strip_prefix(names::CLASS)?.parse().ok()?;
        domain::identity::AssuranceLevel::from_number(number)
    }
}

#[cfg(test)]
mod tests;
