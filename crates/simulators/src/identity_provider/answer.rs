//! An answer to a service provider, every part of which can be bent before it is signed.

mod defaults;
mod error_code;
mod parts;
mod write;

pub use defaults::{Ground, fresh_id};
pub use error_code::ErrorCode;
pub use parts::{
    Assertion, Attribute, AuthnContext, AuthnStatement, Conditions, Confirmation, ConfirmationData,
    Issuer, NameId, Place, Status, Subject,
};

use super::{
    signer::{SignError, SignOptions, SigningKey, Target, sign_target},
    value::Value,
};

/// A `Response`. What is `None` is left out; what is an empty [`Value`] is written empty.
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    /// Raw XML before the root element: a declaration, a document type.
    pub prolog: String,
    /// `ID`
    pub id: Option<Value>,
    /// `Version`
    pub version: Option<Value>,
    /// `IssueInstant`
    pub issue_instant: Option<Value>,
    /// `InResponseTo`
    pub in_response_to: Option<Value>,
    /// `Destination`
    pub destination: Option<Value>,
    /// `Issuer`
    pub issuer: Option<Issuer>,
    /// `Status`
    pub status: Option<Status>,
    /// `Assertion`
    pub assertion: Option<Assertion>,
    /// Raw XML at named places, in this order.
    pub inserted: Vec<(Place, String)>,
}

/// What is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signing {
    /// The response, with all that is in it.
    pub response: bool,
    /// The assertion.
    pub assertion: bool,
}

impl Signing {
    /// Both, as most providers do.
    pub const BOTH: Self = Self { response: true, assertion: true };
    /// The assertion alone, which is what must be.
    pub const ASSERTION: Self = Self { response: false, assertion: true };
    /// The response alone.
    pub const RESPONSE: Self = Self { response: true, assertion: false };
    /// Nothing.
    pub const NONE: Self = Self { response: false, assertion: false };
}

impl Answer {
    /// As XML, without any signature.
    pub fn to_xml(&self) -> String {
        self.written().xml
    }

    /// As XML, signed with the key: the assertion first, then the response around it.
    ///
    /// # Errors
    /// When raw values have made it ill-formed, or the key cannot sign.
    pub fn signed(
        &self,
        key: &SigningKey,
        signing: Signing,
        options: &SignOptions,
    ) -> Result<String, SignError> {
        let written = self.written();
        let mut xml = written.xml;
        if let (Some(at), true) = (written.assertion_at, signing.assertion) {
            xml = sign_target(&xml, Target::At(at), key, options)?;
        }
        if signing.response {
            xml = sign_target(&xml, Target::Root, key, options)?;
        }
        Ok(xml)
    }
}

#[cfg(test)]
mod tests;
