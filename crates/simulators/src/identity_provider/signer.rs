//! XML signatures made and checked without libxml2 and xmlsec, which the product uses: what one of the two misreads the
//! other is not to share.
//!
//! The signer obeys: it signs what it is told with whatever algorithm, reference and transform it is told, because the
//! tests forge with it. The verifier does not: it takes only what the rules of SPID allow.

mod algorithm;
mod canonical;
mod enveloped;
mod key;
mod options;
mod redirect;
mod verify;

pub use canonical::canonical;
pub use enveloped::{Target, detached_signature, sign_enveloped, sign_target};
pub use key::{KeyOptions, SigningKey};
pub use options::{KeyInfo, Placement, SignOptions, Transform};
pub use redirect::{Parameter, deflate, inflate, redirect_query, redirect_query_with};
pub use verify::{VerifyError, verify_enveloped, verify_redirect};

/// A signature could not be made.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// The document is not well-formed.
    #[error("the document cannot be read: {0}")]
    Xml(#[from] roxmltree::Error),
    /// Nothing in the document fits the target.
    #[error("no such element to sign")]
    NoSuchElement,
    /// The element has no canonical form.
    #[error("no canonical form: {0}")]
    Canonical(String),
    /// From OpenSSL.
    #[error("no signature or certificate")]
    Crypto(#[from] openssl::error::ErrorStack),
}

#[cfg(test)]
mod tests;
