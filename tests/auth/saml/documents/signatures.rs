//! The one form that a signature may have: good signatures of every other form are refused unseen.

use super::early;
use simulators::identity_provider::{
    Signing, names,
    signer::{KeyInfo, SignOptions, Target, Transform, detached_signature, sign_target},
};
use support::saml_desk::Desk;

fn of(transforms: Vec<Transform>) -> SignOptions {
    SignOptions { transforms, ..SignOptions::default() }
}

fn enveloped() -> Transform {
    Transform::new(names::ENVELOPED)
}

fn exclusive(prefixes: Option<&str>) -> Transform {
    let inclusive_prefixes = prefixes.map(str::to_owned);
    Transform { inclusive_prefixes, ..Transform::new(names::EXCLUSIVE_C14N) }
}

#[test]
fn only_rsa_with_sha_2_over_sha_2_counts() {
    let desk = Desk::of("alfa");
    let answer = desk.answer("anna");
    let with = |signature: &str, digest: &str| SignOptions {
        signature_algorithm: signature.to_owned(),
        digest_algorithm: digest.to_owned(),
        hmac_secret: desk.key().public_key_der().unwrap(),
        ..SignOptions::default()
    };
    let good = [names::RSA_SHA256, names::RSA_SHA384, names::RSA_SHA512];
    for signature in good {
        for digest in [names::SHA256, names::SHA384, names::SHA512] {
            let xml = desk.signed_with(&answer, &with(signature, digest));
            assert_eq!(desk.code(&xml), "accepted", "{signature}, {digest}");
        }
        let xml = desk.signed_with(&answer, &with(signature, names::SHA1));
        assert_eq!(early(&desk, &xml), "digest_algorithm");
    }
    for signature in [
        names::RSA_SHA1,
        names::HMAC_SHA256,
        "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
        "http://www.w3.org/2001/04/xmldsig-more#rsa-md5",
        "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
        "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
        "http://www.w3.org/2001/04/xmldsig-more#RSA-SHA256",
        "none",
        "",
    ] {
        let xml = desk.signed_with(&answer, &with(signature, names::SHA256));
        assert_eq!(early(&desk, &xml), "signature_algorithm", "{signature}");
    }
    for digest in ["http://www.w3.org/2001/04/xmldsig-more#md5", "none", ""] {
        let xml = desk.signed_with(&answer, &with(names::RSA_SHA256, digest));
        assert_eq!(early(&desk, &xml), "digest_algorithm", "{digest}");
    }
}

#[test]
fn only_the_two_prescribed_transforms_count() {
    let desk = Desk::of("alfa");
    let answer = desk.answer("anna");
    let other = |algorithm: &str| vec![enveloped(), Transform::new(algorithm)];
    let inner = |algorithm: &str, inner: &str| Transform {
        inner_xml: inner.to_owned(),
        ..Transform::new(algorithm)
    };
    let xpath = "http://www.w3.org/TR/1999/REC-xpath-19991116";
    let filter = "http://www.w3.org/2002/06/xmldsig-filter2";
    let subtract = "<f:XPath xmlns:f=\"http://www.w3.org/2002/06/xmldsig-filter2\" Filter=\"subtract\">//*</f:XPath>";
    for (transforms, expected) in [
        (vec![], "transforms"),
        (vec![enveloped()], "transforms"),
        (vec![exclusive(None)], "transforms"),
        (vec![exclusive(None), enveloped()], "transforms"),
        (vec![enveloped(), exclusive(None), exclusive(None)], "transforms"),
        (other(names::INCLUSIVE_C14N), "transforms"),
        (other(names::EXCLUSIVE_C14N_WITH_COMMENTS), "transforms"),
        (other("http://www.w3.org/2000/09/xmldsig#base64"), "transforms"),
        (vec![enveloped(), Transform::new(xpath), exclusive(None)], "transforms"),
        (vec![enveloped(), inner(xpath, "<ds:XPath>1</ds:XPath>"), exclusive(None)], "transforms"),
        (vec![enveloped(), inner(filter, subtract), exclusive(None)], "transforms"),
        (vec![inner(names::ENVELOPED, "x"), exclusive(None)], "transforms"),
    ] {
        let xml = desk.signed_with(&answer, &of(transforms.clone()));
        assert_eq!(early(&desk, &xml), expected, "{transforms:?}");
    }
    for form in [names::INCLUSIVE_C14N, names::EXCLUSIVE_C14N_WITH_COMMENTS, "none"] {
        let canonicalization = form.to_owned();
        let xml =
            desk.signed_with(&answer, &SignOptions { canonicalization, ..SignOptions::default() });
        assert_eq!(early(&desk, &xml), "canonicalisation", "{form}");
    }
}

#[test]
fn a_list_of_prefixes_holds_prefixes() {
    let desk = Desk::of("alfa");
    let answer = desk.answer("anna");
    let many = "a ".repeat(16);
    for (list, expected) in [
        ("xs", "accepted"),
        ("xs xsi saml", "accepted"),
        ("saml:x", "prefix_list"),
        ("http://127.0.0.1:9/", "prefix_list"),
        ("../../x", "prefix_list"),
        ("x\u{200b}s", "prefix_list"),
        (many.as_str(), "prefix_list"),
    ] {
        let xml = desk.signed_with(&answer, &of(vec![enveloped(), exclusive(Some(list))]));
        assert_eq!(desk.code(&xml), expected, "{list}");
    }
    // A list that was not signed along changes the digest of the reference, which is signed.
    let xml = desk.signed_with(&answer, &of(vec![enveloped(), exclusive(Some("xs"))]));
    let swapped = xml.replacen("PrefixList=\"xs\"", "PrefixList=\"xsi\"", 2);
    assert_eq!(desk.code(&swapped), "signature_invalid");
}

#[test]
fn a_signature_refers_to_the_element_that_it_lies_in_and_to_nothing_else() {
    let desk = Desk::of("alfa");
    let answer = desk.answer("anna");
    let id = answer.assertion.as_ref().unwrap().id.clone().unwrap();
    let id = id.as_xml();
    for uri in [
        String::new(),
        "#".to_owned(),
        "#_other".to_owned(),
        format!("#xpointer(id('{id}'))"),
        "#xpointer(/)".to_owned(),
        id.to_owned(),
        format!("#{id} "),
        format!("#{id}#"),
        "data:,x".to_owned(),
    ] {
        for signing in [Signing::ASSERTION, Signing::BOTH] {
            let options = SignOptions { reference: Some(uri.clone()), ..SignOptions::default() };
            let xml = answer.signed(desk.key(), signing, &options).unwrap();
            assert_eq!(early(&desk, &xml), "reference", "{uri:?}");
        }
    }
    let xml = desk.signed(&answer, Signing::ASSERTION);
    let none = xml.replacen(&format!(" URI=\"#{id}\""), "", 1);
    let typed = xml.replacen(" URI=", " Type=\"urn:x\" URI=", 1);
    for xml in [none, typed] {
        assert_eq!(early(&desk, &xml), "reference");
    }
}

#[test]
fn there_is_one_reference_one_signature_and_nothing_beside() {
    let desk = Desk::of("alfa");
    let answer = desk.answer("anna");
    let options = SignOptions::default();
    let xml = desk.signed(&answer, Signing::ASSERTION);
    let start = xml.find("<ds:Reference").unwrap();
    let reference = &xml[start..xml.find("</ds:SignedInfo>").unwrap()];
    let two = SignOptions { more_references: reference.to_owned(), ..options.clone() };
    assert_eq!(early(&desk, &desk.signed_with(&answer, &two)), "several_references");
    let object = "<ds:Object><o:o xmlns:o=\"urn:o\"/></ds:Object>".to_owned();
    let object = SignOptions { object, ..options.clone() };
    assert_eq!(early(&desk, &desk.signed_with(&answer, &object)), "signature_object");
    let signed = sign_target(&answer.to_xml(), Target::Root, desk.key(), &options).unwrap();
    let twice = sign_target(&signed, Target::Root, desk.key(), &options).unwrap();
    assert_eq!(early(&desk, &twice), "several_signatures");
    let id = answer.id.clone().unwrap();
    let detached = detached_signature(&answer.to_xml(), id.as_xml(), desk.key(), &options).unwrap();
    let apart = xml.replacen("<samlp:Status>", &format!("<samlp:Status>{detached}"), 1);
    assert_eq!(early(&desk, &apart), "signature_misplaced");
    let value = SignOptions { signature_value: Some(String::new()), ..options };
    assert_eq!(early(&desk, &desk.signed_with(&answer, &value)), "signature_shape");
}

#[test]
fn what_is_said_about_the_key_is_not_believed() {
    let desk = Desk::of("alfa");
    let answer = desk.answer("anna");
    let named = |inside: &str| KeyInfo::Raw(format!("<ds:KeyInfo>{inside}</ds:KeyInfo>"));
    let other = Desk::of("beta").key().certificate_base64().unwrap();
    let shown =
        format!("<ds:X509Data><ds:X509Certificate>{other}</ds:X509Certificate></ds:X509Data>");
    for (key_info, expected) in [
        (KeyInfo::Absent, "accepted"),
        (KeyInfo::Empty, "accepted"),
        (KeyInfo::Certificate, "accepted"),
        // Another's certificate shown, but signed with the provider's key: the key is what counts.
        (named(&shown), "accepted"),
        (named("<ds:KeyName>x</ds:KeyName>"), "key_info"),
        (named("<ds:KeyValue/>"), "key_info"),
        (named("<ds:X509Data><ds:X509CRL/></ds:X509Data>"), "key_info"),
        (named("<o:o xmlns:o=\"urn:o\"/>"), "key_info"),
        (
            named("<ds:X509Data><ds:X509Certificate>!</ds:X509Certificate></ds:X509Data>"),
            "key_info",
        ),
    ] {
        let options = SignOptions { key_info: key_info.clone(), ..SignOptions::default() };
        assert_eq!(desk.code(&desk.signed_with(&answer, &options)), expected, "{key_info:?}");
    }
}
