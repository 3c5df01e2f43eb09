//! Checking what a service provider signs: strictly, with the keys of its own metadata.

use super::{Parameter, algorithm, canonical::canonical};
use crate::identity_provider::names;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use openssl::{hash::MessageDigest, sign::Verifier, x509::X509};
use roxmltree::{Document, Node};
use std::collections::{HashMap, HashSet};

/// Why a signature does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// Not well-formed, or with a document type.
    #[error("the document cannot be read")]
    Xml,
    /// No element with this ID, or several.
    #[error("the ID does not name one element")]
    Id,
    /// Not exactly one signature where it belongs.
    #[error("no signature")]
    Absent,
    /// It points elsewhere, or changes what it points to.
    #[error("the reference or its transforms are not as prescribed")]
    Reference,
    /// An algorithm outside the rules.
    #[error("an algorithm is not allowed")]
    Algorithm,
    /// The content was changed.
    #[error("the content does not fit the digest")]
    Digest,
    /// None of the keys made it.
    #[error("the signature fits none of the certificates")]
    Signature,
}

/// Signature algorithms that a strict provider takes.
const SIGNATURES: [&str; 3] = [names::RSA_SHA256, names::RSA_SHA384, names::RSA_SHA512];
/// Digests that it takes.
const DIGESTS: [&str; 3] = [names::SHA256, names::SHA384, names::SHA512];

/// Whether the element with this ID carries a good enveloped signature of one of the certificates (DER).
///
/// # Errors
/// When it does not.
pub fn verify_enveloped(
    xml: &str,
    element_id: &str,
    certificates: &[Vec<u8>],
) -> Result<(), VerifyError> {
    let document = Document::parse(xml).map_err(|_| VerifyError::Xml)?;
    let element = only_with_id(&document, element_id)?;
    let signature = only_child(element, "Signature").ok_or(VerifyError::Absent)?;
    let info = only_child(signature, "SignedInfo").ok_or(VerifyError::Absent)?;
    let reference = only_child(info, "Reference").ok_or(VerifyError::Reference)?;
    if reference.attribute("URI") != Some(format!("#{element_id}").as_str()) {
        return Err(VerifyError::Reference);
    }
    let prefixes = check_transforms(reference)?;
    let digest_method = algorithm_of(reference, "DigestMethod", &DIGESTS)?;
    let signature_method = algorithm_of(info, "SignatureMethod", &SIGNATURES)?;
    algorithm_of(info, "CanonicalizationMethod", &[names::EXCLUSIVE_C14N])?;

    let without = cut(xml, signature).ok_or(VerifyError::Xml)?;
    let shorter = element.range().start..element.range().end - signature.range().len();
    let content = canonical(&without, &shorter, names::EXCLUSIVE_C14N, &prefixes)
        .map_err(|_| VerifyError::Xml)?;
    let digest = algorithm::digest(digest_method, &content).map_err(|_| VerifyError::Digest)?;
    if base64_of(reference, "DigestValue") != Some(digest) {
        return Err(VerifyError::Digest);
    }
    let signed =
        canonical(xml, &info.range(), names::EXCLUSIVE_C14N, &[]).map_err(|_| VerifyError::Xml)?;
    let value = base64_of(signature, "SignatureValue").ok_or(VerifyError::Signature)?;
    check(signature_method, &signed, &value, certificates)
}

/// Whether a query, exactly as it came, is signed by one of the certificates (DER).
///
/// # Errors
/// When it is not.
pub fn verify_redirect(
    raw_query: &str,
    parameter: Parameter,
    certificates: &[Vec<u8>],
) -> Result<(), VerifyError> {
    let mut found = HashMap::new();
    for pair in raw_query.split('&') {
        let name = pair.split_once('=').map_or(pair, |(name, _)| name);
        if found.insert(name, pair).is_some() {
            return Err(VerifyError::Reference);
        }
    }
    let parts = [parameter.name(), "RelayState", "SigAlg"];
    let signed: Vec<&str> = parts.iter().filter_map(|name| found.get(name).copied()).collect();
    let plain = |name: &str| {
        let pair = found.get(name)?;
        url::form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned())
    };
    let method = plain("SigAlg").ok_or(VerifyError::Absent)?;
    if !SIGNATURES.contains(&method.as_str()) {
        return Err(VerifyError::Algorithm);
    }
    let value = plain("Signature").ok_or(VerifyError::Absent)?;
    let value = STANDARD.decode(value).map_err(|_| VerifyError::Signature)?;
    check(&method, signed.join("&").as_bytes(), &value, certificates)
}

fn check(
    method: &str,
    signed: &[u8],
    value: &[u8],
    certificates: &[Vec<u8>],
) -> Result<(), VerifyError> {
    let digest = algorithm::digest_of(method).ok_or(VerifyError::Algorithm)?;
    let fits = certificates.iter().any(|der| fits(digest, signed, value, der).unwrap_or(false));
    if fits { Ok(()) } else { Err(VerifyError::Signature) }
}

fn fits(
    digest: MessageDigest,
    signed: &[u8],
    value: &[u8],
    certificate: &[u8],
) -> Result<bool, openssl::error::ErrorStack> {
    let key = X509::from_der(certificate)?.public_key()?;
    // Below 2048 bits a key is not allowed, whoever registered it.
    let long_enough = key.rsa()?.size() >= 256;
    Ok(long_enough && Verifier::new(digest, &key)?.verify_oneshot(value, signed)?)
}

fn only_with_id<'a, 'input>(
    document: &'a Document<'input>,
    id: &str,
) -> Result<Node<'a, 'input>, VerifyError> {
    let mut seen = HashSet::new();
    let mut ids = document.descendants().filter_map(|node| node.attribute("ID"));
    if !ids.all(|id| seen.insert(id)) {
        return Err(VerifyError::Id);
    }
    let found = document.descendants().find(|node| node.attribute("ID") == Some(id));
    found.ok_or(VerifyError::Id)
}

/// The one child of the signature namespace with this name; none where there are several.
fn only_child<'a, 'input>(parent: Node<'a, 'input>, name: &str) -> Option<Node<'a, 'input>> {
    let mut fitting = parent.children().filter(|child| child.has_tag_name((names::NS_DSIG, name)));
    let found = fitting.next()?;
    fitting.next().is_none().then_some(found)
}

fn algorithm_of<'a>(
    parent: Node<'a, '_>,
    name: &str,
    allowed: &[&str],
) -> Result<&'a str, VerifyError> {
    let child = only_child(parent, name).ok_or(VerifyError::Absent)?;
    let algorithm = child.attribute("Algorithm").unwrap_or_default();
    if allowed.contains(&algorithm) { Ok(algorithm) } else { Err(VerifyError::Algorithm) }
}

/// The enveloped signature, then the exclusive form, and nothing else; the prefixes that the latter includes.
fn check_transforms<'a>(reference: Node<'a, '_>) -> Result<Vec<&'a str>, VerifyError> {
    let transforms = only_child(reference, "Transforms").ok_or(VerifyError::Reference)?;
    let list: Vec<_> = transforms.children().filter(Node::is_element).collect();
    let algorithms: Vec<_> = list.iter().filter_map(|node| node.attribute("Algorithm")).collect();
    if algorithms != [names::ENVELOPED, names::EXCLUSIVE_C14N] {
        return Err(VerifyError::Reference);
    }
    let prefixes = list
        .iter()
        .flat_map(Node::children)
        .filter_map(|parameter| parameter.attribute("PrefixList"))
        .flat_map(str::split_ascii_whitespace);
    Ok(prefixes.collect())
}

fn base64_of(parent: Node<'_, '_>, name: &str) -> Option<Vec<u8>> {
    let text = only_child(parent, name)?.text()?;
    let packed: String = text.split_ascii_whitespace().collect();
    STANDARD.decode(packed).ok()
}

/// The document without its signature.
fn cut(xml: &str, signature: Node<'_, '_>) -> Option<String> {
    let before = xml.get(..signature.range().start)?;
    Some(format!("{before}{}", xml.get(signature.range().end..)?))
}
