//! The registry of identity providers: a signed aggregate (SPID) or one provider's metadata fetched over TLS (CIE).

mod entity;
pub(crate) mod guard;

use crate::{Certificate, IdentityProvider, names::NS_METADATA};
use domain::identity::IdentityScheme;
use jiff::Timestamp;
use roxmltree::{Document, Node};
use samael::crypto::{CertificateDer, Crypto, CryptoProvider as _};
use std::collections::HashSet;

/// Why the file's word is taken.
#[derive(Clone, Copy, Debug)]
pub enum RegistryTrust<'a> {
    /// Its signature covers the whole file and verifies with one of these certificates, whatever it carries itself.
    Pinned(&'a [Certificate]),
    /// It is not signed, and came over TLS from where it should.
    Transport,
}

/// What a registry file says.
#[derive(Clone, Debug)]
pub struct Registry {
    /// The providers that can be used, in the order of the file.
    pub providers: Vec<IdentityProvider>,
    /// The file asks not to be used after this.
    pub valid_until: Option<Timestamp>,
    /// Entities left out, and why: a stable word.
    pub left_out: Vec<(String, &'static str)>,
}

/// Why a registry file is refused as a whole. The last good copy goes on being used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RegistryError {
    /// More than 4 MiB.
    #[error("the registry file is larger than 4 MiB")]
    TooLarge,
    /// Not XML, another encoding than UTF-8, or with a document type declaration.
    #[error("the registry file is not well-formed, not UTF-8, or has a document type")]
    Malformed,
    /// More elements, or deeper nested ones, than a registry has.
    #[error("the registry file has too many or too deeply nested elements")]
    TooComplex,
    /// Neither an EntitiesDescriptor nor an EntityDescriptor.
    #[error("the registry file is not SAML metadata")]
    WrongRoot,
    /// No signature of the whole file where one is demanded.
    #[error("the registry file is not signed")]
    Unsigned,
    /// A signature over something else, or with other algorithms or transforms than allowed.
    #[error("the registry file's signature does not have the demanded form")]
    SignatureForm,
    /// None of the pinned certificates verifies the signature.
    #[error("the registry file's signature does not verify with the pinned certificates")]
    Signature,
    /// Its validity has ended.
    #[error("the registry file has expired")]
    Expired,
}

impl RegistryError {
    /// Stable word for metrics and logs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "too_large",
            Self::Malformed => "malformed",
            Self::TooComplex => "too_complex",
            Self::WrongRoot => "wrong_root",
            Self::Unsigned => "unsigned",
            Self::SignatureForm => "signature_form",
            Self::Signature => "signature",
            Self::Expired => "expired",
        }
    }
}

/// Reads a registry file. With `allow_loopback` endpoints may be plain http on this machine, for trials; never set it
/// in production.
pub fn read_registry(
    xml: &str,
    scheme: IdentityScheme,
    trust: RegistryTrust<'_>,
    now: Timestamp,
    allow_loopback: bool,
) -> Result<Registry, RegistryError> {
    let document = guard::open(xml)?;
    if let RegistryTrust::Pinned(certificates) = trust {
        guard::signature_covers_root(&document)?;
        verify(xml, certificates)?;
    }
    let valid_until = guard::valid_until(document.root_element())?;
    if valid_until.is_some_and(|end| end <= now) {
        return Err(RegistryError::Expired);
    }
    let mut registry = Registry { providers: Vec::new(), valid_until, left_out: Vec::new() };
    let mut seen = HashSet::new();
    for node in entities(&document) {
        let entity_id = node.attribute("entityID").unwrap_or_default().trim().to_owned();
        let read = if entity_id.is_empty() {
            Err("no_entity_id")
        } else if seen.insert(entity_id.clone()) {
            entity::read(node, scheme, now, allow_loopback)
        } else {
            Err("duplicate")
        };
        match read {
            Ok(provider) => registry.providers.push(provider),
            Err(reason) => registry.left_out.push((entity_id, reason)),
        }
    }
    Ok(registry)
}

/// The guard has made sure that the first signature of the document is the one over its root.
pub(crate) fn verify(xml: &str, certificates: &[Certificate]) -> Result<(), RegistryError> {
    let verifies = |certificate: &Certificate| {
        let certificate = CertificateDer::from(certificate.der().to_vec());
        Crypto::verify_signed_xml(xml, &certificate, Some("ID")).is_ok()
    };
    certificates.iter().any(verifies).then_some(()).ok_or(RegistryError::Signature)
}

/// The entities that are entries of the file, not those that some extension quotes.
fn entities<'a, 'input>(document: &'a Document<'input>) -> impl Iterator<Item = Node<'a, 'input>> {
    let is_list = |node: Node<'_, '_>| node.has_tag_name((NS_METADATA, "EntitiesDescriptor"));
    document.descendants().filter(move |node| {
        node.has_tag_name((NS_METADATA, "EntityDescriptor"))
            && node.ancestors().skip(1).all(|outer| outer.is_root() || is_list(outer))
    })
}

#[cfg(test)]
mod tests;
