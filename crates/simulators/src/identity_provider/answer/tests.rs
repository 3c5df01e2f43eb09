//! Answers: right by default, bent where asked.

use super::{Answer, ErrorCode, Ground, Place, Signing};
use crate::identity_provider::{
    fixture::{ACS, Counting, INSTANT, SENDER, key, request, xmlsec1_verifies},
    names,
    person::Person,
    provider::Provider,
    request::AuthnRequest,
    signer::{SignOptions, verify_enveloped},
    value::Value,
};
use domain::identity::{AssuranceLevel, IdentityScheme};
use roxmltree::{Document, Node};

fn provider(scheme: IdentityScheme) -> Provider {
    Provider::new("x", scheme, "answers", "http://127.0.0.1:1/x".into(), "PROV").unwrap()
}

fn answer(
    scheme: IdentityScheme,
    person: &str,
    make: impl Fn(&Ground<'_>, &Person) -> Answer,
) -> Answer {
    let provider = provider(scheme);
    let request = AuthnRequest::parse(&request(&provider)).unwrap();
    let entropy = Counting::default();
    let ground = Ground {
        provider: &provider,
        request: &request,
        acs: ACS,
        now: INSTANT.parse().unwrap(),
        entropy: &entropy,
    };
    make(&ground, Person::find(person).unwrap())
}

fn success(scheme: IdentityScheme, person: &str, level: AssuranceLevel) -> Answer {
    let wanted = ["spidCode", "fiscalNumber", "name", "familyName", "dateOfBirth", "email"];
    let wanted = wanted.map(str::to_owned);
    answer(scheme, person, |ground, person| Answer::success(ground, person, level, &wanted))
}

fn plain() -> Answer {
    success(IdentityScheme::Spid, "accenti", AssuranceLevel::L2)
}

fn one<'a, 'i>(document: &'a Document<'i>, name: &str) -> Node<'a, 'i> {
    let mut found = document.descendants().filter(|node| node.tag_name().name() == name);
    let node = found.next().unwrap();
    assert!(found.next().is_none(), "several {name}");
    node
}

#[test]
fn the_default_is_right_for_spid() {
    let xml = plain().to_xml();
    let document = Document::parse(&xml).unwrap();
    let root = document.root_element();
    assert_eq!(root.attribute("InResponseTo"), Some("_0123456789abcdef0123456789abcdef"));
    assert_eq!(root.attribute("Destination"), Some(ACS));
    assert_eq!(root.attribute("IssueInstant"), Some(INSTANT));
    assert_eq!(one(&document, "StatusCode").attribute("Value"), Some(names::STATUS_SUCCESS));
    assert_eq!(one(&document, "Audience").text(), Some(SENDER));
    assert_eq!(
        one(&document, "AuthnContextClassRef").text(),
        Some("https://www.spid.gov.it/SpidL2")
    );
    assert_eq!(one(&document, "AuthnStatement").attribute("SessionIndex"), None);
    let name = one(&document, "NameID");
    assert_eq!(name.attribute("NameQualifier"), Some("http://127.0.0.1:1/x"));
    let data = one(&document, "SubjectConfirmationData");
    assert_eq!(data.attribute("Recipient"), Some(ACS));
    assert_eq!(data.attribute("NotOnOrAfter"), Some("2026-09-15T08:35:00.123Z"));
    let said: Vec<_> = document
        .descendants()
        .filter(|node| node.tag_name().name() == "Attribute")
        .map(|node| {
            (node.attribute("Name").unwrap(), node.first_element_child().unwrap().text().unwrap())
        })
        .collect();
    assert_eq!(said[0], ("spidCode", "PROV0000000005"));
    assert!(said[1].1.starts_with("TINIT-DNG"));
    assert_eq!(said[3], ("familyName", "D'Angelò"));
    let ids: std::collections::HashSet<_> =
        document.descendants().filter_map(|node| node.attribute("ID")).collect();
    assert_eq!(ids.len(), 2);
}

#[test]
fn each_scheme_answers_in_its_own_way() {
    let cie = success(IdentityScheme::Cie, "accenti", AssuranceLevel::L3).to_xml();
    assert!(cie.contains(">D&#39;ANGELÒ<") && !cie.contains("spidCode"));
    assert!(cie.contains("<saml:Issuer>http") && !cie.contains(names::FORMAT_ENTITY));
    let eidas = success(IdentityScheme::Eidas, "eidas", AssuranceLevel::L2).to_xml();
    assert!(eidas.contains(">EU/IT/PROVA00007<") && !eidas.contains("fiscalNumber"));
    let low = success(IdentityScheme::Spid, "anna", AssuranceLevel::L1).to_xml();
    assert!(low.contains("SessionIndex=\"_") && low.contains("SpidL1<"));
}

#[test]
fn what_is_asked_to_be_signed_is_signed() {
    let key = key("answers");
    let certificates = [key.certificate_der().unwrap()];
    let answer = plain();
    let ids = [answer.id.clone(), answer.assertion.clone().unwrap().id];
    let [response, assertion] = ids.map(|id| id.unwrap().as_xml().to_owned());
    for signing in [Signing::BOTH, Signing::ASSERTION, Signing::RESPONSE, Signing::NONE] {
        let xml = answer.signed(&key, signing, &SignOptions::default()).unwrap();
        let holds = |id: &str| verify_enveloped(&xml, id, &certificates).is_ok();
        assert_eq!(holds(&response), signing.response, "{signing:?}");
        assert_eq!(holds(&assertion), signing.assertion, "{signing:?}");
        assert_eq!(xmlsec1_verifies(&xml, "Response", &key), signing.response, "{signing:?}");
        assert_eq!(xmlsec1_verifies(&xml, "Assertion", &key), signing.assertion, "{signing:?}");
    }
}

#[test]
fn every_anomaly_has_its_status() {
    for code in ErrorCode::ALL {
        let xml =
            answer(IdentityScheme::Spid, "anna", |ground, _| Answer::error(ground, code)).to_xml();
        let document = Document::parse(&xml).unwrap();
        let codes: Vec<_> = document
            .descendants()
            .filter(|node| node.tag_name().name() == "StatusCode")
            .map(|node| node.attribute("Value").unwrap().rsplit(':').next().unwrap())
            .collect();
        let expected: &[&str] = match code.number() {
            8 | 11 => &["Requester"],
            9 => &["VersionMismatch"],
            12 => &["Requester", "NoAuthnContext"],
            13 => &["Requester", "RequestDenied"],
            15 => &["Requester", "NoPassive"],
            14 | 16..=18 => &["Requester", "RequestUnsupported"],
            _ => &["Responder", "AuthnFailed"],
        };
        assert_eq!(codes, expected, "{code:?}");
        let message = one(&document, "StatusMessage").text().unwrap();
        assert_eq!(message, format!("ErrorCode nr{:02}", code.number()));
        assert!(!xml.contains("Assertion "), "{code:?}");
    }
    assert_eq!(ErrorCode::new(10), None);
}

#[test]
fn every_part_can_be_left_out_or_emptied() {
    let mut answer = plain();
    let assertion = answer.assertion.as_mut().unwrap();
    assertion.subject.as_mut().unwrap().name_id = None;
    assertion.conditions.as_mut().unwrap().audiences = Some(Vec::new());
    assertion.attributes = Some(Vec::new());
    assertion.version = Some("".into());
    answer.destination = None;
    answer.issuer = None;
    let xml = answer.to_xml();
    Document::parse(&xml).unwrap();
    assert!(xml.contains("<saml:AudienceRestriction></saml:AudienceRestriction>"));
    assert!(xml.contains("<saml:AttributeStatement></saml:AttributeStatement>"));
    assert!(xml.contains(" Version=\"\""));
    assert!(!xml.contains("NameID") && !xml.contains("Destination"));
    assert_eq!(xml.matches("<saml:Issuer").count(), 1);
}

#[test]
fn raw_xml_goes_where_it_is_told_and_is_signed_with_the_rest() {
    const PLACES: [Place; 13] = [
        Place::ResponseStart,
        Place::AfterResponseIssuer,
        Place::BeforeAssertion,
        Place::ResponseEnd,
        Place::AssertionStart,
        Place::AfterAssertionIssuer,
        Place::SubjectEnd,
        Place::ConfirmationData,
        Place::ConditionsEnd,
        Place::AuthnStatementEnd,
        Place::AttributesStart,
        Place::AttributesEnd,
        Place::AssertionEnd,
    ];
    let mut answer = plain();
    for (number, place) in PLACES.into_iter().enumerate() {
        answer.inserted.push((place, format!("<x n=\"{number}\"/>")));
    }
    let attributes = answer.assertion.as_mut().unwrap().attributes.as_mut().unwrap();
    attributes[1].values = vec![Value::raw("TINIT-<!-- x -->AAA")];
    let key = key("answers");
    let xml = answer.signed(&key, Signing::BOTH, &SignOptions::default()).unwrap();
    let document = Document::parse(&xml).unwrap();
    let parents: Vec<_> = document
        .descendants()
        .filter(|node| node.tag_name().name() == "x")
        .map(|node| node.parent().unwrap().tag_name().name())
        .collect();
    assert_eq!(
        parents,
        [
            "Response",
            "Response",
            "Response",
            "Assertion",
            "Assertion",
            "SubjectConfirmationData",
            "Subject",
            "Conditions",
            "AuthnStatement",
            "AttributeStatement",
            "AttributeStatement",
            "Assertion",
            "Response"
        ]
    );
    assert!(xml.contains("TINIT-<!-- x -->AAA"));
    assert!(xmlsec1_verifies(&xml, "Response", &key) && xmlsec1_verifies(&xml, "Assertion", &key));
}
