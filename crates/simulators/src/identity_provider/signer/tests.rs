//! The signer against xmlsec1, the verifier against tampering.

use super::{
    KeyInfo, KeyOptions, Parameter, Placement, SignOptions, SigningKey, Target, Transform,
    VerifyError, detached_signature, inflate, redirect_query, redirect_query_with, sign_enveloped,
    sign_target, verify_enveloped, verify_redirect,
};
use crate::identity_provider::{
    fixture::{key, xmlsec1_verifies},
    names,
};

const DOCUMENT: &str = "<?xml version=\"1.0\"?>\n<p:Response xmlns:p=\"urn:oasis:names:tc:SAML:2.0:protocol\" \
    xmlns:s = 'urn:oasis:names:tc:SAML:2.0:assertion' xmlns:unused=\"urn:x\" ID=\"_r\" B='2' A=\"&lt;1&#10;\">\n  \
    <s:Issuer>chi è</s:Issuer>\n<!-- nota --><s:Assertion Version=\"2.0\" ID=\"_a\"><s:Issuer>io</s:Issuer>\
    <v xmlns=\"urn:v\" p:w=\"1\">D'Angelò &amp; &#233;<![CDATA[<b>]]></v></s:Assertion></p:Response>";

fn signed(options: &SignOptions) -> String {
    sign_enveloped(DOCUMENT, "_r", &key("signer"), options).unwrap()
}

fn certificates(names: &[&str]) -> Vec<Vec<u8>> {
    names.iter().map(|name| key(name).certificate_der().unwrap()).collect()
}

fn verdict(xml: &str) -> Result<(), VerifyError> {
    verify_enveloped(xml, "_r", &certificates(&["other", "signer"]))
}

#[test]
fn xmlsec_accepts_what_is_signed_as_prescribed() {
    let key = key("signer");
    let both = {
        let at = DOCUMENT.find("<s:Assertion").unwrap();
        let inner = sign_target(DOCUMENT, Target::At(at), &key, &SignOptions::default()).unwrap();
        sign_target(&inner, Target::Root, &key, &SignOptions::default()).unwrap()
    };
    assert!(xmlsec1_verifies(&both, "Response", &key));
    assert!(xmlsec1_verifies(&both, "Assertion", &key));
    assert_eq!(verdict(&both), Ok(()));
    assert_eq!(verify_enveloped(&both, "_a", &certificates(&["signer"])), Ok(()));
    assert!(both.contains("chi è</s:Issuer><ds:Signature"), "the signature follows the issuer");
    assert!(!xmlsec1_verifies(&both.replace("D'Angelò", "D'Angelo"), "Assertion", &key));
}

#[test]
fn xmlsec_accepts_whatever_algorithm_is_chosen() {
    for (method, digest) in [
        (names::RSA_SHA1, names::SHA1),
        (names::RSA_SHA384, names::SHA384),
        (names::RSA_SHA512, names::SHA512),
    ] {
        let options = SignOptions {
            signature_algorithm: method.into(),
            digest_algorithm: digest.into(),
            ..SignOptions::default()
        };
        assert!(xmlsec1_verifies(&signed(&options), "Response", &key("signer")), "{method}");
    }
}

#[test]
fn xmlsec_accepts_whatever_canonical_form_is_chosen() {
    let with = |algorithm: &str, prefixes: Option<&str>| {
        let form = Transform {
            inclusive_prefixes: prefixes.map(str::to_owned),
            ..Transform::new(algorithm)
        };
        SignOptions {
            transforms: vec![Transform::new(names::ENVELOPED), form],
            ..SignOptions::default()
        }
    };
    for (algorithm, prefixes) in [
        (names::EXCLUSIVE_C14N, Some("unused s")),
        (names::EXCLUSIVE_C14N_WITH_COMMENTS, None),
        (names::INCLUSIVE_C14N, None),
    ] {
        let options = with(algorithm, prefixes);
        for id in ["_r", "_a"] {
            let xml = sign_enveloped(DOCUMENT, id, &key("signer"), &options).unwrap();
            let element = if id == "_r" { "Response" } else { "Assertion" };
            assert!(xmlsec1_verifies(&xml, element, &key("signer")), "{algorithm} {id}");
        }
    }
    let seen = SignOptions {
        reference: Some("#xpointer(id('_r'))".into()),
        ..with(names::EXCLUSIVE_C14N_WITH_COMMENTS, None)
    };
    assert!(xmlsec1_verifies(&signed(&seen), "Response", &key("signer")), "comments kept");
    let inclusive =
        SignOptions { canonicalization: names::INCLUSIVE_C14N.into(), ..SignOptions::default() };
    assert!(xmlsec1_verifies(&signed(&inclusive), "Response", &key("signer")));
}

#[test]
fn a_signature_can_be_put_anywhere_and_made_apart() {
    for placement in [Placement::First, Placement::Last] {
        let xml = signed(&SignOptions { placement, ..SignOptions::default() });
        assert!(xmlsec1_verifies(&xml, "Response", &key("signer")), "{placement:?}");
        assert_eq!(verdict(&xml), Ok(()));
    }
    let key = key("signer");
    let apart = detached_signature(DOCUMENT, "_a", &key, &SignOptions::default()).unwrap();
    let inside = sign_enveloped(DOCUMENT, "_a", &key, &SignOptions::default()).unwrap();
    assert!(inside.contains(&apart));
}

#[test]
fn what_was_changed_after_signing_is_refused() {
    let good = signed(&SignOptions::default());
    assert_eq!(verdict(&good), Ok(()));
    for (from, to, why) in [
        ("D'Angelò", "D'Angelo", VerifyError::Digest),
        ("B='2'", "B='3'", VerifyError::Digest),
        ("ID=\"_a\"", "ID=\"_r\"", VerifyError::Id),
        ("ID=\"_r\"", "ID=\"_q\"", VerifyError::Id),
        ("URI=\"#_r\"", "URI=\"\"", VerifyError::Reference),
        ("URI=\"#_r\"", "URI=\"#_a\"", VerifyError::Reference),
        ("<ds:DigestValue>", "<ds:DigestValue>AAAA", VerifyError::Digest),
        ("<ds:SignatureValue>", "<ds:SignatureValue>AAAA", VerifyError::Signature),
        ("<?xml version=\"1.0\"?>", "<!DOCTYPE p>", VerifyError::Xml),
        ("</p:Response>", "", VerifyError::Xml),
    ] {
        assert!(good.contains(from), "{from}");
        assert_eq!(verdict(&good.replacen(from, to, 1)), Err(why), "{from} {to}");
    }
    assert_eq!(
        verify_enveloped(&good, "_r", &certificates(&["other"])),
        Err(VerifyError::Signature)
    );
    assert_eq!(verify_enveloped(&good, "_r", &[]), Err(VerifyError::Signature));
    assert_eq!(verdict(DOCUMENT), Err(VerifyError::Absent));
    let moved = good.replacen("<ds:Signature ", "<x><ds:Signature ", 1);
    let moved = moved.replacen("</ds:Signature>", "</ds:Signature></x>", 1);
    assert_eq!(verdict(&moved), Err(VerifyError::Absent));
    let twice = sign_enveloped(&good, "_r", &key("signer"), &SignOptions::default()).unwrap();
    assert_eq!(verdict(&twice), Err(VerifyError::Absent));
}

#[test]
fn what_was_signed_against_the_rules_is_refused() {
    let own = SignOptions::default();
    let secret = key("signer").public_key_der().unwrap();
    let extra = |algorithm| {
        let mut transforms = own.transforms.clone();
        transforms.insert(1, Transform::new(algorithm));
        SignOptions { transforms, ..own.clone() }
    };
    for (options, why) in [
        (
            SignOptions { signature_algorithm: names::RSA_SHA1.into(), ..own.clone() },
            VerifyError::Algorithm,
        ),
        (
            SignOptions { digest_algorithm: names::SHA1.into(), ..own.clone() },
            VerifyError::Algorithm,
        ),
        (
            SignOptions {
                signature_algorithm: names::HMAC_SHA256.into(),
                hmac_secret: secret,
                ..own.clone()
            },
            VerifyError::Algorithm,
        ),
        (
            SignOptions { canonicalization: names::INCLUSIVE_C14N.into(), ..own.clone() },
            VerifyError::Algorithm,
        ),
        (extra("http://www.w3.org/TR/1999/REC-xslt-19991116"), VerifyError::Reference),
        (
            SignOptions { transforms: vec![own.transforms[1].clone()], ..own.clone() },
            VerifyError::Reference,
        ),
        (
            SignOptions { signature_value: Some(String::new()), ..own.clone() },
            VerifyError::Signature,
        ),
    ] {
        assert_eq!(verdict(&signed(&options)), Err(why), "{options:?}");
    }
    let weak =
        SigningKey::generate_with(&KeyOptions { bits: 1024, ..KeyOptions::new("weak") }).unwrap();
    let xml = sign_enveloped(DOCUMENT, "_r", &weak, &own).unwrap();
    assert!(xmlsec1_verifies(&xml, "Response", &weak));
    let by_weak = [weak.certificate_der().unwrap()];
    assert_eq!(verify_enveloped(&xml, "_r", &by_weak), Err(VerifyError::Signature));
}

#[test]
fn the_shown_certificate_is_a_choice_and_counts_for_nothing() {
    for key_info in [KeyInfo::Absent, KeyInfo::Empty, KeyInfo::Raw("<ds:KeyInfo/>".into())] {
        assert_eq!(verdict(&signed(&SignOptions { key_info, ..SignOptions::default() })), Ok(()));
    }
    let posing = key("forger").with_certificate_of(&key("signer"));
    let forged = sign_enveloped(DOCUMENT, "_r", &posing, &SignOptions::default()).unwrap();
    assert_eq!(verdict(&forged), Err(VerifyError::Signature));
}

#[test]
fn a_signed_query_is_checked_as_it_came() {
    let state = Some("stato-1_a");
    let query = redirect_query(DOCUMENT, Parameter::Request, state, &key("signer")).unwrap();
    let verdict =
        |query: &str| verify_redirect(query, Parameter::Request, &certificates(&["signer"]));
    assert_eq!(verdict(&query), Ok(()));
    let message = url::form_urlencoded::parse(query.as_bytes()).next().unwrap().1.into_owned();
    assert_eq!(inflate(&message).unwrap(), DOCUMENT);

    assert_eq!(verdict(&query.replace("stato-1", "stato-2")), Err(VerifyError::Signature));
    assert_eq!(verdict(&query.replace("&RelayState=stato-1_a", "")), Err(VerifyError::Signature));
    assert_eq!(verdict(&format!("{query}&RelayState=x")), Err(VerifyError::Reference));
    assert_eq!(verdict(query.split("&Signature").next().unwrap()), Err(VerifyError::Absent));
    let as_answer = verify_redirect(&query, Parameter::Response, &certificates(&["signer"]));
    assert_eq!(as_answer, Err(VerifyError::Signature));
    let old =
        redirect_query_with(DOCUMENT, Parameter::Request, state, &key("signer"), names::RSA_SHA1);
    assert_eq!(verdict(&old.unwrap()), Err(VerifyError::Algorithm));
}

#[test]
fn a_query_that_swells_is_not_taken() {
    let packed = super::deflate(&"a".repeat(1024 * 1024)).unwrap();
    assert!(packed.len() < 4096);
    assert!(inflate(&packed).is_err());
    assert!(inflate("%%").is_err());
}
