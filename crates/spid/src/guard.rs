//! The guard: what a message must look like before xmlsec sees a byte of it.
//!
//! Left alone, xmlsec opens a file or an address that a forged reference names, runs transforms of unverified
//! signatures and reads malformed documents its own way. So everything about the form of a message is decided here,
//! by one linear pass, one strict parse and lists of what may be; what is on no list is refused.

mod elements;
mod identifiers;
mod scan;
mod signatures;

use crate::{
    dom,
    names::{NS_ASSERTION, NS_PROTOCOL},
    refusal::{Refusal, form},
};
use roxmltree::Document;

/// What a message may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An answer to a request of ours.
    Response,
    /// A provider's wish that a session end.
    LogoutRequest,
}

impl Kind {
    const fn root(self) -> &'static str {
        match self {
            Self::Response => "Response",
            Self::LogoutRequest => "LogoutRequest",
        }
    }
}

/// What the guard found out; nothing of it is trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Facts {
    /// Identifier of the root.
    pub(crate) id: String,
    /// Whether the root is signed.
    pub(crate) is_signed: bool,
    /// The assertion, if any.
    pub(crate) assertion: Option<AssertionFacts>,
}

/// What the guard found out about the assertion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AssertionFacts {
    /// Its identifier.
    pub(crate) id: String,
    /// Whether it has a signature of its own.
    pub(crate) is_signed: bool,
}

/// Parses `text` if it is a document that may go to xmlsec.
pub(crate) fn open(text: &str, kind: Kind) -> Result<(Document<'_>, Facts), Refusal> {
    scan::check(text)?;
    let document = dom::parse(text)?;
    let root = document.root_element();
    if !dom::is(root, NS_PROTOCOL, kind.root()) {
        return Err(form::ROOT);
    }
    elements::check(root)?;
    identifiers::check(root)?;
    let is_signed = signatures::check(root)?;
    let assertion = match dom::children(root, NS_ASSERTION, "Assertion").next() {
        Some(node) => Some(AssertionFacts {
            id: dom::attribute(node, "ID", form::ASSERTION_ID_MISSING)?.to_owned(),
            is_signed: signatures::check(node)?,
        }),
        None => None,
    };
    let id = dom::attribute(root, "ID", form::RESPONSE_ID_MISSING)?.to_owned();
    Ok((document, Facts { id, is_signed, assertion }))
}

#[cfg(test)]
mod tests;
