//! The documents of every mode: order, content, signature.

use super::{AttributeSet, CIE_ATTRIBUTES, MetadataError, Mode, ServiceProvider};
use crate::{
    MetadataCheck, MetadataProfile, check_metadata, cie_metadata,
    names::{NS_CIE, NS_METADATA, NS_SPID, NS_XML},
    samples::{aggregated, aggregator_key, keys, now, partner, provider, verifies},
    spid_metadata,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use roxmltree::{Document, Node};

fn names<'a>(node: Node<'a, '_>) -> Vec<&'a str> {
    node.children().filter(Node::is_element).map(|child| child.tag_name().name()).collect()
}

fn all<'a, 'input>(document: &'a Document<'input>, name: &str) -> Vec<Node<'a, 'input>> {
    document.descendants().filter(|node| node.has_tag_name((NS_METADATA, name))).collect()
}

fn checked(xml: &str, profile: MetadataProfile) {
    let check = MetadataCheck { profile, now: now(), production: true };
    assert_eq!(check_metadata(xml, &check), []);
}

#[test]
fn a_public_body_by_itself() {
    let provider = provider();
    let xml = spid_metadata(&provider, keys(), "_m1").unwrap();
    checked(&xml, MetadataProfile::SpidPublic);
    assert!(xml.starts_with("<?xml") && verifies(&xml, &keys()[0]) && !verifies(&xml, &keys()[1]));
    let document = Document::parse(&xml).unwrap();
    let root = document.root_element();
    assert_eq!(names(root), ["Signature", "SPSSODescriptor", "Organization", "ContactPerson"]);
    assert_eq!(
        (root.attribute("ID"), root.attribute("entityID")),
        (Some("_m1"), Some(provider.entity_id.as_str()))
    );
    let published: Vec<_> = document
        .descendants()
        .filter(|node| node.tag_name().name() == "X509Certificate")
        .skip(1)
        .map(|node| STANDARD.decode(node.text().unwrap()).unwrap())
        .collect();
    assert_eq!(published, [keys()[0].certificate().der(), keys()[1].certificate().der()]);
    let role = names(all(&document, "SPSSODescriptor")[0]);
    let expected = [
        "KeyDescriptor",
        "KeyDescriptor",
        "SingleLogoutService",
        "SingleLogoutService",
        "NameIDFormat",
        "AssertionConsumerService",
        "AttributeConsumingService",
        "AttributeConsumingService",
        "AttributeConsumingService",
        "AttributeConsumingService",
    ];
    assert_eq!(role, expected);
    let consumer = all(&document, "AssertionConsumerService")[0];
    assert_eq!(consumer.attribute("Location"), Some(provider.acs_url.as_str()));
    let contact = all(&document, "ContactPerson")[0];
    assert_eq!(contact.attribute("contactType"), Some("other"));
    assert_eq!(contact.attribute((NS_SPID, "entityType")), None);
    assert_eq!(names(contact.first_element_child().unwrap()), ["IPACode", "Public"]);
}

#[test]
fn texts_arrive_as_they_were_given_in_every_language() {
    let provider = provider();
    let xml = spid_metadata(&provider, keys(), "_m1").unwrap();
    let document = Document::parse(&xml).unwrap();
    for (name, expected) in [
        ("OrganizationName", &provider.organisation_name),
        ("OrganizationDisplayName", &provider.organisation_display_name),
        ("OrganizationURL", &provider.organisation_url),
    ] {
        let found: Vec<_> = all(&document, name)
            .into_iter()
            .map(|node| (node.attribute((NS_XML, "lang")).unwrap(), node.text().unwrap()))
            .collect();
        assert_eq!(found, [("it", expected.as_str()), ("en", expected.as_str())]);
    }
    assert_eq!(all(&document, "ServiceName")[0].text(), Some(provider.service_name.as_str()));
}

#[test]
fn attribute_sets_are_as_requests_will_ask() {
    let with = spid_metadata(&provider(), keys(), "_m1").unwrap();
    let without = ServiceProvider { eidas: false, ..provider() };
    let without = spid_metadata(&without, keys(), "_m1").unwrap();
    for (xml, expected) in [(with, &AttributeSet::ALL[..]), (without, &AttributeSet::ALL[..2])] {
        let document = Document::parse(&xml).unwrap();
        let sets = all(&document, "AttributeConsumingService");
        assert_eq!(sets.len(), expected.len());
        for (node, set) in sets.into_iter().zip(expected) {
            let requested: Vec<_> =
                node.children().filter_map(|child| child.attribute("Name")).collect();
            let index: u16 = node.attribute("index").unwrap().parse().unwrap();
            assert_eq!(AttributeSet::from_index(index), Some(*set));
            assert_eq!(requested, set.attributes());
        }
    }
}

#[test]
fn a_body_under_an_aggregator() {
    let provider = aggregated();
    assert_eq!(provider.entity_id, "https://accesso.gestore.example.it/pub-ag-full/c_x999");
    let xml = spid_metadata(&provider, std::slice::from_ref(aggregator_key()), "_m2").unwrap();
    checked(&xml, MetadataProfile::SpidAggregated);
    let document = Document::parse(&xml).unwrap();
    let contacts: Vec<_> = all(&document, "ContactPerson")
        .into_iter()
        .map(|node| {
            let extensions = names(node.first_element_child().unwrap());
            (node.attribute((NS_SPID, "entityType")).unwrap(), extensions)
        })
        .collect();
    let activity = "PublicServicesFullAggregator";
    let expected = [
        ("spid:aggregator", vec!["VATNumber", "FiscalCode", activity]),
        ("spid:aggregated", vec!["IPACode", "Public"]),
    ];
    assert_eq!(contacts, expected);
}

#[test]
fn cie_with_and_without_a_partner() {
    let alone = provider();
    let together = ServiceProvider { technical_partner: Some(partner()), ..provider() };
    for (provider, kinds) in
        [(alone, &["administrative"][..]), (together, &["administrative", "technical"])]
    {
        let xml = cie_metadata(&provider, &keys()[..1], "_m3").unwrap();
        checked(&xml, MetadataProfile::CiePublic);
        let document = Document::parse(&xml).unwrap();
        assert_eq!(document.root_element().lookup_prefix(NS_CIE), Some("cie"));
        let contacts = all(&document, "ContactPerson");
        let found: Vec<_> =
            contacts.iter().map(|node| node.attribute("contactType").unwrap()).collect();
        assert_eq!(found, kinds);
        let extensions = names(contacts[0].first_element_child().unwrap());
        let expected = ["Public", "IPACode", "IPACategory", "Municipality", "Province", "Country"];
        assert_eq!(extensions, expected);
        let requested: Vec<_> = all(&document, "RequestedAttribute")
            .into_iter()
            .map(|node| node.attribute("Name").unwrap())
            .collect();
        assert_eq!(requested, CIE_ATTRIBUTES);
    }
}

#[test]
fn incomplete_providers_are_refused_by_field() {
    let refused = |change: fn(&mut ServiceProvider)| {
        let mut provider = provider();
        change(&mut provider);
        match spid_metadata(&provider, keys(), "_m1").unwrap_err() {
            MetadataError::Field(field) => field,
            other => panic!("{other}"),
        }
    };
    assert_eq!(refused(|p| p.organisation_name = " ".into()), "organisation name");
    assert_eq!(refused(|p| p.codice_ipa.clear()), "codice IPA");
    assert_eq!(refused(|p| p.entity_id = "https://a.example/?x".into()), "entity id");
    assert_eq!(refused(|p| p.entity_id = "urn:a".into()), "entity id");
    assert_eq!(refused(|p| p.acs_url = "/spid/acs".into()), "acs url");
    assert_eq!(refused(|p| p.slo_url = "javascript:alert(1)".into()), "slo url");
    assert_eq!(refused(|p| p.email = "scuola+spid@example.it".into()), "email");
    assert_eq!(refused(|p| p.telephone = Some("+39 099".into())), "telephone");
    assert_eq!(
        refused(|p| p.mode = Mode::PublicFullAggregator(crate::samples::aggregator())),
        "entity id"
    );
}

#[test]
fn no_key_no_id_no_place_and_no_control_characters() {
    let good = provider();
    assert!(matches!(spid_metadata(&good, &[], "_m1"), Err(MetadataError::NoKey)));
    for id in ["", "1", "a b", "a\"b"] {
        let refused = spid_metadata(&good, keys(), id);
        assert!(matches!(refused, Err(MetadataError::Field("document id"))));
    }
    let nowhere = ServiceProvider { codice_catastale: Some("x999".into()), ..provider() };
    let refused = cie_metadata(&nowhere, keys(), "_m1");
    assert!(matches!(refused, Err(MetadataError::Field("codice catastale"))));
    let control = ServiceProvider { service_name: "a\u{1}".into(), ..provider() };
    assert!(matches!(spid_metadata(&control, keys(), "_m1"), Err(MetadataError::Text(_))));
}
