//! A right answer to a request, before anybody bends it.

use super::{
    Answer, Assertion, Attribute, AuthnContext, AuthnStatement, Conditions, Confirmation,
    ConfirmationData, ErrorCode, Issuer, NameId, Status, Subject,
};
use crate::identity_provider::{
    names,
    person::Person,
    provider::Provider,
    request::AuthnRequest,
    value::{Value, hex},
};
use domain::{
    Entropy,
    entropy::random_bytes,
    identity::{AssuranceLevel, IdentityScheme},
};
use jiff::{SignedDuration, Timestamp};

/// How long an answer holds.
const VALIDITY: SignedDuration = SignedDuration::from_mins(5);

/// What an answer is made from.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// Who answers.
    pub provider: &'a Provider,
    /// What is answered.
    pub request: &'a AuthnRequest,
    /// Where the answer goes.
    pub acs: &'a str,
    /// Now.
    pub now: Timestamp,
    /// For the IDs.
    pub entropy: &'a dyn Entropy,
}

/// An ID with 128 random bits.
pub fn fresh_id(entropy: &dyn Entropy) -> String {
    let bytes: [u8; 16] = random_bytes(entropy);
    format!("_{}", hex(&bytes))
}

/// UTC with milliseconds.
fn written(instant: Timestamp) -> Value {
    Value::from(format!("{instant:.3}"))
}

impl Ground<'_> {
    fn instant(&self) -> Value {
        written(self.now)
    }

    fn end(&self) -> Value {
        written(self.now.checked_add(VALIDITY).unwrap_or(Timestamp::MAX))
    }

    /// CIE says who it is without saying in what format.
    fn issuer(&self) -> Issuer {
        let format = self.provider.scheme != IdentityScheme::Cie;
        Issuer {
            value: Value::from(self.provider.entity_id.as_str()),
            format: format.then(|| names::FORMAT_ENTITY.into()),
            name_qualifier: None,
        }
    }
}

impl Answer {
    /// A person who consented: everything right, these attributes as far as the person has them.
    pub fn success(
        ground: &Ground<'_>,
        person: &Person,
        level: AssuranceLevel,
        attributes: &[String],
    ) -> Self {
        let mut answer = Self::frame(ground);
        answer.status = Some(Status {
            code: Some(names::STATUS_SUCCESS.into()),
            sub_code: None,
            message: None,
        });
        answer.assertion = Some(Assertion {
            id: Some(fresh_id(ground.entropy).into()),
            version: Some("2.0".into()),
            issue_instant: Some(ground.instant()),
            issuer: Some(ground.issuer()),
            subject: Some(subject(ground)),
            conditions: Some(Conditions {
                not_before: Some(ground.instant()),
                not_on_or_after: Some(ground.end()),
                audiences: Some(vec![ground.request.issuer.as_deref().unwrap_or_default().into()]),
            }),
            authn_statement: Some(statement(ground, level)),
            attributes: Some(asserted(ground.provider, person, attributes)),
        });
        answer
    }

    /// An anomaly of the official table.
    pub fn error(ground: &Ground<'_>, code: ErrorCode) -> Self {
        let value = |last: &str| Value::from(format!("{}{last}", names::STATUS));
        Self {
            status: Some(Status {
                code: Some(value(code.status())),
                sub_code: code.sub_status().map(value),
                message: Some(code.message().into()),
            }),
            ..Self::frame(ground)
        }
    }

    fn frame(ground: &Ground<'_>) -> Self {
        Self {
            prolog: String::new(),
            id: Some(fresh_id(ground.entropy).into()),
            version: Some("2.0".into()),
            issue_instant: Some(ground.instant()),
            in_response_to: ground.request.id.as_deref().map(Value::from),
            destination: Some(ground.acs.into()),
            issuer: Some(ground.issuer()),
            status: None,
            assertion: None,
            inserted: Vec::new(),
        }
    }
}

fn subject(ground: &Ground<'_>) -> Subject {
    Subject {
        name_id: Some(NameId {
            value: fresh_id(ground.entropy).into(),
            format: Some(names::FORMAT_TRANSIENT.into()),
            name_qualifier: Some(ground.provider.entity_id.as_str().into()),
        }),
        confirmation: Some(Confirmation {
            method: Some(names::METHOD_BEARER.into()),
            data: Some(ConfirmationData {
                recipient: Some(ground.acs.into()),
                in_response_to: ground.request.id.as_deref().map(Value::from),
                not_on_or_after: Some(ground.end()),
            }),
        }),
    }
}

/// Only the lowest level opens a session with the provider, and so has an index.
fn statement(ground: &Ground<'_>, level: AssuranceLevel) -> AuthnStatement {
    let index = (level == AssuranceLevel::L1).then(|| fresh_id(ground.entropy).into());
    AuthnStatement {
        authn_instant: Some(ground.instant()),
        session_index: index,
        context: Some(AuthnContext {
            class_ref: Some(format!("{}{}", names::CLASS, level.number()).into()),
        }),
    }
}

fn asserted(provider: &Provider, person: &Person, wanted: &[String]) -> Vec<Attribute> {
    let attribute = |name: &String| {
        let value = person.attribute(name, provider.scheme, &provider.code_prefix)?;
        let kind = if name == "dateOfBirth" { "xs:date" } else { "xs:string" };
        Some(Attribute {
            name: name.as_str().into(),
            name_format: Some(names::ATTRIBUTE_BASIC.into()),
            value_type: Some(kind.into()),
            values: vec![value.into()],
        })
    };
    wanted.iter().filter_map(attribute).collect()
}
