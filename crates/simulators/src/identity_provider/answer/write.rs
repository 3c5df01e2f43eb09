//! From the parts to XML, in the order of the schema. No white space is added: there is none to be signed by accident.

use super::{
    Answer, Assertion, Attribute, AuthnStatement, Conditions, Confirmation, Issuer, NameId, Place,
    Status, Subject,
};
use crate::identity_provider::{names, value::Value};
use std::fmt::Write as _;

/// The document and where its assertion starts.
pub(super) struct Written {
    pub(super) xml: String,
    pub(super) assertion_at: Option<usize>,
}

impl Answer {
    pub(super) fn written(&self) -> Written {
        let mut xml = self.prolog.clone();
        xml.push_str("<samlp:Response");
        attribute(&mut xml, "xmlns:samlp", Some(&names::NS_PROTOCOL.into()));
        attribute(&mut xml, "xmlns:saml", Some(&names::NS_ASSERTION.into()));
        attribute(&mut xml, "ID", self.id.as_ref());
        attribute(&mut xml, "Version", self.version.as_ref());
        attribute(&mut xml, "IssueInstant", self.issue_instant.as_ref());
        attribute(&mut xml, "InResponseTo", self.in_response_to.as_ref());
        attribute(&mut xml, "Destination", self.destination.as_ref());
        xml.push('>');
        self.insert(&mut xml, Place::ResponseStart);
        issuer(&mut xml, self.issuer.as_ref());
        self.insert(&mut xml, Place::AfterResponseIssuer);
        status(&mut xml, self.status.as_ref());
        self.insert(&mut xml, Place::BeforeAssertion);
        let assertion_at = self.assertion.as_ref().map(|assertion| {
            let start = xml.len();
            self.write_assertion(&mut xml, assertion);
            start
        });
        self.insert(&mut xml, Place::ResponseEnd);
        xml.push_str("</samlp:Response>");
        Written { xml, assertion_at }
    }

    fn insert(&self, xml: &mut String, place: Place) {
        for (_, raw) in self.inserted.iter().filter(|(at, _)| *at == place) {
            xml.push_str(raw);
        }
    }

    /// The assertion alone. It declares its own namespaces, so that it is the same wherever it is carried.
    pub fn assertion_xml(&self) -> Option<String> {
        let mut xml = String::new();
        self.write_assertion(&mut xml, self.assertion.as_ref()?);
        Some(xml)
    }

    fn write_assertion(&self, xml: &mut String, assertion: &Assertion) {
        xml.push_str("<saml:Assertion");
        attribute(xml, "xmlns:saml", Some(&names::NS_ASSERTION.into()));
        attribute(xml, "xmlns:xs", Some(&"http://www.w3.org/2001/XMLSchema".into()));
        attribute(xml, "xmlns:xsi", Some(&"http://www.w3.org/2001/XMLSchema-instance".into()));
        attribute(xml, "ID", assertion.id.as_ref());
        attribute(xml, "Version", assertion.version.as_ref());
        attribute(xml, "IssueInstant", assertion.issue_instant.as_ref());
        xml.push('>');
        self.insert(xml, Place::AssertionStart);
        issuer(xml, assertion.issuer.as_ref());
        self.insert(xml, Place::AfterAssertionIssuer);
        self.write_subject(xml, assertion.subject.as_ref());
        self.write_conditions(xml, assertion.conditions.as_ref());
        self.write_authn_statement(xml, assertion.authn_statement.as_ref());
        if let Some(attributes) = &assertion.attributes {
            xml.push_str("<saml:AttributeStatement>");
            self.insert(xml, Place::AttributesStart);
            for one in attributes {
                personal_attribute(xml, one);
            }
            self.insert(xml, Place::AttributesEnd);
            xml.push_str("</saml:AttributeStatement>");
        }
        self.insert(xml, Place::AssertionEnd);
        xml.push_str("</saml:Assertion>");
    }

    fn write_subject(&self, xml: &mut String, subject: Option<&Subject>) {
        let Some(subject) = subject else { return };
        xml.push_str("<saml:Subject>");
        if let Some(NameId { value, format, name_qualifier }) = &subject.name_id {
            xml.push_str("<saml:NameID");
            attribute(xml, "Format", format.as_ref());
            attribute(xml, "NameQualifier", name_qualifier.as_ref());
            let _ = write!(xml, ">{}</saml:NameID>", value.as_xml());
        }
        if let Some(confirmation) = &subject.confirmation {
            self.write_confirmation(xml, confirmation);
        }
        self.insert(xml, Place::SubjectEnd);
        xml.push_str("</saml:Subject>");
    }

    fn write_confirmation(&self, xml: &mut String, confirmation: &Confirmation) {
        xml.push_str("<saml:SubjectConfirmation");
        attribute(xml, "Method", confirmation.method.as_ref());
        xml.push('>');
        if let Some(data) = &confirmation.data {
            xml.push_str("<saml:SubjectConfirmationData");
            attribute(xml, "Recipient", data.recipient.as_ref());
            attribute(xml, "InResponseTo", data.in_response_to.as_ref());
            attribute(xml, "NotOnOrAfter", data.not_on_or_after.as_ref());
            xml.push('>');
            self.insert(xml, Place::ConfirmationData);
            xml.push_str("</saml:SubjectConfirmationData>");
        }
        xml.push_str("</saml:SubjectConfirmation>");
    }

    fn write_conditions(&self, xml: &mut String, conditions: Option<&Conditions>) {
        let Some(conditions) = conditions else { return };
        xml.push_str("<saml:Conditions");
        attribute(xml, "NotBefore", conditions.not_before.as_ref());
        attribute(xml, "NotOnOrAfter", conditions.not_on_or_after.as_ref());
        xml.push('>');
        if let Some(audiences) = &conditions.audiences {
            xml.push_str("<saml:AudienceRestriction>");
            for audience in audiences {
                let _ = write!(xml, "<saml:Audience>{}</saml:Audience>", audience.as_xml());
            }
            xml.push_str("</saml:AudienceRestriction>");
        }
        self.insert(xml, Place::ConditionsEnd);
        xml.push_str("</saml:Conditions>");
    }

    fn write_authn_statement(&self, xml: &mut String, statement: Option<&AuthnStatement>) {
        let Some(statement) = statement else { return };
        xml.push_str("<saml:AuthnStatement");
        attribute(xml, "AuthnInstant", statement.authn_instant.as_ref());
        attribute(xml, "SessionIndex", statement.session_index.as_ref());
        xml.push('>');
        if let Some(context) = &statement.context {
            xml.push_str("<saml:AuthnContext>");
            if let Some(class) = &context.class_ref {
                let class = class.as_xml();
                let _ =
                    write!(xml, "<saml:AuthnContextClassRef>{class}</saml:AuthnContextClassRef>");
            }
            xml.push_str("</saml:AuthnContext>");
        }
        self.insert(xml, Place::AuthnStatementEnd);
        xml.push_str("</saml:AuthnStatement>");
    }
}

fn attribute(xml: &mut String, name: &str, value: Option<&Value>) {
    if let Some(value) = value {
        let _ = write!(xml, " {name}=\"{}\"", value.as_xml());
    }
}

fn issuer(xml: &mut String, issuer: Option<&Issuer>) {
    let Some(issuer) = issuer else { return };
    xml.push_str("<saml:Issuer");
    attribute(xml, "Format", issuer.format.as_ref());
    attribute(xml, "NameQualifier", issuer.name_qualifier.as_ref());
    let _ = write!(xml, ">{}</saml:Issuer>", issuer.value.as_xml());
}

fn status(xml: &mut String, status: Option<&Status>) {
    let Some(status) = status else { return };
    xml.push_str("<samlp:Status>");
    if status.code.is_some() || status.sub_code.is_some() {
        xml.push_str("<samlp:StatusCode");
        attribute(xml, "Value", status.code.as_ref());
        xml.push('>');
        if let Some(inner) = &status.sub_code {
            let _ = write!(xml, "<samlp:StatusCode Value=\"{}\"/>", inner.as_xml());
        }
        xml.push_str("</samlp:StatusCode>");
    }
    if let Some(message) = &status.message {
        let _ = write!(xml, "<samlp:StatusMessage>{}</samlp:StatusMessage>", message.as_xml());
    }
    xml.push_str("</samlp:Status>");
}

fn personal_attribute(xml: &mut String, one: &Attribute) {
    xml.push_str("<saml:Attribute");
    attribute(xml, "Name", Some(&one.name));
    attribute(xml, "NameFormat", one.name_format.as_ref());
    xml.push('>');
    for value in &one.values {
        xml.push_str("<saml:AttributeValue");
        attribute(xml, "xsi:type", one.value_type.as_ref());
        let _ = write!(xml, ">{}</saml:AttributeValue>", value.as_xml());
    }
    xml.push_str("</saml:Attribute>");
}
