//! Keys are refused for what is wrong with them; what is made here keeps the profile.

use super::{KeyError, SigningKey, certificate_request, new_key, new_private_key};
use crate::{
    CertificateSubject,
    certificate_profile::{
        POLICY_FULL_AGGREGATOR, POLICY_PUBLIC, check_certificate, subject_facts,
    },
    samples::{ENTITY_ID, aggregated, now, provider, subject},
};
use openssl::{
    asn1::Asn1Time,
    ec::{EcGroup, EcKey},
    hash::MessageDigest,
    nid::Nid,
    pkey::{PKey, Private},
    rsa::Rsa,
    symm::Cipher,
    x509::{X509, X509Req},
};

fn bare_certificate(key: &PKey<Private>) -> String {
    let mut builder = X509::builder().unwrap();
    builder.set_pubkey(key).unwrap();
    builder.set_not_before(&Asn1Time::from_unix(now().as_second()).unwrap()).unwrap();
    builder.set_not_after(&Asn1Time::from_unix(now().as_second() + 60).unwrap()).unwrap();
    builder.sign(key, MessageDigest::sha256()).unwrap();
    String::from_utf8(builder.build().to_pem().unwrap()).unwrap()
}

fn private_pem(key: &PKey<Private>) -> String {
    String::from_utf8(key.private_key_to_pem_pkcs8().unwrap()).unwrap()
}

#[test]
fn a_made_key_keeps_the_profile_and_reads_back() {
    let provider = provider();
    let new = new_key(&subject(&provider), now(), 365).unwrap();
    let key = SigningKey::from_pem(&new.private_key_pem, &new.certificate_pem).unwrap();
    assert_eq!(key.certificate(), &new.certificate);
    assert_eq!(check_certificate(key.certificate(), Some(POLICY_PUBLIC), now()), []);
    let facts = subject_facts(key.certificate());
    assert_eq!(facts.uri.as_deref(), Some(ENTITY_ID));
    assert_eq!(facts.organisation_name.as_deref(), Some("Comune di D'Àlfa & <Beta> \"x\""));
    assert_eq!(facts.common_name.as_deref(), Some("D'Àlfa & <Beta>"));
    assert_eq!(facts.organisation_identifier.as_deref(), Some("PA:IT-c_x999"));
    let end = now().as_second() + 365 * 86_400;
    assert_eq!(key.certificate().not_after().map(jiff::Timestamp::as_second), Some(end));
    assert!(key.private_key().unwrap().rsa().unwrap().size() == 3072 / 8);
}

#[test]
fn the_profile_notices_expiry_and_another_role() {
    let aggregated = aggregated();
    let new = new_key(&subject(&aggregated), now(), 1).unwrap();
    assert_eq!(check_certificate(&new.certificate, Some(POLICY_FULL_AGGREGATOR), now()), []);
    let identifier = subject_facts(&new.certificate).organisation_identifier;
    assert_eq!(identifier.as_deref(), Some("VATIT-01234567890"));
    let later = now() + jiff::SignedDuration::from_hours(25);
    let codes: Vec<_> = check_certificate(&new.certificate, Some(POLICY_PUBLIC), later)
        .into_iter()
        .map(|problem| problem.code)
        .collect();
    assert_eq!(codes, ["certificate_expired", "certificate_policy"]);
}

#[test]
fn a_bare_certificate_misses_everything() {
    let key = PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap();
    let certificate = X509::from_pem(bare_certificate(&key).as_bytes()).unwrap();
    let certificate = crate::Certificate::from_der(certificate.to_der().unwrap()).unwrap();
    let problems = check_certificate(&certificate, Some(POLICY_PUBLIC), now());
    let count = |code| problems.iter().filter(|problem| problem.code == code).count();
    assert_eq!(count("certificate_subject_missing"), 6);
    assert_eq!(count("certificate_policy"), 2);
    assert_eq!(count("certificate_basic_constraints"), 1);
    assert_eq!(count("certificate_key_usage"), 1);
}

#[test]
fn unsuitable_keys_are_refused() {
    let good = PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap();
    let other = PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap();
    let short = PKey::from_rsa(Rsa::generate(1024).unwrap()).unwrap();
    let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).unwrap();
    let curve = PKey::from_ec_key(EcKey::generate(&group).unwrap()).unwrap();
    let (pem, certificate) = (private_pem(&good), bare_certificate(&good));
    assert!(SigningKey::from_pem(&pem, &certificate).is_ok());
    let refusal =
        |pem: &str, certificate: &str| SigningKey::from_pem(pem, certificate).unwrap_err();
    assert!(matches!(refusal(&pem, &bare_certificate(&other)), KeyError::Mismatch));
    let short = refusal(&private_pem(&short), &bare_certificate(&short));
    assert!(matches!(short, KeyError::TooShort(1024)));
    let curve = refusal(&private_pem(&curve), &bare_certificate(&curve));
    assert!(matches!(curve, KeyError::NotRsa));
    assert!(matches!(refusal("", &certificate), KeyError::PrivateKey));
    assert!(matches!(refusal(&pem, ""), KeyError::Certificate));
    let locked = good.private_key_to_pem_pkcs8_passphrase(Cipher::aes_256_cbc(), b"x").unwrap();
    let locked = String::from_utf8(locked).unwrap();
    assert!(matches!(refusal(&locked, &certificate), KeyError::PrivateKey));
}

#[test]
fn impossible_subjects_are_refused() {
    let provider = provider();
    let good = subject(&provider);
    let long = "x".repeat(65);
    let refused = [
        (CertificateSubject { organisation_name: &long, ..good }, "organisation name"),
        (CertificateSubject { common_name: "", ..good }, "common name"),
        (CertificateSubject { country: "ITA", ..good }, "country"),
        (CertificateSubject { locality: "a\0b", ..good }, "locality"),
        (CertificateSubject { codice_ipa: "", ..good }, "organisation identifier"),
        (CertificateSubject { codice_ipa: "c x", ..good }, "organisation identifier"),
    ];
    for (subject, word) in refused {
        let error = new_key(&subject, now(), 1).unwrap_err();
        assert!(matches!(error, KeyError::Subject(field) if field == word), "{error}");
    }
    assert!(matches!(new_key(&good, now(), 0), Err(KeyError::Validity)));
}

#[test]
fn a_request_for_a_certificate_is_signed_and_names_the_aggregator() {
    let aggregated = aggregated();
    let key = new_private_key().unwrap();
    let pem = certificate_request(&subject(&aggregated), &key).unwrap();
    let request = X509Req::from_pem(pem.as_bytes()).unwrap();
    assert!(request.verify(&request.public_key().unwrap()).unwrap());
    assert_eq!(request.extensions().unwrap().len(), 3);
    assert!(certificate_request(&subject(&aggregated), "no key").is_err());
}

#[test]
fn debug_shows_no_key() {
    let provider = provider();
    let new = new_key(&subject(&provider), now(), 1).unwrap();
    let key = SigningKey::from_pem(&new.private_key_pem, &new.certificate_pem).unwrap();
    let fingerprint = key.certificate().fingerprint_sha256_hex();
    assert_eq!(
        format!("{key:?}"),
        format!("SigningKey {{ certificate: Certificate({fingerprint}), .. }}")
    );
    assert_eq!(
        format!("{new:?}"),
        format!("NewKey {{ certificate: Certificate({fingerprint}), .. }}")
    );
}
