//! What the guard refuses, by name.

use super::{Kind, open};
use crate::testing::{provider_key, response, sign_assertion, sign_both};
use std::time::Instant;

/// The code of the refusal, or `passed`.
fn code(xml: &str) -> &'static str {
    open(xml, Kind::Response).map_or_else(|refusal| refusal.code(), |_| "passed")
}

fn signed() -> String {
    sign_both(&response(), provider_key())
}

#[test]
fn declarations_are_refused_by_kind() {
    let xml = signed();
    assert_eq!(code(&xml), "passed");
    let body = xml.split_once("?>").unwrap().1.trim_start();
    for (prolog, refusal) in [
        ("<!DOCTYPE a [<!ENTITY b \"c\">]>", "doctype"),
        ("<?xml version=\"1.0\"?><!DOCTYPE a SYSTEM \"http://127.0.0.1/\">", "doctype"),
        ("<!ELEMENT a ANY>", "malformed_xml"),
        ("<!-- -->", "comment"),
        ("<?php ?>", "processing_instruction"),
        ("<?xml-stylesheet href=\"http://127.0.0.1/\"?>", "processing_instruction"),
        ("<?xml version=\"1.1\"?>", "xml_declaration"),
        ("<?xml version=\"1.0\" standalone=\"perhaps\"?>", "xml_declaration"),
        ("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>", "not_utf8"),
        ("<?xml version=\"1.0\" encoding=\"UTF-16\"?>", "not_utf8"),
        ("<?xml", "malformed_xml"),
        ("\u{feff}", "forbidden_character"),
        ("\0", "forbidden_character"),
        ("\u{fffe}", "forbidden_character"),
        (" <?xml version=\"1.0\"?>", "processing_instruction"),
        ("junk", "malformed_xml"),
    ] {
        assert_eq!(code(&format!("{prolog}{body}")), refusal, "{prolog:?}");
    }
    for (from, to, refusal) in [
        (">Anna<", "><![CDATA[Anna]]><", "cdata"),
        (">Anna<", ">An<!-- -->na<", "comment"),
        (">Anna<", ">An<?x?>na<", "processing_instruction"),
        (">Anna<", ">&anna;<", "malformed_xml"),
        (">Anna<", ">An\u{1}na<", "forbidden_character"),
        (">Anna<", ">An&#1;na<", "malformed_xml"),
        (">Anna<", ">An<b>n</b>a<", "text_with_elements"),
        (">Anna<", ">An<saml:Audience/>na<", "text_with_elements"),
        (">Anna<", "><x:b xmlns:x=\"urn:x\"/><", "text_with_elements"),
    ] {
        assert_eq!(code(&xml.replace(from, to)), refusal, "{to}");
    }
}

#[test]
fn malformed_documents_do_not_reach_xmlsec() {
    let xml = signed();
    for broken in [
        "",
        "text",
        "<",
        "<samlp:Response",
        "</samlp:Response>",
        xml.trim_end().strip_suffix("</samlp:Response>").unwrap(),
        &format!("{xml}<a/>"),
        &format!("{xml}text"),
        &xml.replace(" Destination=", " Version=\"2.0\" Destination="),
        &xml.replace("xmlns:saml=", "xmlns:other="),
        &xml.replace(">Anna<", "> < <"),
        &xml.replace("Name=\"email\"", "Name=\"e<mail\""),
        &xml.replace("Name=\"email\"", "Name=email"),
    ] {
        assert_eq!(code(broken), "malformed_xml", "{}", &broken[..broken.len().min(60)]);
    }
    assert_eq!(code(&xml.replace("samlp:Response", "saml:Response")), "root");
    assert_eq!(code("<Response/>"), "root");
}

#[test]
fn depth_number_and_size_end_in_the_linear_pass() {
    let start = Instant::now();
    let nested = format!("{}{}", "<a>".repeat(10_000), "</a>".repeat(10_000));
    assert_eq!(code(&nested), "too_deep");
    assert_eq!(code(&"<a>".repeat(200_000)), "too_deep");
    assert_eq!(code(&format!("<a>{}</a>", "<b/>".repeat(200_000))), "too_many_elements");
    let attributes = (0..100_000).map(|n| format!(" a{n}=''")).collect::<Vec<_>>().concat();
    assert_eq!(code(&format!("<a{attributes}/>")), "too_many_attributes");
    let namespaces =
        (0..50_000).map(|n| format!(" xmlns:a{n}='urn:a'")).collect::<Vec<_>>().concat();
    assert_eq!(code(&format!("<a{namespaces}/>")), "too_many_attributes");
    assert_eq!(code(&format!("<a b='{}", "x".repeat(1_000_000))), "malformed_xml");
    let texts = format!("<a>{}</a>", "<b></b>t".repeat(999));
    assert_eq!(code(&texts), "root");
    assert_eq!(code(&format!("<a b='{}'/>", "x".repeat(100_000))), "attribute_too_long");
    assert_eq!(code(&format!("<a>{}</a>", "x".repeat(100_000))), "text_too_long");
    let declarations =
        |n: usize| (0..30).map(|m| format!(" xmlns:n{n}m{m}='urn:a'")).collect::<Vec<_>>().concat();
    let scopes = (0..30).map(|n| format!("<a{}>", declarations(n))).collect::<Vec<_>>().concat();
    assert_eq!(code(&scopes), "too_many_attributes");
    let xml =
        signed().replacen("xmlns:samlp=", &format!("{} xmlns:samlp=", r#"xmlns:o="urn:o""#), 1);
    assert_eq!(code(&xml), "passed");
    assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
}

#[test]
fn identifiers_are_unique_names_in_their_place() {
    let xml = signed();
    for (from, to, refusal) in [
        ("ID=\"_response\"", "ID=\"\"", "response_id_missing"),
        ("ID=\"_response\"", "", "response_id_missing"),
        ("ID=\"_assertion\"", "ID=\"\"", "assertion_id_missing"),
        ("ID=\"_assertion\"", "", "assertion_id_missing"),
        ("ID=\"_assertion\"", "Id=\"_assertion\"", "id_misplaced"),
        ("ID=\"_assertion\"", "ID=\"_response\"", "id_duplicate"),
        ("ID=\"_assertion\"", "ID=\"1assertion\"", "id_invalid"),
        ("ID=\"_assertion\"", "ID=\"a b\"", "id_invalid"),
        ("<saml:Subject>", "<saml:Subject ID=\"_s\">", "id_misplaced"),
        ("<saml:Subject>", "<saml:Subject id=\"_s\">", "id_misplaced"),
        ("<saml:Subject>", "<saml:Subject xml:id=\"_s\">", "unexpected_attribute"),
        ("<saml:Subject>", "<saml:Subject saml:ID=\"_s\">", "id_misplaced"),
        ("<saml:Subject>", "<saml:Subject xml:base=\"http://127.0.0.1/\">", "unexpected_attribute"),
        ("<ds:SignedInfo>", "<ds:SignedInfo Id=\"_assertion\">", "id_duplicate"),
        ("<ds:SignedInfo>", "<ds:SignedInfo Id=\"\">", "id_invalid"),
        ("<saml:Subject>", "<saml:Subject xmlns:x=\"relative\">", "namespace"),
        ("<saml:Subject>", "<saml:Subject xmlns:x=\"http://a b\">", "namespace"),
        ("<saml:Subject>", "<saml:Subject xmlns:x=\"urn:[x\">", "namespace"),
        ("<saml:Subject>", "<saml:Subject a='' xmlns='x'>", "namespace"),
        ("<saml:Subject>", "<saml:Subject\txmlns:x=\"relative\">", "namespace"),
        ("<saml:Subject>", "<saml:Subject xmlns:x = \"&#117;rn:x\">", "namespace"),
    ] {
        assert_eq!(code(&xml.replacen(from, to, 1)), refusal, "{from} {to}");
    }
}

#[test]
fn elements_stand_where_they_belong() {
    let xml = signed();
    let add = |to: &str| xml.replacen("<saml:Subject>", &format!("{to}<saml:Subject>"), 1);
    for (inserted, refusal) in [
        ("<saml:EncryptedAssertion/>", "encrypted"),
        ("<saml:EncryptedID/>", "encrypted"),
        ("<saml:EncryptedAttribute/>", "encrypted"),
        ("<x:EncryptedData xmlns:x=\"http://www.w3.org/2001/04/xmlenc#\"/>", "encrypted"),
        ("<samlp:Response/>", "nested_response"),
        ("<saml:Assertion/>", "several_assertions"),
        ("<saml:Advice><saml:Assertion/></saml:Advice>", "several_assertions"),
        (
            "<saml:Advice><o:o xmlns:o=\"urn:o\"><ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"/></o:o></saml:Advice>",
            "signature_misplaced",
        ),
        (
            "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"file:///etc/hostname\"/>",
            "unexpected_element",
        ),
        ("<o:o xmlns:o=\"urn:o\"/>", "unexpected_element"),
        ("<o/>", "unexpected_element"),
        ("<saml:AuthzDecisionStatement/>", "unexpected_element"),
        ("<saml:Audience/>", "unexpected_element"),
        ("<saml:Advice><o:o xmlns:o=\"urn:o\"/></saml:Advice>", "passed"),
    ] {
        assert_eq!(code(&add(inserted)), refusal, "{inserted}");
    }
}

#[test]
fn signatures_have_one_form() {
    let xml = sign_assertion(&response(), provider_key());
    let c14n = "Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"";
    let canonical = format!("<ds:CanonicalizationMethod {c14n}/>");
    let transform = format!("<ds:Transform {c14n}/>");
    let list = |prefixes: &str| {
        format!(
            "<ds:Transform {c14n}><ec:InclusiveNamespaces xmlns:ec=\"http://www.w3.org/2001/10/xml-exc-c14n#\" PrefixList=\"{prefixes}\"/></ds:Transform>"
        )
    };
    let reference = &xml[xml.find("<ds:Reference").unwrap()..xml.find("</ds:SignedInfo>").unwrap()];
    let twice = format!("{reference}{reference}");
    let xslt = "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\"/>";
    let xpath = format!("<ds:Transform {c14n}><ds:XPath>1</ds:XPath></ds:Transform>");
    for (from, to, refusal) in [
        (
            canonical.as_str(),
            "<ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"/>",
            "canonicalisation",
        ),
        (canonical.as_str(), "", "signature_shape"),
        (transform.as_str(), "", "transforms"),
        (transform.as_str(), xslt, "transforms"),
        (transform.as_str(), xpath.as_str(), "transforms"),
        (transform.as_str(), &format!("{transform}{transform}"), "transforms"),
        (transform.as_str(), &format!("{transform}{xslt}"), "transforms"),
        (
            transform.as_str(),
            "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#WithComments\"/>",
            "transforms",
        ),
        (transform.as_str(), &list("saml xs"), "passed"),
        (transform.as_str(), &list("saml:x"), "prefix_list"),
        (transform.as_str(), &list("http://127.0.0.1/"), "prefix_list"),
        (transform.as_str(), &list(&"a ".repeat(50)), "prefix_list"),
        (reference, twice.as_str(), "several_references"),
        (reference, "", "signature_shape"),
        ("URI=\"#_assertion\"", "", "reference"),
        ("URI=\"#_assertion\"", "URI=\"#_assertion\" Type=\"urn:x\"", "reference"),
        ("<ds:KeyInfo>", "<ds:KeyInfo><ds:KeyName>x</ds:KeyName>", "key_info"),
        ("<ds:X509Data>", "<ds:X509Data><ds:X509SubjectName>x</ds:X509SubjectName>", "key_info"),
        ("<ds:X509Certificate/>", "<ds:X509Certificate>{}</ds:X509Certificate>", "key_info"),
        ("<ds:KeyInfo>", "<ds:Object/><ds:KeyInfo>", "signature_object"),
        ("</ds:Signature>", "<ds:KeyInfo/></ds:Signature>", "signature_shape"),
        ("<ds:SignatureValue>", "<ds:SignatureValue>%", "signature_shape"),
        ("<ds:DigestValue>", "<ds:DigestValue>%", "signature_shape"),
        ("<ds:DigestValue>", "<ds:DigestValue>A", "signature_shape"),
    ] {
        let changed = xml.replacen(from, to, 1);
        assert_ne!(changed, xml, "{from}");
        assert_eq!(code(&changed), refusal, "{from} {to}");
    }
}
