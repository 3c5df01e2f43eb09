//! Requests as a strict provider sees them.

use super::{AuthnRequest, check};
use crate::identity_provider::{
    fixture::{INSTANT, SENDER, key, metadata, request},
    names,
    provider::Provider,
    service_provider::ServiceProvider,
};
use domain::identity::{AssuranceLevel, IdentityScheme};
use jiff::Timestamp;

fn verdict(scheme: IdentityScheme, change: (&str, &str)) -> Result<AssuranceLevel, u8> {
    let address = "http://127.0.0.1:1/x".to_owned();
    let provider = Provider::new("x", scheme, "answers", address, "PROV").unwrap();
    let xml = request(&provider);
    assert!(xml.contains(change.0), "{}", change.0);
    let request = AuthnRequest::parse(&xml.replace(change.0, change.1)).unwrap();
    let metadata = metadata(&key("service"), names::BINDING_POST);
    let sender = ServiceProvider::parse(&metadata, SENDER).unwrap();
    let now: Timestamp = INSTANT.parse().unwrap();
    let checked = check(&request, &provider, &sender, now);
    checked.map(|checked| checked.level).map_err(|anomaly| anomaly.number)
}

#[test]
fn a_right_request_is_right_for_everybody() {
    for scheme in IdentityScheme::ALL {
        assert_eq!(verdict(scheme, ("", "")), Ok(AssuranceLevel::L2), "{scheme:?}");
    }
}

#[test]
fn each_mistake_has_its_number() {
    let id = "_0123456789abcdef0123456789abcdef";
    for (from, to, number) in [
        ("<samlp:NameIDPolicy", "<samlp:Scoping/><samlp:NameIDPolicy", 8),
        (" ForceAuthn=\"true\"", "", 8),
        ("ForceAuthn=\"true\"", "ForceAuthn=\"false\"", 8),
        ("Version=\"2.0\"", "Version=\"1.1\"", 9),
        (" NameQualifier=\"https://comune.example/spid\"", "", 10),
        ("nameid-format:entity", "nameid-format:transient", 10),
        (id, "", 11),
        (id, "0123456789abcdef0123456789abcdef", 11),
        (id, "_corto", 11),
        ("SpidL2", "SpidL4", 12),
        ("Comparison=\"minimum\"", "Comparison=\"any\"", 12),
        ("08:30:00.123Z", "08:40:00.123Z", 13),
        ("08:30:00.123Z", "08:30:00.123+00:00", 13),
        ("T08:30:00.123Z", "", 13),
        ("/x/sso\"", "/y/sso\"", 14),
        ("ForceAuthn=\"true\"", "ForceAuthn=\"true\" IsPassive=\"true\"", 15),
        ("AssertionConsumerServiceIndex=\"0\"", "AssertionConsumerServiceIndex=\"7\"", 16),
        ("AssertionConsumerServiceIndex=\"0\"", "", 16),
        (
            "AssertionConsumerServiceIndex=\"0\"",
            "AssertionConsumerServiceIndex=\"0\" AssertionConsumerServiceURL=\"http://comune.example/spid/acs\"",
            16,
        ),
        ("nameid-format:transient", "nameid-format:persistent", 17),
        ("AttributeConsumingServiceIndex=\"0\"", "AttributeConsumingServiceIndex=\"7\"", 18),
    ] {
        assert_eq!(verdict(IdentityScheme::Spid, (from, to)), Err(number), "{from} → {to}");
    }
}

#[test]
fn spid_and_cie_differ_in_what_they_forgive() {
    let qualifier = (" NameQualifier=\"https://comune.example/spid\"", "");
    assert!(verdict(IdentityScheme::Cie, qualifier).is_ok());
    let by_name = ("/x/sso\"", "/x\"");
    assert!(verdict(IdentityScheme::Spid, by_name).is_ok());
    assert_eq!(verdict(IdentityScheme::Cie, by_name), Err(14));
    let exact = ("Comparison=\"minimum\"", "Comparison=\"exact\"");
    assert!(verdict(IdentityScheme::Spid, exact).is_ok());
    assert_eq!(verdict(IdentityScheme::Cie, exact), Err(12));
}

#[test]
fn other_messages_are_none() {
    assert_eq!(AuthnRequest::parse("<a/>"), None);
    assert_eq!(AuthnRequest::parse("<!DOCTYPE a><a/>"), None);
    assert_eq!(AuthnRequest::parse(""), None);
}

#[test]
fn metadata_are_taken_only_from_whom_they_name_and_unchanged() {
    let good = metadata(&key("service"), names::BINDING_POST);
    let sender = ServiceProvider::parse(&good, SENDER).unwrap();
    assert_eq!(sender.display_name, "Comune d'Alfa");
    assert_eq!(sender.attribute_sets.len(), 2);
    assert!(ServiceProvider::parse(&good, "https://altro.example").is_err());
    let moved = good.replace("http://comune.example/spid/acs", "http://altrove.example/acs");
    assert!(ServiceProvider::parse(&moved, SENDER).is_err());
}
