//! Requests as identity providers will read and verify them.

use super::{LoginRequest, MessageError, new_request_id, post_form, redirect_url};
use crate::{
    SigningKey,
    names::{CLASS_L2, CLASS_L3, FORMAT_ENTITY, FORMAT_TRANSIENT, RSA_SHA256},
    samples::{Counting, ENTITY_ID, keys, now, verifies},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::identity::AssuranceLevel;
use openssl::{hash::MessageDigest, sign::Verifier, x509::X509};
use roxmltree::{Document, Node};
use std::io::Read as _;
use url::Url;

const DESTINATION: &str = "https://idp.example/sso";

fn request() -> LoginRequest<'static> {
    LoginRequest {
        id: "_a1",
        issued_at: now(),
        destination: DESTINATION,
        entity_id: ENTITY_ID,
        level: AssuranceLevel::L2,
        attribute_set: 1,
        relay_state: "AZaz09_-",
    }
}

/// Checks the signature over the query as sent, and gives the parameters back.
pub(crate) fn verified_query(url: &str, key: &SigningKey) -> Vec<(String, String)> {
    let query = url.split_once('?').unwrap().1;
    let start = query.find("SAMLRe").unwrap();
    let (signed, signature) = query[start..].split_once("&Signature=").unwrap();
    let pairs: Vec<_> = Url::parse(url).unwrap().query_pairs().into_owned().collect();
    let last = &pairs.last().unwrap().1;
    assert!(!signature.contains('&'));
    let public = X509::from_der(key.certificate().der()).unwrap().public_key().unwrap();
    let mut verifier = Verifier::new(MessageDigest::sha256(), &public).unwrap();
    assert!(verifier.verify_oneshot(&STANDARD.decode(last).unwrap(), signed.as_bytes()).unwrap());
    pairs
}

pub(crate) fn inflated(value: &str) -> String {
    let mut text = String::new();
    let compressed = STANDARD.decode(value).unwrap();
    flate2::read::DeflateDecoder::new(compressed.as_slice()).read_to_string(&mut text).unwrap();
    text
}

fn children<'a>(node: Node<'a, '_>) -> Vec<&'a str> {
    node.children().filter(Node::is_element).map(|child| child.tag_name().name()).collect()
}

#[test]
fn the_redirect_carries_the_request_and_its_signature() {
    let message = redirect_url(&request(), &keys()[0]).unwrap();
    let pairs = verified_query(&message.url, &keys()[0]);
    let names: Vec<_> = pairs.iter().map(|pair| pair.0.as_str()).collect();
    assert_eq!(names, ["SAMLRequest", "RelayState", "SigAlg", "Signature"]);
    assert_eq!(inflated(&pairs[0].1), message.xml);
    assert_eq!((pairs[1].1.as_str(), pairs[2].1.as_str()), ("AZaz09_-", RSA_SHA256));
    let lower = |escape: &str| escape[..2].chars().any(|c| c.is_ascii_lowercase());
    assert!(!message.url.split('%').skip(1).any(lower));
    let document = Document::parse(&message.xml).unwrap();
    assert_eq!(
        children(document.root_element()),
        ["Issuer", "NameIDPolicy", "RequestedAuthnContext"]
    );
}

#[test]
fn an_address_with_a_query_keeps_it() {
    let destination = "https://idp.example/sso?a=1";
    let message = redirect_url(&LoginRequest { destination, ..request() }, &keys()[0]).unwrap();
    assert!(message.url.starts_with("https://idp.example/sso?a=1&SAMLRequest="));
    verified_query(&message.url, &keys()[0]);
}

#[test]
fn the_request_has_every_field_and_no_forbidden_one() {
    let message = redirect_url(&request(), &keys()[0]).unwrap();
    let document = Document::parse(&message.xml).unwrap();
    let root = document.root_element();
    let attributes: Vec<_> = root.attributes().map(|a| (a.name(), a.value())).collect();
    let expected = [
        ("ID", "_a1"),
        ("Version", "2.0"),
        ("IssueInstant", "2026-09-01T10:20:30.123Z"),
        ("Destination", DESTINATION),
        ("ForceAuthn", "true"),
        ("AssertionConsumerServiceIndex", "0"),
        ("AttributeConsumingServiceIndex", "1"),
    ];
    assert_eq!(attributes, expected);
    let issuer = root.first_element_child().unwrap();
    assert_eq!(issuer.text(), Some(ENTITY_ID));
    assert_eq!(issuer.attribute("Format"), Some(FORMAT_ENTITY));
    assert_eq!(issuer.attribute("NameQualifier"), Some(ENTITY_ID));
    let policy = root.children().nth(1).unwrap();
    assert_eq!(policy.tag_name().name(), "NameIDPolicy");
    let attributes: Vec<_> = policy.attributes().map(|a| (a.name(), a.value())).collect();
    assert_eq!(attributes, [("Format", FORMAT_TRANSIENT)]);
    let context = root.last_element_child().unwrap();
    assert_eq!(context.attribute("Comparison"), Some("minimum"));
    assert_eq!(context.first_element_child().unwrap().text(), Some(CLASS_L2));
}

#[test]
fn the_form_is_signed_right_after_the_issuer() {
    let message = post_form(&request(), &keys()[0]).unwrap();
    assert_eq!((message.action.as_str(), message.relay_state.as_str()), (DESTINATION, "AZaz09_-"));
    assert_eq!(STANDARD.decode(&message.saml_request).unwrap(), message.xml.as_bytes());
    assert!(verifies(&message.xml, &keys()[0]) && !verifies(&message.xml, &keys()[1]));
    let tampered = message.xml.replace(CLASS_L2, CLASS_L3);
    assert!(tampered != message.xml && !verifies(&tampered, &keys()[0]));
    let document = Document::parse(&message.xml).unwrap();
    let expected = ["Issuer", "Signature", "NameIDPolicy", "RequestedAuthnContext"];
    assert_eq!(children(document.root_element()), expected);
}

#[test]
fn whole_seconds_are_written_with_milliseconds() {
    let issued_at = "2026-09-01T10:20:30Z".parse().unwrap();
    let message = redirect_url(&LoginRequest { issued_at, ..request() }, &keys()[0]).unwrap();
    assert!(message.xml.contains("IssueInstant=\"2026-09-01T10:20:30.000Z\""));
}

#[test]
fn senseless_requests_are_refused() {
    let refused = |request: &LoginRequest<'_>| {
        let key = &keys()[0];
        let by_form = post_form(request, key).unwrap_err();
        assert_eq!(by_form.to_string(), redirect_url(request, key).unwrap_err().to_string());
        by_form
    };
    let long = "a".repeat(81);
    for relay_state in ["", "a b", "a&b", "http://x", "à", &long] {
        let error = refused(&LoginRequest { relay_state, ..request() });
        assert!(matches!(error, MessageError::RelayState));
    }
    for id in ["", "9a", "a\"", "a b"] {
        assert!(matches!(refused(&LoginRequest { id, ..request() }), MessageError::Id));
    }
    for destination in ["", "/sso", "javascript:x", "https://idp.example/#a"] {
        let error = refused(&LoginRequest { destination, ..request() });
        assert!(matches!(error, MessageError::Destination));
    }
    let error = refused(&LoginRequest { entity_id: "a\u{b}", ..request() });
    assert!(matches!(error, MessageError::Text(_)));
}

#[test]
fn ids_are_names_of_256_bits() {
    let entropy = Counting::default();
    let (one, two) = (new_request_id(&entropy), new_request_id(&entropy));
    assert_eq!(one.len(), 65);
    assert!(one.starts_with("_000102") && one.ends_with("1e1f") && two.starts_with("_2021"));
}
