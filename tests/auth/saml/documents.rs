//! What a document may not be, however well it is signed: refused before any signature is looked at, and nothing that it
//! names is opened or fetched.

mod bait;
mod keys;
mod signatures;

use ::base64::{Engine as _, engine::general_purpose::STANDARD};
use simulators::identity_provider::Signing;
use std::{fmt::Write as _, time::Instant};
use support::saml_desk::Desk;

/// Refused with this code, before signature work.
fn early(desk: &Desk, xml: &str) -> &'static str {
    let refusal = desk.judge(xml).expect_err("a refusal");
    assert!(refusal.is_before_signature(), "{}", refusal.code());
    refusal.code()
}

fn genuine(desk: &Desk) -> String {
    desk.signed(&desk.answer("anna"), Signing::BOTH)
}

/// Nine entities, each ten of the one before.
fn laughs() -> String {
    let mut entities = String::from("<!ENTITY l0 \"ha\">");
    for level in 1..=9 {
        let inside = format!("&l{};", level - 1).repeat(10);
        let _ = write!(entities, "<!ENTITY l{level} \"{inside}\">");
    }
    format!("<!DOCTYPE r [{entities}]>")
}

#[test]
fn a_document_type_is_refused_whatever_is_in_it() {
    let desk = Desk::of("alfa");
    let xml = genuine(&desk);
    let quadratic = format!("<!DOCTYPE r [<!ENTITY a \"{}\">]>", "a".repeat(50_000));
    for (doctype, inside) in [
        ("<!DOCTYPE r>".to_owned(), ""),
        ("<!DOCTYPE r SYSTEM \"http://127.0.0.1:9/x.dtd\">".to_owned(), ""),
        ("<!DOCTYPE r PUBLIC \"x\" \"file:///etc/hostname\">".to_owned(), ""),
        ("<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>".to_owned(), "&x;"),
        ("<!DOCTYPE r [<!ENTITY % x SYSTEM \"http://127.0.0.1:9/\"> %x;]>".to_owned(), ""),
        ("<!DOCTYPE r [<!ATTLIST samlp:Response ID ID #IMPLIED>]>".to_owned(), ""),
        (laughs(), "&l9;"),
        (quadratic, "&a;"),
    ] {
        let xml = format!("{doctype}{}", xml.replacen(">Anna<", &format!(">{inside}Anna<"), 1));
        assert_eq!(early(&desk, &xml), "doctype", "{}", &doctype[..40.min(doctype.len())]);
        let declared = format!("<?xml version=\"1.0\"?>\n{xml}");
        assert_eq!(early(&desk, &declared), "doctype");
    }
}

#[test]
fn more_than_an_answer_has_is_refused_in_no_time() {
    let desk = Desk::of("alfa");
    let xml = genuine(&desk);
    let start = Instant::now();
    let nested = format!("{}{}", "<o>".repeat(10_000), "</o>".repeat(10_000));
    let attributes: String = (0..60_000).map(|n| format!(" a{n}=''")).collect();
    let namespaces: String = (0..400).map(|n| format!(" xmlns:n{n}='urn:n'")).collect();
    let many: String = "<saml:Attribute/>".repeat(2_000);
    let advice = |inside: &str| format!("<saml:Advice>{inside}</saml:Advice><saml:AuthnStatement");
    for (from, to, expected) in [
        ("<saml:AuthnStatement", advice(&nested), "too_deep"),
        ("<saml:AuthnStatement", advice(&format!("<o{namespaces}/>")), "too_many_attributes"),
        ("<saml:Subject>", format!("<saml:Subject{namespaces}>"), "too_many_attributes"),
        ("<saml:Attribute ", format!("{many}<saml:Attribute "), "too_many_elements"),
        (">Anna<", format!(">{}<", "A".repeat(100_000)), "text_too_long"),
        ("Name=\"name\"", format!("Name=\"{}\"", "n".repeat(100_000)), "attribute_too_long"),
        // Larger than any answer: not even read.
        ("<saml:Subject>", format!("<saml:Subject{attributes}>"), "form_too_large"),
        (">Anna<", format!(">{}<", STANDARD.encode(vec![0; 5_000_000])), "form_too_large"),
        (">Anna<", format!(">{}<", "A".repeat(135_000)), "xml_too_large"),
    ] {
        assert_eq!(early(&desk, &xml.replacen(from, &to, 1)), expected);
    }
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}

#[test]
fn another_encoding_is_refused_declared_or_not() {
    let desk = Desk::of("alfa");
    let xml = genuine(&desk);
    for encoding in ["UTF-16", "ISO-8859-1", "UTF-7", "windows-1252", "utf-8-x"] {
        let declared = format!("<?xml version=\"1.0\" encoding=\"{encoding}\"?>{xml}");
        assert_eq!(early(&desk, &declared), "not_utf8", "{encoding}");
    }
    let little: Vec<u8> = xml.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked: Vec<u8> = [0xff, 0xfe].into_iter().chain(little.clone()).collect();
    let latin: Vec<u8> =
        xml.replace("Anna", "\u{1}").bytes().map(|b| if b == 1 { 0xe8 } else { b }).collect();
    let overlong = xml.bytes().chain([0xc0, 0xaf]).collect();
    for (bytes, expected) in [
        (little, "forbidden_character"),
        (marked, "not_utf8"),
        (latin, "not_utf8"),
        (overlong, "not_utf8"),
    ] {
        let refusal = desk.judge_form(&STANDARD.encode(bytes)).expect_err("a refusal");
        assert_eq!(refusal.code(), expected);
    }
    assert_eq!(early(&desk, &format!("\u{feff}{xml}")), "forbidden_character");
    assert_eq!(desk.code(&format!("<?xml version='1.0' encoding='utf-8'?>{xml}")), "accepted");
}

#[test]
fn what_is_not_one_document_is_refused() {
    let desk = Desk::of("alfa");
    let xml = genuine(&desk);
    let (head, _) = xml.split_at(xml.len() - "</samlp:Response>".len());
    for broken in [
        format!("{xml}{xml}"),
        format!("{xml}<o/>"),
        format!("{xml}text"),
        head.to_owned(),
        format!("{head}</samlp:Other>"),
        xml.replacen(" Version=\"2.0\"", " Version=\"2.0\" Version=\"2.0\"", 1),
        xml.replacen("xmlns:saml=", "xmlns:other=", 1).replacen("xmlns:saml=", "xmlns:other=", 1),
        xml.replacen(">Anna<", ">&#0;<", 1),
        xml.replacen(">Anna<", ">A & B<", 1),
    ] {
        assert_eq!(early(&desk, &broken), "malformed_xml");
    }
    assert_eq!(early(&desk, &xml.replace("samlp:Response", "samlp:ArtifactResponse")), "root");
    for (value, code) in [("%%%", "not_base64"), ("", "malformed_xml"), ("PGEvPg==", "root")] {
        assert_eq!(desk.judge_form(value).expect_err("a refusal").code(), code, "{value:?}");
    }
}

#[test]
fn identifiers_are_there_once_and_where_they_belong() {
    let desk = Desk::of("alfa");
    let mut answer = desk.answer("anna");
    let same = answer.assertion.as_ref().unwrap().id.clone();
    answer.id = same;
    assert_eq!(early(&desk, &desk.signed(&answer, Signing::ASSERTION)), "id_duplicate");
    let answer = desk.answer("anna");
    let id = answer.assertion.as_ref().unwrap().id.clone().unwrap();
    let xml = desk.signed(&answer, Signing::BOTH);
    for (attribute, expected) in [
        (format!("ID=\"{}\"", id.as_xml()), "id_misplaced"),
        (format!("id=\"{}\"", id.as_xml()), "id_misplaced"),
        (format!("xml:id=\"{}\"", id.as_xml()), "unexpected_attribute"),
        ("xml:base=\"http://127.0.0.1:9/\"".to_owned(), "unexpected_attribute"),
    ] {
        let xml = xml.replacen("<saml:Subject>", &format!("<saml:Subject {attribute}>"), 1);
        assert_eq!(early(&desk, &xml), expected, "{attribute}");
    }
    let on_signature = format!("<ds:SignedInfo Id=\"{}\">", id.as_xml());
    let xml = xml.replacen("<ds:SignedInfo>", &on_signature, 1);
    assert_eq!(early(&desk, &xml), "id_duplicate");
}
