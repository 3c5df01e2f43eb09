//! What can be chosen about a signature.

use super::super::names;

/// One `Transform` of the reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transform {
    /// Its algorithm.
    pub algorithm: String,
    /// `PrefixList` of `InclusiveNamespaces`, where there is to be one. With the exclusive form it counts for the digest.
    pub inclusive_prefixes: Option<String>,
    /// More XML inside (a style sheet, an expression). The digest knows nothing of it.
    pub inner_xml: String,
}

impl Transform {
    /// A transform without parameters.
    pub fn new(algorithm: &str) -> Self {
        Self { algorithm: algorithm.to_owned(), inclusive_prefixes: None, inner_xml: String::new() }
    }
}

/// What `KeyInfo` shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyInfo {
    /// There is none.
    Absent,
    /// The signing key's certificate.
    Certificate,
    /// An `X509Certificate` with nothing in it.
    Empty,
    /// Anything.
    Raw(String),
}

/// Where in the signed element the signature goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// After the `Issuer` child, or as first child where there is none: where SAML wants it.
    AfterIssuer,
    /// As first child.
    First,
    /// As last child.
    Last,
}

/// All that can be chosen. The default is what SPID prescribes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignOptions {
    /// `SignatureMethod`. An unknown name is written, and RSA with SHA-256 computed.
    pub signature_algorithm: String,
    /// `DigestMethod`. An unknown name is written, and SHA-256 computed.
    pub digest_algorithm: String,
    /// `CanonicalizationMethod` of `SignedInfo`.
    pub canonicalization: String,
    /// The transforms, in order. The last canonicalisation among them makes the digested bytes; without one, the
    /// exclusive form.
    pub transforms: Vec<Transform>,
    /// `URI` of the reference; none makes `#` and the element's ID.
    pub reference: Option<String>,
    /// More XML after the reference, such as a second one.
    pub more_references: String,
    /// What is shown of the key.
    pub key_info: KeyInfo,
    /// More XML at the end of the signature, such as an `Object`.
    pub object: String,
    /// Where it goes.
    pub placement: Placement,
    /// Secret of a keyed hash, where the algorithm is one.
    pub hmac_secret: Vec<u8>,
    /// A signature value to write in place of the computed one.
    pub signature_value: Option<String>,
}

impl Default for SignOptions {
    fn default() -> Self {
        Self {
            signature_algorithm: names::RSA_SHA256.into(),
            digest_algorithm: names::SHA256.into(),
            canonicalization: names::EXCLUSIVE_C14N.into(),
            transforms: vec![
                Transform::new(names::ENVELOPED),
                Transform::new(names::EXCLUSIVE_C14N),
            ],
            reference: None,
            more_references: String::new(),
            key_info: KeyInfo::Certificate,
            object: String::new(),
            placement: Placement::AfterIssuer,
            hmac_secret: Vec::new(),
            signature_value: None,
        }
    }
}
