//! Answers that are accepted, and one for every reason to refuse.

mod content;
mod signatures;

use super::{Verified, open_response, validate};
use crate::{
    provider::{Certificate, IdentityProvider},
    refusal::Refusal,
    testing::{
        expected, field, fiscal_number, other_key, provider, provider_key, response,
        sign_assertion, sign_both, signature_template,
    },
};
use domain::identity::{AssuranceLevel, IdentityScheme};

/// The whole way with the usual expectations.
pub(super) fn answer(xml: &str, provider: &IdentityProvider) -> Result<Verified, Refusal> {
    validate(&open_response(&field(xml))?, &expected(provider))
}

/// The code of the refusal, or `accepted`.
pub(super) fn code(xml: &str, provider: &IdentityProvider) -> &'static str {
    answer(xml, provider).map_or_else(|refusal| refusal.code(), |_| "accepted")
}

#[test]
fn a_valid_answer_is_read_whole() {
    let provider = provider(&[provider_key()]);
    for xml in [sign_both(&response(), provider_key()), sign_assertion(&response(), provider_key())]
    {
        let opened = open_response(&field(&xml)).unwrap();
        assert_eq!(opened.xml(), xml);
        assert_eq!((opened.in_response_to(), opened.response_id()), ("_request", "_response"));
        let verified = validate(&opened, &expected(&provider)).unwrap();
        let identity = &verified.identity;
        assert_eq!(identity.codice_fiscale.as_ref().unwrap().as_str(), fiscal_number());
        assert_eq!((identity.name.as_str(), identity.surname.as_str()), ("Anna", "Prova"));
        assert_eq!(identity.level, AssuranceLevel::L2);
        assert_eq!(identity.birth_date.unwrap().to_string(), "1988-01-01");
        assert_eq!(identity.person_code.as_deref(), Some("PROV0123456789"));
        assert_eq!(identity.email.as_deref(), Some("anna@prova.example"));
        assert_eq!(
            (verified.name_id.as_str(), verified.session_index.as_deref()),
            ("_transient", Some("_session"))
        );
        assert_eq!(
            (verified.response_id.as_str(), verified.assertion_id.as_str()),
            ("_response", "_assertion")
        );
        assert_eq!(verified.assertion_not_on_or_after.to_string(), "2026-09-15T08:07:00Z");
        assert_eq!(verified.response_issue_instant.to_string(), "2026-09-15T08:00:00Z");
        assert_eq!(
            verified.certificate_fingerprint,
            provider_key().certificate.fingerprint_sha256_hex()
        );
        assert_eq!(verified.attributes.len(), 6);
        assert!(verified.attributes.is_sorted());
        let shown = format!("{verified:?} {opened:?}");
        assert!(!shown.contains("Anna") && !shown.contains("_transient"), "{shown}");
    }
}

#[test]
fn either_of_two_keys_verifies_while_they_are_exchanged() {
    let rolling = provider(&[other_key(), provider_key()]);
    let verified = answer(&sign_both(&response(), provider_key()), &rolling).unwrap();
    assert_eq!(
        verified.certificate_fingerprint,
        provider_key().certificate.fingerprint_sha256_hex()
    );
    let verified = answer(&sign_both(&response(), other_key()), &rolling).unwrap();
    assert_eq!(verified.certificate_fingerprint, other_key().certificate.fingerprint_sha256_hex());
}

#[test]
fn forms_that_providers_really_use_are_accepted() {
    let provider = provider(&[provider_key()]);
    let plain = sign_both(&response(), provider_key());
    let body = plain.split_once("?>").unwrap().1.trim_start().to_owned();
    for prolog in
        ["", "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n", "<?xml version='1.0'?>\r\n \t"]
    {
        assert_eq!(code(&format!("{prolog}{body}"), &provider), "accepted", "{prolog:?}");
    }
    let entity = " Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:entity\"";
    for (from, to) in [
        ("_transient", "\n   _transient\n"),
        (entity, ""),
        ("2026-09-15T08:00:00Z\" Destination", "2026-09-15T08:00:00.123456Z\" Destination"),
        ("TINIT-", ""),
        ("SpidL2", "SpidL3"),
        (
            "<samlp:Status>",
            "<samlp:Extensions><o:n xmlns:o=\"urn:o\"/></samlp:Extensions><samlp:Status>",
        ),
    ] {
        let changed = response().replacen(from, to, 1);
        assert_eq!(code(&sign_both(&changed, provider_key()), &provider), "accepted", "{from}");
    }
    let prefixes = signature_template("_assertion").replace(
        "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>",
        "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"><ec:InclusiveNamespaces \
         xmlns:ec=\"http://www.w3.org/2001/10/xml-exc-c14n#\" PrefixList=\"#default xs xsi\"/></ds:Transform>",
    );
    let signed = crate::testing::sign_at(&response(), "assertion", &prefixes, provider_key());
    assert_eq!(code(&crate::testing::without_places(&signed), &provider), "accepted");
}

#[test]
fn cie_and_eidas_differ_where_their_profiles_do() {
    let mut cie = provider(&[provider_key()]);
    cie.scheme = IdentityScheme::Cie;
    let entity = " Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:entity\"";
    let without_format = sign_both(&response().replace(entity, ""), provider_key());
    assert_eq!(code(&without_format, &cie), "accepted");
    assert_eq!(
        code(&without_format, &provider(&[provider_key()])),
        "assertion_issuer_format_missing"
    );

    let mut eidas = provider(&[provider_key()]);
    eidas.scheme = IdentityScheme::Eidas;
    let foreign = response().replace("Name=\"fiscalNumber\"", "Name=\"other\"");
    let verified = answer(&sign_both(&foreign, provider_key()), &eidas).unwrap();
    assert_eq!(verified.identity.codice_fiscale, None);
    assert_eq!(verified.identity.person_code.as_deref(), Some("PROV0123456789"));
    assert_eq!(code(&sign_both(&foreign, provider_key()), &cie), "fiscal_number_missing");
    let nobody = foreign.replace("Name=\"spidCode\"", "Name=\"another\"");
    assert_eq!(code(&sign_both(&nobody, provider_key()), &eidas), "person_code_missing");
}

#[test]
fn a_certificate_tells_its_end_and_survives_base64() {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let certificate = &provider_key().certificate;
    assert_eq!(certificate.not_after().unwrap().to_string(), "2021-01-01T00:00:00Z");
    let text = STANDARD.encode(certificate.der());
    let (first, second) = text.split_at(64);
    assert_eq!(
        Certificate::from_base64(&format!("\n{first}\n  {second}\n")).as_ref(),
        Some(certificate)
    );
    assert_eq!(Certificate::from_base64("AAAA"), None);
    assert_eq!(certificate.fingerprint_sha256_hex().len(), 64);
}
