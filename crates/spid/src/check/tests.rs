//! Every rule notices its own violation.

use super::{MetadataCheck, MetadataProfile, check_metadata};
use crate::{
    ServiceProvider, SigningKey, cie_metadata, new_key,
    samples::{aggregated, aggregator_key, keys, now, provider, signing_key, subject},
    spid_metadata,
};

fn codes(xml: &str, profile: MetadataProfile) -> Vec<&'static str> {
    let check = MetadataCheck { profile, now: now(), production: true };
    check_metadata(xml, &check).into_iter().map(|problem| problem.code).collect()
}

fn public() -> String {
    spid_metadata(&provider(), &keys()[..1], "_m1").unwrap()
}

/// The codes beside that of the signature, which every change breaks.
fn after(xml: &str, profile: MetadataProfile, from: &str, to: &str) -> Vec<&'static str> {
    let changed = xml.replace(from, to);
    assert!(changed != xml, "{from}");
    let mut codes = codes(&changed, profile);
    assert!(codes.contains(&"signature"), "{from}");
    codes.retain(|code| *code != "signature");
    codes
}

#[test]
fn changes_to_a_public_document() {
    let xml = public();
    let post = "bindings:HTTP-POST\" Location=\"https://comune-prova.example.it/spid/acs";
    for (from, to, expected) in [
        ("WantAssertionsSigned=\"true\"", "WantAssertionsSigned=\"false\"", "role_attribute"),
        ("AuthnRequestsSigned=\"true\" ", "", "role_attribute"),
        ("nameid-format:transient", "nameid-format:persistent", "name_id_format"),
        (" isDefault=\"true\"", "", "consumer_default"),
        (
            post,
            "bindings:SOAP\" Location=\"https://comune-prova.example.it/spid/acs",
            "consumer_location",
        ),
        (
            "https://comune-prova.example.it/spid/acs",
            "http://comune-prova.example.it/spid/acs",
            "consumer_location",
        ),
        (
            "https://comune-prova.example.it/spid/uscita",
            "https://a.example:8443/",
            "logout_location",
        ),
        (
            "<md:AttributeConsumingService index=\"1\">",
            "<md:AttributeConsumingService index=\"0\">",
            "attribute_set_index",
        ),
        ("Name=\"spidCode\"", "Name=\"shoeSize\"", "attribute_unknown"),
        ("Name=\"familyName\"", "Name=\"name\"", "attribute_set_content"),
        (
            "<md:OrganizationURL xml:lang=\"en\">",
            "<md:OrganizationURL xml:lang=\"fr\">",
            "organisation_languages_differ",
        ),
        ("contactType=\"other\"", "contactType=\"technical\"", "contact_kinds"),
        ("scuola@comune", "scuola+spid@comune", "contact_email"),
        ("+390990000000", "+39 099 0000000", "contact_telephone"),
        ("<spid:Public/>", "<spid:Public>x</spid:Public>", "contact_activity"),
        ("<md:Company>Comune", "<md:Company>comune", "contact_company"),
        ("<md:NameIDFormat>", "<md:NameIDFormat/><md:Alien/><md:NameIDFormat>", "element_unknown"),
        (" ID=\"_m1\"", "", "document_id"),
    ] {
        let found = after(&xml, MetadataProfile::SpidPublic, from, to);
        assert!(found.contains(&expected), "{from}: {found:?}");
    }
    let sso = "<md:Organization>";
    let swapped =
        after(&xml, MetadataProfile::SpidPublic, sso, "<md:ContactPerson/><md:Organization>");
    assert!(swapped.contains(&"element_order"), "{swapped:?}");
}

#[test]
fn certificates_must_say_what_the_document_says() {
    let xml = public();
    for (from, to) in [
        ("entityID=\"https://spid.comune", "entityID=\"https://cie.comune"),
        ("c_x999", "c_x998"),
        (
            "<md:OrganizationName xml:lang=\"it\">Comune",
            "<md:OrganizationName xml:lang=\"it\">comune",
        ),
        (
            "<md:OrganizationDisplayName xml:lang=\"it\">D",
            "<md:OrganizationDisplayName xml:lang=\"it\">d",
        ),
    ] {
        let found = after(&xml, MetadataProfile::SpidPublic, from, to);
        assert!(found.contains(&"certificate_disagrees"), "{from}: {found:?}");
    }
    let short = new_key(&subject(&provider()), now() - jiff::SignedDuration::from_hours(48), 1);
    let keys: [SigningKey; 1] = [signing_key(&short.unwrap())];
    let expired = spid_metadata(&provider(), &keys, "_m1").unwrap();
    assert_eq!(codes(&expired, MetadataProfile::SpidPublic), ["certificate_expired"]);
}

#[test]
fn each_profile_accepts_its_own_kind_alone() {
    let public = public();
    let own = std::slice::from_ref(aggregator_key());
    let aggregated_xml = spid_metadata(&aggregated(), own, "_m2").unwrap();
    let cie = cie_metadata(&provider(), &keys()[..1], "_m3").unwrap();
    let documents = [
        (&public, MetadataProfile::SpidPublic),
        (&aggregated_xml, MetadataProfile::SpidAggregated),
        (&cie, MetadataProfile::CiePublic),
    ];
    for (xml, profile) in documents {
        for (_, other) in documents {
            assert_eq!(codes(xml, other).is_empty(), profile == other, "{profile:?} as {other:?}");
        }
    }
    let elsewhere = aggregated_xml.replace("/pub-ag-full/", "/altro/");
    let found = codes(&elsewhere, MetadataProfile::SpidAggregated);
    assert!(found.contains(&"entity_id_without_activity"), "{found:?}");
    let without = cie.replace("<cie:Municipality>X999</cie:Municipality>", "");
    let found = codes(&without, MetadataProfile::CiePublic);
    assert!(found.contains(&"contact_code_missing"), "{found:?}");
}

#[test]
fn trials_may_use_plain_http_and_ports() {
    let local = ServiceProvider {
        acs_url: "http://localhost:8000/spid/acs".into(),
        slo_url: "http://localhost:8000/spid/uscita".into(),
        ..provider()
    };
    let xml = spid_metadata(&local, &keys()[..1], "_m1").unwrap();
    let found = codes(&xml, MetadataProfile::SpidPublic);
    assert_eq!(found, ["logout_location", "logout_location", "consumer_location"]);
    let check =
        MetadataCheck { profile: MetadataProfile::SpidPublic, now: now(), production: false };
    assert_eq!(check_metadata(&xml, &check), []);
}

#[test]
fn what_is_no_metadata_at_all() {
    for xml in ["", "x", "<a/>", "<!DOCTYPE a><a/>"] {
        assert_eq!(codes(xml, MetadataProfile::SpidPublic), ["document"]);
    }
    let list = format!("<EntitiesDescriptor xmlns=\"{}\"/>", crate::names::NS_METADATA);
    assert_eq!(codes(&list, MetadataProfile::SpidPublic), ["document"]);
    let found =
        codes(&format!("\n{}", public().split_once("?>").unwrap().1), MetadataProfile::SpidPublic);
    assert_eq!(found, ["text_before_document"]);
}

#[test]
fn every_finding_has_a_sentence_and_every_sentence_a_finding() {
    let sources = [
        include_str!("../check.rs"),
        include_str!("contacts.rs"),
        include_str!("descriptor.rs"),
        include_str!("keys.rs"),
        include_str!("organisation.rs"),
        include_str!("../certificate_profile/check.rs"),
    ]
    .concat();
    let found: std::collections::BTreeSet<&str> = sources
        .split("Problem::new(")
        .skip(1)
        .filter_map(|after| after.trim_start().strip_prefix('"')?.split('"').next())
        .collect();
    let known: Vec<&str> = super::words::SENTENCES.iter().map(|(code, _)| *code).collect();
    assert_eq!(found.into_iter().collect::<Vec<_>>(), known);
}
