//! The one form that a signature may have: what is signed, how it is transformed, and with which algorithms.

use crate::{
    dom,
    names::{
        ENVELOPED, EXCLUSIVE_C14N, NS_DSIG, RSA_SHA256, RSA_SHA384, RSA_SHA512, SHA256, SHA384,
        SHA512,
    },
    refusal::{Refusal, form},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use roxmltree::Node;

/// Signature algorithms that count; neither SHA-1, nor HMAC with a public key as its secret, nor curves.
pub(crate) const SIGNATURES: &[&str] = &[RSA_SHA256, RSA_SHA384, RSA_SHA512];
const DIGESTS: &[&str] = &[SHA256, SHA384, SHA512];

/// Prefixes in one list.
const PREFIXES: usize = 16;

/// Whether `parent` is signed; a signature of another form is refused.
pub(super) fn check(parent: Node<'_, '_>) -> Result<bool, Refusal> {
    let mut signatures = dom::children(parent, NS_DSIG, "Signature");
    let Some(signature) = signatures.next() else { return Ok(false) };
    if signatures.next().is_some() {
        return Err(form::SEVERAL_SIGNATURES);
    }
    let parts: Vec<_> = elements(signature).collect();
    let (info, value) = match parts.as_slice() {
        [info, value] if names(&parts) == ["SignedInfo", "SignatureValue"] => (*info, *value),
        [info, value, key] if names(&parts) == ["SignedInfo", "SignatureValue", "KeyInfo"] => {
            check_key_info(*key)?;
            (*info, *value)
        }
        _ => return Err(form::SIGNATURE_SHAPE),
    };
    check_base64(value, form::SIGNATURE_SHAPE)?;
    check_signed_info(info, parent.attribute("ID").unwrap_or_default())?;
    Ok(true)
}

fn elements<'a, 'i>(node: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(Node::is_element)
}

fn names<'a>(nodes: &[Node<'a, '_>]) -> Vec<&'a str> {
    nodes.iter().map(|node| node.tag_name().name()).collect()
}

fn check_signed_info(info: Node<'_, '_>, id: &str) -> Result<(), Refusal> {
    let parts: Vec<_> = elements(info).collect();
    if names(&parts).iter().filter(|name| **name == "Reference").count() > 1 {
        return Err(form::SEVERAL_REFERENCES);
    }
    let [canonicalisation, method, reference] = parts.as_slice() else {
        return Err(form::SIGNATURE_SHAPE);
    };
    if names(&parts) != ["CanonicalizationMethod", "SignatureMethod", "Reference"] {
        return Err(form::SIGNATURE_SHAPE);
    }
    if algorithm(*canonicalisation) != EXCLUSIVE_C14N {
        return Err(form::CANONICALISATION);
    }
    check_prefixes(*canonicalisation)?;
    if !SIGNATURES.contains(&algorithm(*method)) {
        return Err(form::SIGNATURE_ALGORITHM);
    }
    check_reference(*reference, id)
}

fn check_reference(reference: Node<'_, '_>, id: &str) -> Result<(), Refusal> {
    let target = reference.attribute("URI").and_then(|uri| uri.strip_prefix('#'));
    let has_type =
        reference.attributes().any(|attribute| !matches!(attribute.name(), "URI" | "Id"));
    if target != Some(id) || has_type {
        return Err(form::REFERENCE);
    }
    let parts: Vec<_> = elements(reference).collect();
    let [transforms, method, value] = parts.as_slice() else { return Err(form::SIGNATURE_SHAPE) };
    if names(&parts) != ["Transforms", "DigestMethod", "DigestValue"] {
        return Err(form::SIGNATURE_SHAPE);
    }
    check_transforms(*transforms)?;
    if !DIGESTS.contains(&algorithm(*method)) {
        return Err(form::DIGEST_ALGORITHM);
    }
    check_base64(*value, form::SIGNATURE_SHAPE)
}

/// Exactly two: cut the signature out, then the exclusive canonical form.
fn check_transforms(transforms: Node<'_, '_>) -> Result<(), Refusal> {
    let parts: Vec<_> = elements(transforms).collect();
    let [enveloped, canonical] = parts.as_slice() else { return Err(form::TRANSFORMS) };
    if algorithm(*enveloped) != ENVELOPED
        || enveloped.has_children()
        || algorithm(*canonical) != EXCLUSIVE_C14N
    {
        return Err(form::TRANSFORMS);
    }
    check_prefixes(*canonical)
}

/// Real providers name prefixes (`xs`) whose namespaces are to be signed along. That adds to what is signed and takes
/// nothing away, and what is read later is the very text that was signed, so plain prefixes are allowed.
fn check_prefixes(node: Node<'_, '_>) -> Result<(), Refusal> {
    let mut lists = elements(node);
    let Some(list) = lists.next() else { return Ok(()) };
    let is_prefix = |prefix: &str| {
        prefix == "#default"
            || (prefix.len() <= 32
                && prefix.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'))
    };
    let prefixes: Vec<_> = list.attribute("PrefixList").unwrap_or_default().split(' ').collect();
    let is_plain = lists.next().is_none() && list.attributes().len() == 1 && !list.has_children();
    if is_plain && prefixes.len() <= PREFIXES && prefixes.iter().all(|prefix| is_prefix(prefix)) {
        Ok(())
    } else {
        Err(form::PREFIX_LIST)
    }
}

/// A certificate or nothing. It is not believed (the provider's metadata say which key counts), but it is not to carry
/// anything else to xmlsec either.
fn check_key_info(info: Node<'_, '_>) -> Result<(), Refusal> {
    let certificates = elements(info).flat_map(elements);
    for certificate in certificates {
        check_base64_or_empty(certificate, form::KEY_INFO)?;
    }
    Ok(())
}

fn algorithm<'a>(node: Node<'a, '_>) -> &'a str {
    node.attribute("Algorithm").unwrap_or_default()
}

fn check_base64(node: Node<'_, '_>, refusal: Refusal) -> Result<(), Refusal> {
    let dense: String = dom::text(node)?.split_ascii_whitespace().collect();
    let decoded = STANDARD.decode(dense).map_err(|_| refusal)?;
    if decoded.is_empty() { Err(refusal) } else { Ok(()) }
}

fn check_base64_or_empty(node: Node<'_, '_>, refusal: Refusal) -> Result<(), Refusal> {
    if dom::text(node)?.is_empty() { Ok(()) } else { check_base64(node, refusal) }
}
