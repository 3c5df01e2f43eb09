//! Registry files: which are believed.

mod entries;

use super::{Registry, RegistryError, RegistryTrust, read_registry};
use crate::{
    SigningKey,
    names::{NS_DSIG, NS_METADATA, NS_PROTOCOL, RSA_SHA256, SHA256},
    samples::{keys, now},
    sign,
    xml::XmlWriter,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::identity::IdentityScheme;
use std::net::TcpListener;

fn certificate(key: &SigningKey) -> String {
    STANDARD.encode(key.certificate().der())
}

fn key_descriptor(attributes: &str, content: &str) -> String {
    format!(
        "<md:KeyDescriptor{attributes}><ds:KeyInfo><ds:X509Data><ds:X509Certificate>{content}\
         </ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"
    )
}

fn service(name: &str, binding: &str, location: &str, more: &str) -> String {
    format!(
        "<md:{name} Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:{binding}\" \
         Location=\"{location}\"{more}/>"
    )
}

fn entity(id: &str, role: &str, after: &str) -> String {
    format!(
        "<md:EntityDescriptor entityID=\"{id}\"><md:IDPSSODescriptor \
         protocolSupportEnumeration=\"{NS_PROTOCOL}\">{role}</md:IDPSSODescriptor>{after}\
         </md:EntityDescriptor>"
    )
}

fn good(id: &str) -> String {
    let key = key_descriptor(" use=\"signing\"", &certificate(&keys()[1]));
    let sso = service("SingleSignOnService", "HTTP-Redirect", &format!("{id}/sso"), "");
    entity(id, &(key + &sso), "")
}

/// An unsigned list with the place for a signature.
fn unsigned(content: &str) -> String {
    let mut writer = XmlWriter::default();
    let attributes = [("xmlns:md", NS_METADATA), ("xmlns:ds", NS_DSIG), ("ID", "_r")];
    writer.element("md:EntitiesDescriptor", &attributes, |writer| {
        sign::template(writer, "_r", &keys()[0]);
        writer.empty("CONTENT", &[]);
    });
    writer.finish().unwrap().replace("<CONTENT/>", content)
}

fn signed(content: &str) -> String {
    sign::sign(&unsigned(content), &keys()[0]).unwrap()
}

fn bare(content: &str) -> String {
    format!(
        "<md:EntitiesDescriptor xmlns:md=\"{NS_METADATA}\" xmlns:ds=\"{NS_DSIG}\">{content}</md:EntitiesDescriptor>"
    )
}

fn pinned(xml: &str) -> Result<Registry, RegistryError> {
    let pins = [keys()[1].certificate().clone(), keys()[0].certificate().clone()];
    read_registry(xml, IdentityScheme::Spid, RegistryTrust::Pinned(&pins), now(), false)
}

fn transported(xml: &str) -> Result<Registry, RegistryError> {
    read_registry(xml, IdentityScheme::Cie, RegistryTrust::Transport, now(), false)
}

#[test]
fn a_signed_list_is_read_in_its_order() {
    let xml = signed(&(good("https://beta.example") + &good("https://alfa.example")));
    let registry = pinned(&xml).unwrap();
    let ids: Vec<_> = registry.providers.iter().map(|p| p.entity_id.as_str()).collect();
    assert_eq!(ids, ["https://beta.example", "https://alfa.example"]);
    let first = &registry.providers[0];
    assert_eq!(first.scheme, IdentityScheme::Spid);
    assert_eq!(first.display_name, "beta.example");
    assert_eq!(first.sso_redirect.as_deref(), Some("https://beta.example/sso"));
    assert_eq!((first.sso_post.as_ref(), first.slo_post.as_ref()), (None, None));
    assert_eq!(first.signing_certificates, [keys()[1].certificate().clone()]);
    assert!(registry.left_out.is_empty() && registry.valid_until.is_none());
}

#[test]
fn tampered_foreign_and_missing_signatures() {
    let xml = signed(&good("https://alfa.example"));
    let tampered = xml.replace("https://alfa.example/sso", "https://evil.example/sso");
    assert_eq!(pinned(&tampered).unwrap_err(), RegistryError::Signature);
    let added = xml.replace(
        "</md:EntitiesDescriptor>",
        &(good("https://b.example") + "</md:EntitiesDescriptor>"),
    );
    assert_eq!(pinned(&added).unwrap_err(), RegistryError::Signature);
    // The certificate inside the file verifies it, and is worth nothing.
    let wrong = [keys()[1].certificate().clone()];
    for pins in [&wrong[..], &[]] {
        let trust = RegistryTrust::Pinned(pins);
        let refused = read_registry(&xml, IdentityScheme::Spid, trust, now(), false);
        assert_eq!(refused.unwrap_err(), RegistryError::Signature);
    }
    let plain = bare(&good("https://alfa.example"));
    assert_eq!(pinned(&plain).unwrap_err(), RegistryError::Unsigned);
    assert_eq!(transported(&plain).unwrap().providers[0].scheme, IdentityScheme::Cie);
}

#[test]
fn a_signature_over_less_than_everything_is_refused() {
    let inner = signed(&good("https://alfa.example"));
    let inner = inner.split_once("?>").unwrap().1;
    // The genuine list inside another one, whose own entries nobody signed.
    let wrapped = bare(&format!("{}{inner}", good("https://evil.example")));
    assert_eq!(pinned(&wrapped).unwrap_err(), RegistryError::Unsigned);
    // Its signature moved up to the outer list.
    let (start, end) =
        (inner.find("<ds:Signature").unwrap(), inner.find("</ds:Signature>").unwrap());
    let signature = &inner[start..end + "</ds:Signature>".len()];
    let moved = inner.replace(signature, "");
    let outer = format!(
        "<md:EntitiesDescriptor xmlns:md=\"{NS_METADATA}\" xmlns:ds=\"{NS_DSIG}\" ID=\"_e\">{signature}{}{moved}</md:EntitiesDescriptor>",
        good("https://evil.example")
    );
    assert_eq!(pinned(&outer).unwrap_err(), RegistryError::SignatureForm);
    let same_id = outer.replace("ID=\"_e\"", "ID=\"_r\"");
    assert_eq!(pinned(&same_id).unwrap_err(), RegistryError::SignatureForm);
}

#[test]
fn forged_references_and_weak_algorithms_never_reach_the_library() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    let xml = signed(&good("https://alfa.example"));
    let second = "<ds:Reference URI=\"#_r\"/></ds:SignedInfo>";
    let changes = [
        ("URI=\"#_r\"", format!("URI=\"{address}\"")),
        ("URI=\"#_r\"", "URI=\"file:///etc/hostname\"".to_owned()),
        ("URI=\"#_r\"", "URI=\"\"".to_owned()),
        ("URI=\"#_r\"", "URI=\"#xpointer(/)\"".to_owned()),
        (RSA_SHA256, "http://www.w3.org/2000/09/xmldsig#rsa-sha1".to_owned()),
        (RSA_SHA256, "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256".to_owned()),
        (SHA256, "http://www.w3.org/2000/09/xmldsig#sha1".to_owned()),
        ("xmldsig#enveloped-signature", "xmldsig#base64".to_owned()),
        ("</ds:SignedInfo>", second.to_owned()),
        ("</ds:Signature>", "<ds:Object/></ds:Signature>".to_owned()),
    ];
    for (from, to) in changes {
        let forged = xml.replacen(from, &to, 1);
        assert!(forged != xml);
        assert_eq!(pinned(&forged).unwrap_err(), RegistryError::SignatureForm, "{to}");
    }
    assert!(listener.accept().is_err(), "something was fetched");
}

#[test]
fn entities_signed_on_their_own_are_no_obstacle() {
    let nested = "<ds:Signature><ds:SignedInfo/></ds:Signature><md:IDPSSODescriptor";
    let entity = good("https://alfa.example").replacen("<md:IDPSSODescriptor", nested, 1);
    assert_eq!(pinned(&signed(&entity)).unwrap().providers.len(), 1);
}

#[test]
fn hostile_files_are_refused_before_any_signature_work() {
    let doctype = format!("<!DOCTYPE a [<!ENTITY b \"c\">]>{}", bare(&good("https://a.example")));
    let latin = format!("<?xml version=\"1.0\" encoding='ISO-8859-1'?>{}", bare(""));
    let deep = bare(&("<a>".repeat(10_000) + &"</a>".repeat(10_000)));
    let cases = [
        (doctype, RegistryError::Malformed),
        (latin, RegistryError::Malformed),
        ("<md:EntitiesDescriptor".to_owned(), RegistryError::Malformed),
        (String::new(), RegistryError::Malformed),
        (deep, RegistryError::TooComplex),
        (bare(&"<a/>".repeat(200_001)), RegistryError::TooComplex),
        (bare(&"x".repeat(4 * 1024 * 1024)), RegistryError::TooLarge),
        ("<a/>".to_owned(), RegistryError::WrongRoot),
    ];
    for (xml, error) in cases {
        assert_eq!(pinned(&xml).unwrap_err(), error);
        assert_eq!(transported(&xml).unwrap_err(), error);
    }
    let declared = format!("<?xml version=\"1.0\" encoding='utf-8' standalone='yes'?>{}", bare(""));
    assert!(transported(&declared).is_ok());
}

#[test]
fn the_end_of_validity_is_kept_and_obeyed() {
    let until = |instant: &str| {
        let xml = bare(&good("https://a.example"));
        transported(&xml.replacen(" xmlns:ds", &format!(" validUntil=\"{instant}\" xmlns:ds"), 1))
    };
    let registry = until("2026-09-01T10:20:31Z").unwrap();
    assert_eq!(registry.valid_until, Some("2026-09-01T10:20:31Z".parse().unwrap()));
    assert_eq!(until("2026-09-01T10:20:30Z").unwrap_err(), RegistryError::Expired);
    assert_eq!(until("soon").unwrap_err(), RegistryError::Malformed);
}

#[test]
fn whoever_signs_the_whole_answer_is_named_by_the_operator() {
    let xml = signed(&(good("https://a.example") + &good("https://b.example")));
    let sources = crate::Sources {
        spid: vec![keys()[0].certificate().clone()],
        signed_responses: std::iter::once("https://b.example".to_owned()).collect(),
        ..crate::Sources::default()
    };
    let read = sources.read(IdentityScheme::Spid, &xml, now()).unwrap();
    let demanding: Vec<bool> =
        read.providers.iter().map(|provider| provider.requires_signed_response).collect();
    assert_eq!(demanding, [false, true]);
}
