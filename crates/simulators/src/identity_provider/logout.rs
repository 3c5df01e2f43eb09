//! The messages of single logout.

use super::{
    names,
    value::{Value, escape},
};
use roxmltree::Document;

/// A `LogoutRequest`; in those received, what was not there is empty.
#[derive(Clone, PartialEq, Eq)]
pub struct LogoutRequest {
    /// `ID`
    pub id: String,
    /// `IssueInstant`
    pub issue_instant: String,
    /// `Destination`
    pub destination: String,
    /// Text of the `Issuer`.
    pub issuer: String,
    /// The person's name of that one time.
    pub name_id: String,
    /// Its `NameQualifier`.
    pub name_qualifier: String,
    /// `SessionIndex`
    pub session_index: Option<String>,
}

impl LogoutRequest {
    /// Reads the XML; none when it is another message.
    pub fn parse(xml: &str) -> Option<Self> {
        let document = Document::parse(xml).ok()?;
        let root = document.root_element();
        if !root.has_tag_name((names::NS_PROTOCOL, "LogoutRequest")) {
            return None;
        }
        let attribute = |name| root.attribute(name).unwrap_or_default().to_owned();
        let child = |namespace, name| {
            root.children().find(move |node| node.has_tag_name((namespace, name)))
        };
        let name_id = child(names::NS_ASSERTION, "NameID")?;
        let session = child(names::NS_PROTOCOL, "SessionIndex");
        Some(Self {
            id: attribute("ID"),
            issue_instant: attribute("IssueInstant"),
            destination: attribute("Destination"),
            issuer: child(names::NS_ASSERTION, "Issuer")?.text()?.to_owned(),
            name_id: name_id.text()?.to_owned(),
            name_qualifier: name_id.attribute("NameQualifier").unwrap_or_default().to_owned(),
            session_index: session.and_then(|node| node.text()).map(str::to_owned),
        })
    }

    /// As XML, not signed.
    pub fn to_xml(&self) -> String {
        let session = self.session_index.as_ref().map_or_else(String::new, |index| {
            format!("<samlp:SessionIndex>{}</samlp:SessionIndex>", escape(index))
        });
        format!(
            "<samlp:LogoutRequest xmlns:samlp=\"{samlp}\" xmlns:saml=\"{saml}\" ID=\"{id}\" Version=\"2.0\" \
             IssueInstant=\"{instant}\" Destination=\"{destination}\">{issuer}\
             <saml:NameID Format=\"{transient}\" NameQualifier=\"{qualifier}\">{name}</saml:NameID>{session}\
             </samlp:LogoutRequest>",
            samlp = names::NS_PROTOCOL,
            saml = names::NS_ASSERTION,
            id = escape(&self.id),
            instant = escape(&self.issue_instant),
            destination = escape(&self.destination),
            issuer = issuer(&self.issuer),
            transient = names::FORMAT_TRANSIENT,
            qualifier = escape(&self.name_qualifier),
            name = escape(&self.name_id),
        )
    }
}

/// A `LogoutResponse`; in those received, what was not there is empty.
#[derive(Clone, PartialEq, Eq)]
pub struct LogoutResponse {
    /// `ID`
    pub id: String,
    /// `IssueInstant`
    pub issue_instant: String,
    /// `Destination`
    pub destination: String,
    /// Text of the `Issuer`.
    pub issuer: String,
    /// `InResponseTo`
    pub in_response_to: String,
    /// `Value` of the outer `StatusCode`.
    pub status: String,
}

impl LogoutResponse {
    /// Reads the XML; none when it is another message.
    pub fn parse(xml: &str) -> Option<Self> {
        let document = Document::parse(xml).ok()?;
        let root = document.root_element();
        if !root.has_tag_name((names::NS_PROTOCOL, "LogoutResponse")) {
            return None;
        }
        let attribute = |name| root.attribute(name).unwrap_or_default().to_owned();
        let issuer =
            root.children().find(|node| node.has_tag_name((names::NS_ASSERTION, "Issuer")))?;
        let status = root
            .descendants()
            .find(|node| node.has_tag_name((names::NS_PROTOCOL, "StatusCode")))?;
        Some(Self {
            id: attribute("ID"),
            issue_instant: attribute("IssueInstant"),
            destination: attribute("Destination"),
            issuer: issuer.text()?.to_owned(),
            in_response_to: attribute("InResponseTo"),
            status: status.attribute("Value").unwrap_or_default().to_owned(),
        })
    }

    /// As XML, not signed.
    pub fn to_xml(&self) -> String {
        format!(
            "<samlp:LogoutResponse xmlns:samlp=\"{samlp}\" xmlns:saml=\"{saml}\" ID=\"{id}\" Version=\"2.0\" \
             IssueInstant=\"{instant}\" Destination=\"{destination}\" InResponseTo=\"{request}\">{issuer}\
             <samlp:Status><samlp:StatusCode Value=\"{status}\"/></samlp:Status></samlp:LogoutResponse>",
            samlp = names::NS_PROTOCOL,
            saml = names::NS_ASSERTION,
            id = escape(&self.id),
            instant = escape(&self.issue_instant),
            destination = escape(&self.destination),
            request = escape(&self.in_response_to),
            issuer = issuer(&self.issuer),
            status = escape(&self.status),
        )
    }
}

fn issuer(entity_id: &str) -> String {
    format!(
        "<saml:Issuer Format=\"{}\" NameQualifier=\"{name}\">{name}</saml:Issuer>",
        names::FORMAT_ENTITY,
        name = Value::from(entity_id).as_xml()
    )
}
