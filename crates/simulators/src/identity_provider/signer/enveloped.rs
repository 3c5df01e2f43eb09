//! Making a signature inside the element it signs.

use super::{
    KeyInfo, Placement, SignError, SignOptions, SigningKey, Transform, canonical::canonical,
};
use crate::identity_provider::{names, value::escape};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use roxmltree::{Document, Node, ParsingOptions};
use std::ops::Range;

/// Which element to sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target<'a> {
    /// The first with this `ID`.
    Id(&'a str),
    /// The one whose start tag begins at this byte.
    At(usize),
    /// The outermost.
    Root,
}

/// The document with a signature inside its first element with this `ID`.
///
/// # Errors
/// When the document is not well-formed, has no such element, or the key cannot sign.
pub fn sign_enveloped(
    xml: &str,
    element_id: &str,
    key: &SigningKey,
    options: &SignOptions,
) -> Result<String, SignError> {
    sign_target(xml, Target::Id(element_id), key, options)
}

/// The document with a signature inside the chosen element.
///
/// # Errors
/// When the document is not well-formed, has no such element, or the key cannot sign.
pub fn sign_target(
    xml: &str,
    target: Target<'_>,
    key: &SigningKey,
    options: &SignOptions,
) -> Result<String, SignError> {
    let (digest, id, place) = {
        let document = read(xml)?;
        let node = find(&document, target)?;
        let id = node.attribute("ID").unwrap_or_default().to_owned();
        (digest(xml, &node.range(), options)?, id, place(xml, node, options.placement)?)
    };
    let (before, after) = xml.split_at_checked(place).ok_or(SignError::NoSuchElement)?;
    let unsigned = render(&digest, &id, "", key, options)?;
    let whole = format!("{before}{unsigned}{after}");
    let value = signature_value(&whole, place, key, options)?;
    Ok(format!("{before}{}{after}", render(&digest, &id, &value, key, options)?))
}

/// The `Signature` alone, made over the element with this `ID` as it stands, to be put anywhere. The exclusive form of
/// `SignedInfo` is the same wherever it goes.
///
/// # Errors
/// When the document is not well-formed, has no such element, or the key cannot sign.
pub fn detached_signature(
    xml: &str,
    element_id: &str,
    key: &SigningKey,
    options: &SignOptions,
) -> Result<String, SignError> {
    let document = read(xml)?;
    let node = find(&document, Target::Id(element_id))?;
    let digest = digest(xml, &node.range(), options)?;
    let unsigned = render(&digest, element_id, "", key, options)?;
    let value = signature_value(&unsigned, 0, key, options)?;
    render(&digest, element_id, &value, key, options)
}

/// The document, document types allowed: forgeries may have one.
pub(super) fn read(xml: &str) -> Result<Document<'_>, SignError> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Ok(Document::parse_with_options(xml, options)?)
}

fn find<'a, 'input>(
    document: &'a Document<'input>,
    target: Target<'_>,
) -> Result<Node<'a, 'input>, SignError> {
    let is_target = |node: &Node<'_, '_>| match target {
        Target::Id(id) => node.attribute("ID") == Some(id),
        Target::At(start) => node.is_element() && node.range().start == start,
        Target::Root => node.is_element(),
    };
    document.descendants().find(is_target).ok_or(SignError::NoSuchElement)
}

/// The byte where the signature goes.
fn place(xml: &str, node: Node<'_, '_>, placement: Placement) -> Result<usize, SignError> {
    let range = node.range();
    let text = xml.get(range.clone()).unwrap_or_default();
    let content = node
        .first_child()
        .map(|child| child.range().start)
        .or_else(|| text.rfind("</").map(|end| range.start + end));
    let issuer = node
        .children()
        .find(|child| child.tag_name().name() == "Issuer")
        .map(|issuer| issuer.range().end);
    match placement {
        Placement::AfterIssuer => issuer.or(content),
        Placement::First => content,
        Placement::Last => text.rfind("</").map(|end| range.start + end),
    }
    .ok_or(SignError::NoSuchElement)
}

fn digest(xml: &str, range: &Range<usize>, options: &SignOptions) -> Result<String, SignError> {
    let exclusive = Transform::new(names::EXCLUSIVE_C14N);
    let form = options
        .transforms
        .iter()
        .rev()
        .find(|transform| bergshamra_c14n::C14nMode::from_uri(&transform.algorithm).is_some())
        .unwrap_or(&exclusive);
    let prefixes = form.inclusive_prefixes.as_deref().unwrap_or_default();
    let prefixes: Vec<&str> = prefixes.split_ascii_whitespace().collect();
    // A reference by bare name never sees comments, whatever the transform would keep (XML-DSig, 4.4.3.3).
    let keeps_comments = options.reference.as_ref().is_some_and(|uri| uri.contains("xpointer("));
    let algorithm = match form.algorithm.strip_suffix("WithComments") {
        Some(bare) if !keeps_comments => bare,
        _ => &form.algorithm,
    };
    let bytes = canonical(xml, range, algorithm, &prefixes)?;
    Ok(STANDARD.encode(super::algorithm::digest(&options.digest_algorithm, &bytes)?))
}

/// The value over the `SignedInfo` of the signature that starts at this byte.
fn signature_value(
    xml: &str,
    signature_at: usize,
    key: &SigningKey,
    options: &SignOptions,
) -> Result<String, SignError> {
    if let Some(value) = &options.signature_value {
        return Ok(value.clone());
    }
    let document = read(xml)?;
    let signature = find(&document, Target::At(signature_at))?;
    let info = signature.first_element_child().ok_or(SignError::NoSuchElement)?;
    let known = bergshamra_c14n::C14nMode::from_uri(&options.canonicalization);
    let form = known.map_or(names::EXCLUSIVE_C14N, |_| options.canonicalization.as_str());
    let bytes = canonical(xml, &info.range(), form, &[])?;
    let (uri, secret) = (&options.signature_algorithm, &options.hmac_secret);
    Ok(STANDARD.encode(super::algorithm::signature(uri, key.key(), secret, &bytes)?))
}

fn render(
    digest: &str,
    id: &str,
    value: &str,
    key: &SigningKey,
    options: &SignOptions,
) -> Result<String, SignError> {
    let reference = options.reference.clone().unwrap_or_else(|| format!("#{id}"));
    let transforms: String = options.transforms.iter().map(transform).collect();
    let certificate = |inside: &str| {
        format!(
            "<ds:KeyInfo><ds:X509Data><ds:X509Certificate>{inside}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"
        )
    };
    let key_info = match &options.key_info {
        KeyInfo::Absent => String::new(),
        KeyInfo::Certificate => certificate(&key.certificate_base64()?),
        KeyInfo::Empty => certificate(""),
        KeyInfo::Raw(xml) => xml.clone(),
    };
    Ok(format!(
        "<ds:Signature xmlns:ds=\"{dsig}\"><ds:SignedInfo>\
         <ds:CanonicalizationMethod Algorithm=\"{form}\"/><ds:SignatureMethod Algorithm=\"{method}\"/>\
         <ds:Reference URI=\"{reference}\"><ds:Transforms>{transforms}</ds:Transforms>\
         <ds:DigestMethod Algorithm=\"{digest_method}\"/><ds:DigestValue>{digest}</ds:DigestValue></ds:Reference>{more}\
         </ds:SignedInfo><ds:SignatureValue>{value}</ds:SignatureValue>{key_info}{object}</ds:Signature>",
        dsig = names::NS_DSIG,
        form = escape(&options.canonicalization),
        method = escape(&options.signature_algorithm),
        reference = escape(&reference),
        digest_method = escape(&options.digest_algorithm),
        more = options.more_references,
        object = options.object,
    ))
}

fn transform(transform: &Transform) -> String {
    let prefixes = transform.inclusive_prefixes.as_ref().map_or_else(String::new, |list| {
        format!(
            "<ec:InclusiveNamespaces xmlns:ec=\"{}\" PrefixList=\"{}\"/>",
            names::EXCLUSIVE_C14N,
            escape(list)
        )
    });
    let algorithm = escape(&transform.algorithm);
    let inner = &transform.inner_xml;
    format!("<ds:Transform Algorithm=\"{algorithm}\">{prefixes}{inner}</ds:Transform>")
}
