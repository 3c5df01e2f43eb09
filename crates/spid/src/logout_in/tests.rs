//! Requests to sign out, by form and by redirect.

use super::{
    LogoutExpected, LogoutRequest, issuer_of_logout_post, issuer_of_logout_redirect,
    open_logout_post, open_logout_redirect,
};
use crate::{
    names::{RSA_SHA256, RSA_SHA512},
    refusal::Refusal,
    testing::{
        LOGOUT, NOW, PROVIDER, field, logout_request, other_key, provider, provider_key, sign_at,
        signature_template, without_places,
    },
};
use base64::{Engine, engine::general_purpose::STANDARD};
use flate2::{Compression, write::DeflateEncoder};
use openssl::{hash::MessageDigest, sign::Signer};
use std::io::Write;

fn expected() -> LogoutExpected<'static> {
    LogoutExpected { destination: LOGOUT, now: NOW.parse().unwrap() }
}

fn post(xml: &str) -> Result<LogoutRequest, Refusal> {
    open_logout_post(&field(xml), &provider(&[provider_key()]), &expected())
}

fn signed(xml: &str) -> String {
    sign_at(xml, "logout", &signature_template("_logout"), provider_key())
}

fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// A redirect's query with a RelayState, signed.
fn query(xml: &str, algorithm: &str, digest: MessageDigest) -> String {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(without_places(xml).as_bytes()).unwrap();
    let request = encoded(&STANDARD.encode(encoder.finish().unwrap()));
    let plain = format!("SAMLRequest={request}&RelayState=a%2Fb&SigAlg={}", encoded(algorithm));
    let mut signer = Signer::new(digest, &provider_key().private).unwrap();
    let signature = STANDARD.encode(signer.sign_oneshot_to_vec(plain.as_bytes()).unwrap());
    format!("{plain}&Signature={}", encoded(&signature))
}

fn redirect(query: &str) -> Result<LogoutRequest, Refusal> {
    open_logout_redirect(query, &provider(&[provider_key()]), &expected())
}

#[test]
fn a_request_by_form_is_verified_and_read() {
    let xml = signed(&logout_request());
    assert_eq!(issuer_of_logout_post(&field(&xml)).unwrap(), PROVIDER);
    let request = post(&xml).unwrap();
    assert_eq!((request.id.as_str(), request.issuer.as_str()), ("_logout", PROVIDER));
    assert_eq!(
        (request.name_id.as_str(), request.session_index.as_deref()),
        ("_transient", Some("_session"))
    );
    assert_eq!(request.issue_instant.to_string(), "2026-09-15T08:00:00Z");
    assert!(!format!("{request:?}").contains("_transient"));
    let several = logout_request().replace(
        "</samlp:SessionIndex>",
        "</samlp:SessionIndex><samlp:SessionIndex>b</samlp:SessionIndex>",
    );
    assert_eq!(post(&signed(&several)).unwrap().session_index, None);
}

#[test]
fn every_wrong_part_of_a_request_is_refused() {
    for (from, to, refusal) in [
        ("Version=\"2.0\"", "Version=\"1.1\"", "response_version"),
        (" Destination=\"https://comune.prova.example/spid/uscita\"", "", "destination_missing"),
        ("Destination=\"https://comune.", "Destination=\"https://altro.", "destination_mismatch"),
        ("2026-09-15T08:00:00Z", "2026-09-15T08:02:01Z", "response_in_future"),
        ("2026-09-15T08:00:00Z", "2026-09-15T07:54:59Z", "logout_too_old"),
        ("Version=", "NotOnOrAfter=\"2026-09-15T07:59:00Z\" Version=", "logout_too_old"),
        ("2026-09-15T08:00:00Z", "", "response_issue_instant_missing"),
        (">https://idp.prova.example<", ">https://idp.altro.example<", "response_issuer_mismatch"),
        ("_transient", "", "name_id_missing"),
        ("saml:NameID", "saml:EncryptedID", "encrypted"),
        ("samlp:LogoutRequest", "samlp:LogoutResponse", "root"),
    ] {
        let changed = logout_request().replace(from, to);
        assert_eq!(post(&signed(&changed)).unwrap_err().code(), refusal, "{from} {to}");
        let query = query(&changed, RSA_SHA256, MessageDigest::sha256());
        assert_eq!(redirect(&query).unwrap_err().code(), refusal, "{from} {to}");
    }
    assert_eq!(post(&without_places(&logout_request())).unwrap_err().code(), "logout_unsigned");
    let forged = signed(&logout_request()).replace("_transient<", "_another<");
    assert_eq!(post(&forged).unwrap_err().code(), "signature_invalid");
    let foreign = open_logout_post(
        &field(&signed(&logout_request())),
        &provider(&[other_key()]),
        &expected(),
    );
    assert_eq!(foreign.unwrap_err().code(), "signature_invalid");
}

#[test]
fn a_request_by_redirect_is_verified_over_the_query_as_received() {
    for (algorithm, digest) in
        [(RSA_SHA256, MessageDigest::sha256()), (RSA_SHA512, MessageDigest::sha512())]
    {
        let query = query(&logout_request(), algorithm, digest);
        assert_eq!(issuer_of_logout_redirect(&query).unwrap(), PROVIDER);
        assert_eq!(redirect(&query).unwrap().name_id, "_transient");
        // Lower-case escapes say the same and are signed as they are.
        let other_case = query.replace("%2F", "%2f");
        assert_eq!(redirect(&other_case).unwrap_err().code(), "signature_invalid");
    }
}

#[test]
fn queries_that_could_be_read_in_two_ways_are_refused() {
    let good = query(&logout_request(), RSA_SHA256, MessageDigest::sha256());
    let (unsigned, signature) = good.split_once("&Signature=").unwrap();
    for (query, refusal) in [
        (format!("{good}&SAMLRequest=x"), "query_malformed"),
        (format!("{good}&SAMLReques%74=x"), "query_malformed"),
        (format!("{good}&RelayState=x"), "query_malformed"),
        (good.replace("SAMLRequest", "SAMLResponse"), "query_malformed"),
        (good.replace("RelayState=a%2Fb", "RelayState=c"), "signature_invalid"),
        (good.replace("RelayState=a%2Fb&", ""), "signature_invalid"),
        (unsigned.to_owned(), "logout_unsigned"),
        (format!("{unsigned}&Signature=%zz"), "query_malformed"),
        (
            format!(
                "{unsigned}&Signature={}",
                signature.replacen(|c: char| c.is_ascii_lowercase(), "A", 1)
            ),
            "signature_invalid",
        ),
        (good.replace("more%23rsa-sha256", "more%23hmac-sha256"), "signature_algorithm"),
        (
            query(&signed(&logout_request()), RSA_SHA256, MessageDigest::sha256()),
            "signature_misplaced",
        ),
    ] {
        assert_eq!(redirect(&query).unwrap_err().code(), refusal, "{}", &query[query.len() - 40..]);
    }
    assert_eq!(
        open_logout_redirect(&good, &provider(&[]), &expected()).unwrap_err().code(),
        "provider_without_key"
    );
}
