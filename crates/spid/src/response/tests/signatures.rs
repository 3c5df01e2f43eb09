//! Signatures that are missing, wrong or moved, and references that would lead outside.

use super::{answer, code};
use crate::response::signed_assertion;
use crate::{
    dom,
    guard::{self, Kind},
    names::{RSA_SHA256, RSA_SHA512, SHA256, SHA512},
    testing::{
        expected, other_key, provider, provider_key, response, sign_assertion, sign_at, sign_both,
        sign_response, signature_template, weak_key, without_places,
    },
};
use std::net::TcpListener;

#[test]
fn what_has_to_be_signed_is() {
    let mut provider = provider(&[provider_key()]);
    assert_eq!(code(&without_places(&response()), &provider), "assertion_unsigned");
    assert_eq!(code(&sign_response(&response(), provider_key()), &provider), "assertion_unsigned");
    provider.requires_signed_response = true;
    assert_eq!(code(&sign_assertion(&response(), provider_key()), &provider), "response_unsigned");
    assert_eq!(code(&sign_both(&response(), provider_key()), &provider), "accepted");
}

#[test]
fn only_strong_keys_of_the_provider_count() {
    let signed = sign_both(&response(), other_key());
    assert_eq!(code(&signed, &provider(&[provider_key()])), "signature_invalid");
    assert_eq!(code(&signed, &provider(&[])), "provider_without_key");
    assert_eq!(
        code(&sign_both(&response(), weak_key()), &provider(&[weak_key()])),
        "provider_without_key"
    );
    // The right key for the assertion and a wrong one for the response is no answer of the provider's.
    let inner =
        sign_at(&response(), "assertion", &signature_template("_assertion"), provider_key());
    let mixed = sign_at(&inner, "response", &signature_template("_response"), other_key());
    assert_eq!(code(&mixed, &provider(&[provider_key()])), "signature_invalid");
    // Somebody else's certificate inside the message makes no difference.
    let certificate = openssl::base64::encode_block(other_key().certificate.der());
    let named = signed.replace(
        "<ds:X509Certificate/>",
        &format!("<ds:X509Certificate>{certificate}</ds:X509Certificate>"),
    );
    assert_ne!(named, signed);
    assert_eq!(code(&named, &provider(&[provider_key()])), "signature_invalid");
}

#[test]
fn one_changed_character_spoils_the_signature() {
    let provider = provider(&[provider_key()]);
    for signed in
        [sign_both(&response(), provider_key()), sign_assertion(&response(), provider_key())]
    {
        for (from, to) in [
            (">Anna<", ">Lucia<"),
            ("PROV0123456789", "PROV0123456788"),
            ("_transient", "_transient2"),
        ] {
            assert_eq!(code(&signed.replace(from, to), &provider), "signature_invalid", "{to}");
        }
    }
    // The envelope of a response of which the assertion alone is signed is checked all the same.
    let signed = sign_assertion(&response(), provider_key());
    let moved = signed.replace("Destination=\"https://comune.", "Destination=\"https://altro.");
    assert_eq!(code(&moved, &provider), "destination_mismatch");
}

#[test]
fn algorithms_of_the_list_mix_and_others_are_refused() {
    let provider = provider(&[provider_key()]);
    for (method, digest) in [(RSA_SHA512, SHA512), (RSA_SHA256, SHA512), (RSA_SHA512, SHA256)] {
        let template =
            signature_template("_assertion").replace(RSA_SHA256, method).replace(SHA256, digest);
        let signed = without_places(&sign_at(&response(), "assertion", &template, provider_key()));
        assert_eq!(code(&signed, &provider), "accepted", "{method} {digest}");
    }
    let signed = sign_assertion(&response(), provider_key());
    for (from, to, refusal) in [
        (RSA_SHA256, "http://www.w3.org/2000/09/xmldsig#rsa-sha1", "signature_algorithm"),
        (RSA_SHA256, "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256", "signature_algorithm"),
        (RSA_SHA256, "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", "signature_algorithm"),
        (SHA256, "http://www.w3.org/2000/09/xmldsig#sha1", "digest_algorithm"),
        (RSA_SHA256, RSA_SHA512, "signature_invalid"),
    ] {
        assert_eq!(code(&signed.replace(from, to), &provider), refusal, "{to}");
    }
}

/// The genuine assertion moved around a forged one, in the classic places.
#[test]
fn a_genuine_signature_does_not_cover_a_forged_assertion() {
    let provider = provider(&[provider_key()]);
    let signed = sign_assertion(&response(), provider_key());
    let at = signed.find("<saml:Assertion").unwrap();
    let end = signed.find("</samlp:Response>").unwrap();
    let genuine = &signed[at..end];
    let signature = &genuine
        [genuine.find("<ds:Signature").unwrap()..genuine.find("</ds:Signature>").unwrap() + 15];
    let forged = genuine
        .replace(signature, "")
        .replace(">Anna<", ">Lucia<")
        .replace("\"_assertion\"", "\"_forged\"");
    let whole = |inside: &str| format!("{}{inside}{}", &signed[..at], &signed[end..]);
    let wrap = |name: &str| format!("<samlp:{name}>{genuine}</samlp:{name}>");
    let object = signature
        .replace("</ds:Signature>", &format!("<ds:Object>{genuine}</ds:Object></ds:Signature>"));
    let signed_forged = forged.replacen("<saml:Subject>", &format!("{object}<saml:Subject>"), 1);
    let moved = forged.replacen("<saml:Subject>", &format!("{signature}<saml:Subject>"), 1);
    for (inside, refusal) in [
        (format!("{forged}{genuine}"), "several_assertions"),
        (format!("{genuine}{forged}"), "several_assertions"),
        (format!("{}{forged}", wrap("Extensions")), "several_assertions"),
        (signed_forged, "several_assertions"),
        (wrap("Extensions"), "assertion_misplaced"),
        (wrap("Status"), "assertion_misplaced"),
        (moved, "reference"),
        (format!("{signature}{forged}"), "reference"),
        (forged.clone(), "assertion_unsigned"),
        (genuine.replace("ID=\"_assertion\"", "ID=\"_response\""), "id_duplicate"),
        (format!("<samlp:Response ID=\"_r\">{genuine}</samlp:Response>"), "nested_response"),
        (genuine.replace(signature, &format!("{signature}{signature}")), "several_signatures"),
    ] {
        assert_eq!(code(&whole(&inside), &provider), refusal, "{}", &inside[..40]);
    }
    assert_eq!(code(&whole(genuine), &provider), "accepted");
}

#[test]
fn references_lead_nowhere_outside() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    let provider = provider(&[provider_key()]);
    let signed = sign_both(&response(), provider_key());
    let http = format!("http://{address}/");
    for uri in
        [http.as_str(), "file:///etc/hostname", "", "#xpointer(/)", "#_other", "#", "_assertion"]
    {
        for id in ["#_assertion", "#_response"] {
            let led = signed.replace(&format!("URI=\"{id}\""), &format!("URI=\"{uri}\""));
            assert_eq!(answer(&led, &provider).unwrap_err().code(), "reference", "{uri}");
        }
    }
    let schema = signed.replacen(
        "<samlp:Response ",
        &format!("<samlp:Response xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"urn:x {http}\" "),
        1,
    );
    assert_eq!(code(&schema, &provider), "signature_invalid");
    let doctype = signed.replace("?>", &format!("?><!DOCTYPE r SYSTEM \"{http}\">"));
    assert_eq!(code(&doctype, &provider), "doctype");
    assert_eq!(listener.accept().unwrap_err().kind(), std::io::ErrorKind::WouldBlock);
}

/// No message does this: should the engine ever verify another element than the guard saw, nothing is read from it.
#[test]
fn what_was_verified_has_to_be_what_the_guard_saw() {
    let provider = provider(&[provider_key()]);
    let expected = expected(&provider);
    let xml = without_places(&response());
    let (document, mut facts) = guard::open(&xml, Kind::Response).unwrap();
    let root = document.root_element();
    let assertion = dom::children(root, crate::names::NS_ASSERTION, "Assertion").next().unwrap();
    let verdict = |facts: &guard::Facts, element| {
        signed_assertion(element, facts, &expected)
            .map_or_else(|refusal| refusal.code(), |_| "accepted")
    };
    assert_eq!(verdict(&facts, assertion), "accepted");
    assert_eq!(verdict(&facts, root), "verified_differs");
    facts.is_signed = true;
    assert_eq!(verdict(&facts, root), "accepted");
    facts.assertion.as_mut().unwrap().id = "_other".into();
    assert_eq!(verdict(&facts, root), "verified_differs");
    facts.id = "_other".into();
    assert_eq!(verdict(&facts, root), "verified_differs");
}

/// Texts on which parsers are known to part ways either end at the guard or spoil the signature.
#[test]
fn readings_do_not_part_ways() {
    let provider = provider(&[provider_key()]);
    for text in [
        "]]>",
        "&#13;",
        "&#xD;\n",
        "\r\n",
        "&#x85;",
        "\u{2028}",
        "&#x10FFFF;",
        "\u{7f}",
        "&#xFFFE;",
        "&#0;",
        "&lt;b/&gt;",
    ] {
        let signed = crate::testing::sign_both(&response(), provider_key());
        let forged = signed.replace(">Anna<", &format!(">An{text}na<"));
        assert!(
            matches!(
                code(&forged, &provider),
                "signature_invalid" | "malformed_xml" | "forbidden_character"
            ),
            "{text:?}"
        );
        let genuine =
            sign_both(&response().replace(">Anna<", &format!(">An{text}na<")), provider_key());
        assert!(
            matches!(
                code(&genuine, &provider),
                "accepted" | "malformed_xml" | "forbidden_character"
            ),
            "{text:?}: {}",
            code(&genuine, &provider)
        );
    }
}
