//! One change per reason to refuse, each properly signed, so that nothing but the change can be the reason.

use super::{answer, code};
use crate::testing::{
    field, fiscal_number, provider, provider_key, response, sign_assertion, sign_both,
    without_places,
};

const ENTITY: &str = " Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:entity\"";

/// What is replaced, by what, in which of the places where it stands, and the refusal.
type Change<'a> = (&'a str, &'a str, usize, &'a str);

const ENVELOPE: &[Change<'_>] = &[
    ("Version=\"2.0\"", "Version=\"1.0\"", 0, "response_version"),
    (" IssueInstant=\"2026-09-15T08:00:00Z\"", "", 0, "response_issue_instant_missing"),
    (
        "IssueInstant=\"2026-09-15T08:00:00Z\"",
        "IssueInstant=\"2026-09-15\"",
        0,
        "response_issue_instant_malformed",
    ),
    (
        "IssueInstant=\"2026-09-15T08:00:00Z\"",
        "IssueInstant=\"2026-09-15T07:59:00Z\"",
        0,
        "response_before_request",
    ),
    (
        "IssueInstant=\"2026-09-15T08:00:00Z\"",
        "IssueInstant=\"2026-09-15T08:02:01Z\"",
        0,
        "response_in_future",
    ),
    (" InResponseTo=\"_request\"", "", 0, "in_response_to_missing"),
    ("InResponseTo=\"_request\"", "InResponseTo=\"\"", 0, "in_response_to_missing"),
    ("InResponseTo=\"_request\"", "InResponseTo=\"_other\"", 0, "in_response_to_mismatch"),
    (" Destination=\"https://comune.prova.example/spid/acs\"", "", 0, "destination_missing"),
    (
        "Destination=\"https://comune.prova.example/spid/acs\"",
        "Destination=\"\"",
        0,
        "destination_missing",
    ),
    ("Destination=\"https://comune.", "Destination=\"https://altro.", 0, "destination_mismatch"),
    (">https://idp.prova.example</saml:Issuer>", "></saml:Issuer>", 0, "response_issuer_missing"),
    (":nameid-format:entity", ":nameid-format:transient", 0, "response_issuer_format"),
    (">https://idp.prova.example<", ">https://idp.altro.example<", 0, "response_issuer_mismatch"),
    (
        "<samlp:Status><samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/></samlp:Status>",
        "",
        0,
        "status_missing",
    ),
    (
        "<samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/>",
        "",
        0,
        "status_code_missing",
    ),
    ("urn:oasis:names:tc:SAML:2.0:status:Success", "", 0, "status_code_missing"),
    ("status:Success", "status:Sospeso", 0, "status_unknown"),
    ("status:Success", "status:Responder", 0, "provider_error"),
    ("<samlp:Status>", "<saml:Issuer>x</saml:Issuer><samlp:Status>", 0, "element_repeated"),
    ("Version=\"2.0\"", "Version=\"2.1\"", 1, "assertion_version"),
    (" IssueInstant=\"2026-09-15T08:00:00.1Z\"", "", 0, "assertion_issue_instant_missing"),
    ("2026-09-15T08:00:00.1Z", "2026-09-15T08:00:00+02:00", 0, "assertion_issue_instant_malformed"),
    ("2026-09-15T08:00:00.1Z", "2000-01-01T00:00:00Z", 0, "assertion_before_request"),
    ("2026-09-15T08:00:00.1Z", "2099-01-01T00:00:00Z", 0, "assertion_in_future"),
    (">https://idp.prova.example</saml:Issuer>", "></saml:Issuer>", 1, "assertion_issuer_missing"),
    (ENTITY, "", 1, "assertion_issuer_format_missing"),
    (ENTITY, " Format=\"\"", 1, "assertion_issuer_format_missing"),
    (":nameid-format:entity", ":nameid-format:transient", 1, "assertion_issuer_format"),
    (">https://idp.prova.example<", ">https://idp.altro.example<", 1, "assertion_issuer_mismatch"),
];

const ASSERTION: &[Change<'_>] = &[
    ("_transient", "  ", 0, "name_id_missing"),
    ("format:transient", "format:persistent", 0, "name_id_format"),
    (" NameQualifier=\"https://idp.prova.example\"", "", 0, "name_qualifier_missing"),
    (
        "NameQualifier=\"https://idp.prova.example\"",
        "NameQualifier=\"\"",
        0,
        "name_qualifier_missing",
    ),
    ("cm:bearer", "cm:sender-vouches", 0, "confirmation_method"),
    (" Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\"", "", 0, "confirmation_method"),
    (" Recipient=\"https://comune.prova.example/spid/acs\"", "", 0, "recipient_missing"),
    ("Recipient=\"https://comune.", "Recipient=\"https://altro.", 0, "recipient_mismatch"),
    (" InResponseTo=\"_request\"", "", 1, "confirmation_request_missing"),
    ("InResponseTo=\"_request\"", "InResponseTo=\"_other\"", 1, "confirmation_request_mismatch"),
    ("Recipient=", "NotBefore=\"2026-09-15T08:00:00Z\" Recipient=", 0, "confirmation_not_before"),
    (" NotOnOrAfter=\"2026-09-15T08:05:00Z\"", "", 0, "confirmation_expiry_missing"),
    ("2026-09-15T08:05:00Z", "tomorrow", 0, "confirmation_expiry_malformed"),
    ("2026-09-15T08:05:00Z", "2026-09-15T08:00:00Z", 0, "confirmation_expired"),
    (" NotBefore=\"2026-09-15T08:00:00Z\"", "", 0, "not_before_missing"),
    (
        "NotBefore=\"2026-09-15T08:00:00Z\"",
        "NotBefore=\"2026-09-15T8:00:00Z\"",
        0,
        "not_before_malformed",
    ),
    (
        "NotBefore=\"2026-09-15T08:00:00Z\"",
        "NotBefore=\"2026-09-15T08:02:00.5Z\"",
        0,
        "not_yet_valid",
    ),
    (" NotOnOrAfter=\"2026-09-15T08:06:00Z\"", "", 0, "not_on_or_after_missing"),
    ("2026-09-15T08:06:00Z", "2026-09-15 08:06", 0, "not_on_or_after_malformed"),
    ("2026-09-15T08:06:00Z", "2026-09-15T08:00:00Z", 0, "expired"),
    ("<saml:Audience>https://comune.prova.example/spid</saml:Audience>", "", 0, "audience_missing"),
    (
        ">https://comune.prova.example/spid</saml:Audience>",
        "></saml:Audience>",
        0,
        "audience_missing",
    ),
    ("<saml:Audience>https://comune.", "<saml:Audience>https://altro.", 0, "audience_mismatch"),
    ("</saml:Audience>", "</saml:Audience><saml:Audience>x</saml:Audience>", 0, "element_repeated"),
    (" AuthnInstant=\"2026-09-15T08:00:00Z\"", "", 0, "authn_instant"),
    (
        "AuthnInstant=\"2026-09-15T08:00:00Z\"",
        "AuthnInstant=\"2026-09-15T09:00:00Z\"",
        0,
        "authn_instant",
    ),
    ("https://www.spid.gov.it/SpidL2", "", 0, "class_missing"),
    (
        "https://www.spid.gov.it/SpidL2",
        "urn:oasis:names:tc:SAML:2.0:ac:classes:SpidL2",
        0,
        "class_unknown",
    ),
    ("SpidL2", "SpidL1", 0, "level_too_low"),
    ("Name=\"email\"", "Name=\"\"", 0, "attribute_name_missing"),
    ("Name=\"email\"", "Name=\"name\"", 0, "attribute_repeated"),
    (
        "<saml:AttributeValue xsi:type=\"xs:string\">anna@prova.example</saml:AttributeValue>",
        "",
        0,
        "attribute_value_missing",
    ),
    (
        "<saml:AttributeValue xsi:type=\"xs:string\">Anna<",
        "<saml:AttributeValue>Luca</saml:AttributeValue><saml:AttributeValue>Anna<",
        0,
        "attribute_several_values",
    ),
    ("Name=\"fiscalNumber\"", "Name=\"fiscalnumber\"", 0, "fiscal_number_missing"),
    ("TINIT-", "TINIT-TINIT-", 0, "fiscal_number_malformed"),
    ("TINIT-", "TINIT- ", 0, "fiscal_number_malformed"),
    ("TINIT-", "TINIT-\u{200b}", 0, "fiscal_number_malformed"),
    (">Anna<", "><", 0, "name_missing"),
    ("Name=\"familyName\"", "Name=\"family\"", 0, "family_name_missing"),
    ("1988-01-01", "1988-02-30", 0, "birth_date_malformed"),
    ("1988-01-01", "01/01/1988", 0, "birth_date_malformed"),
];

/// Elements that are cut out whole.
const CUTS: &[(&str, &str)] = &[
    ("Subject", "subject_missing"),
    ("NameID", "name_id_missing"),
    ("SubjectConfirmation", "confirmation_missing"),
    ("Conditions", "conditions_missing"),
    ("AudienceRestriction", "audience_restriction_missing"),
    ("AuthnStatement", "authn_statement_missing"),
    ("AuthnContext", "authn_context_missing"),
    ("AuthnContextClassRef", "class_missing"),
    ("AttributeStatement", "attributes_missing"),
];

/// Replaces one occurrence, counted from zero.
fn changed(xml: &str, (from, to, which, _): &Change<'_>) -> String {
    let (at, found) = xml.match_indices(from).nth(*which).unwrap_or_else(|| panic!("no {from}"));
    format!("{}{to}{}", &xml[..at], &xml[at + found.len()..])
}

#[test]
fn every_wrong_part_is_refused_for_its_own_reason() {
    let provider = provider(&[provider_key()]);
    for change in ENVELOPE.iter().chain(ASSERTION) {
        let xml = changed(&response(), change);
        assert_eq!(
            code(&sign_both(&xml, provider_key()), &provider),
            change.3,
            "both: {} {}",
            change.0,
            change.1
        );
        assert_eq!(
            code(&sign_assertion(&xml, provider_key()), &provider),
            change.3,
            "{} {}",
            change.0,
            change.1
        );
    }
}

#[test]
fn every_missing_part_is_refused_for_its_own_reason() {
    let provider = provider(&[provider_key()]);
    for (name, refusal) in CUTS {
        let xml = response();
        let (before, rest) = xml
            .split_once(&format!("<saml:{name}>"))
            .or_else(|| xml.split_once(&format!("<saml:{name} ")))
            .unwrap();
        let (_, after) = rest.split_once(&format!("</saml:{name}>")).unwrap();
        let cut = format!("{before}{after}");
        assert_eq!(code(&sign_both(&cut, provider_key()), &provider), *refusal, "{name}");
    }
    let empty = response().replace(
        "<saml:SubjectConfirmationData Recipient=\"https://comune.prova.example/spid/acs\" InResponseTo=\"_request\" NotOnOrAfter=\"2026-09-15T08:05:00Z\"/>",
        "",
    );
    assert_eq!(code(&sign_both(&empty, provider_key()), &provider), "confirmation_data_missing");
}

#[test]
fn an_error_of_the_provider_gives_its_number_and_needs_no_signature() {
    let provider = provider(&[provider_key()]);
    let (head, _) = without_places(&response())
        .split_once("<saml:Assertion")
        .map(|(h, t)| (h.to_owned(), t.len()))
        .unwrap();
    for (message, number) in
        [("ErrorCode nr22", Some(22)), ("ErrorCode nr99", None), ("<script>", None)]
    {
        let status = format!(
            "status:Responder\"><samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:AuthnFailed\"/></samlp:StatusCode><samlp:StatusMessage>{}</samlp:StatusMessage>",
            message.replace('<', "&lt;")
        );
        let error = format!("{}</samlp:Response>", head.replace("status:Success\"/>", &status));
        let refusal = answer(&error, &provider).unwrap_err();
        assert_eq!((refusal.code(), refusal.provider_error()), ("provider_error", number));
        assert!(!refusal.is_before_signature());
    }
    assert_eq!(code(&format!("{head}</samlp:Response>"), &provider), "assertion_missing");
}

#[test]
fn lower_case_in_the_codice_fiscale_is_the_same_person() {
    let provider = provider(&[provider_key()]);
    let lower = response().replace(&fiscal_number(), &fiscal_number().to_lowercase());
    let verified = answer(&sign_both(&lower, provider_key()), &provider).unwrap();
    assert_eq!(verified.identity.codice_fiscale.unwrap().as_str(), fiscal_number());
    let comment = sign_both(&response(), provider_key()).replace("TINIT-", "TINIT-<!---->");
    assert_eq!(super::open_response(&field(&comment)).unwrap_err().code(), "comment");
}
