//! The signature work: which key verifies, and the very text that was verified.

use crate::{
    dom,
    guard::Facts,
    names::NS_DSIG,
    provider::{Certificate, IdentityProvider},
    refusal::{
        Refusal,
        content::{
            ASSERTION_MISSING, ASSERTION_UNSIGNED, PROVIDER_WITHOUT_KEY, RESPONSE_UNSIGNED,
            SIGNATURE_INVALID,
        },
    },
};
use base64::{Engine, engine::general_purpose::STANDARD};
use roxmltree::Document;
use samael::crypto::{
    AllowedSignatureAlgorithm, CertificateDer, Crypto, CryptoProvider, ReduceMode,
};

/// What counts as a signature, whatever xmlsec knows besides.
const ALGORITHMS: &[AllowedSignatureAlgorithm] = &[
    AllowedSignatureAlgorithm::RsaSha256,
    AllowedSignatureAlgorithm::RsaSha384,
    AllowedSignatureAlgorithm::RsaSha512,
];

/// The canonical text of the outermost signed element, exactly as it was hashed, and who signed it.
pub(crate) struct Signed<'p> {
    pub(crate) xml: String,
    pub(crate) certificate: &'p Certificate,
}

/// Whether everything is signed that has to be, before any work on it.
pub(crate) fn check_presence(facts: &Facts, provider: &IdentityProvider) -> Result<(), Refusal> {
    let assertion = facts.assertion.as_ref().ok_or(ASSERTION_MISSING)?;
    if !assertion.is_signed {
        return Err(ASSERTION_UNSIGNED);
    }
    if provider.requires_signed_response && !facts.is_signed {
        return Err(RESPONSE_UNSIGNED);
    }
    if keys(provider).next().is_none() {
        return Err(PROVIDER_WITHOUT_KEY);
    }
    Ok(())
}

/// Verifies every signature of the document with one of the provider's keys: the same for all, for a provider signs one
/// message with one key. What is returned is what was hashed, so that nothing unsigned can be read from it.
///
/// For every verification that fails the engine writes a line to stderr and cannot be told not to; after the guard that
/// line names an algorithm and nothing that the sender chose.
pub(crate) fn verify<'p>(
    xml: &str,
    document: &Document<'_>,
    provider: &'p IdentityProvider,
) -> Result<Signed<'p>, Refusal> {
    let mut refusal = PROVIDER_WITHOUT_KEY;
    for certificate in likely_first(keys(provider).collect(), document) {
        let key = [CertificateDer::from(certificate.der().to_vec())];
        let reduced = Crypto::reduce_xml_to_signed_with_allowed_algorithms(
            xml,
            &key,
            ReduceMode::PreDigest,
            Some(ALGORITHMS),
        );
        // The engine's own words may quote the message: they end here.
        match reduced {
            Ok(xml) => return Ok(Signed { xml, certificate }),
            Err(_) => refusal = SIGNATURE_INVALID,
        }
    }
    Err(refusal)
}

/// While a provider exchanges keys, its messages name the one they are signed with. The name is not believed, it says
/// which of the known keys to try first.
fn likely_first<'p>(
    mut keys: Vec<&'p Certificate>,
    document: &Document<'_>,
) -> Vec<&'p Certificate> {
    if keys.len() > 1 {
        let named = document.descendants().find(|node| dom::is(*node, NS_DSIG, "X509Certificate"));
        let named = named.and_then(|node| {
            let text = dom::text(node).ok()?;
            STANDARD.decode(text.split_ascii_whitespace().collect::<String>()).ok()
        });
        keys.sort_by_key(|key| named.as_deref() != Some(key.der()));
    }
    keys
}

/// The certificates that may verify. An expired one may: the registry vouches for it, not its date.
pub(crate) fn keys(provider: &IdentityProvider) -> impl Iterator<Item = &Certificate> {
    provider.signing_certificates.iter().filter(|certificate| certificate.is_strong())
}
