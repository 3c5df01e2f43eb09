//! Measures what a validated answer costs beside the bare verification of the same document by xmlsec, and what a
//! refused one costs: `cargo run --release -p spid --example validate`.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement at a desk, with messages of its own"
)]

#[path = "../src/testing/keys.rs"]
#[expect(dead_code, reason = "shared with the tests")]
mod keys;
#[path = "../src/testing/messages.rs"]
#[expect(dead_code, reason = "shared with the tests")]
mod messages;
mod provider {
    pub(crate) use spid::Certificate;
}

use base64::{Engine, engine::general_purpose::STANDARD};
use domain::identity::{AssuranceLevel, IdentityScheme};
use messages::{ACS, ENTITY_ID, ISSUED_AT, NOW, PROVIDER, REQUEST, response};
use samael::crypto::{CertificateDer, Crypto, CryptoProvider};
use spid::{Expected, IdentityProvider, open_response, validate};
use std::{
    hint::black_box,
    time::{Duration, Instant},
};

/// How long each thing is measured, in turns.
const TURN: Duration = Duration::from_millis(300);
const TURNS: usize = 5;

/// Something to measure, with its name.
type Task<'a> = (&'static str, Box<dyn Fn() + 'a>);

fn main() {
    let provider = provider_with(keys::provider_key());
    let assertion = sign(&response(), "assertion");
    let both = sign(&assertion, "response");
    let assertion = assertion.replace("<!--response-->", "");
    for (name, xml) in [("assertion signed", &assertion), ("both signed", &both)] {
        measure(name, xml, &provider);
    }
}

/// Interleaves the bare verification, the whole validation and refusals, so that noise falls on all alike.
fn measure(name: &str, xml: &str, provider: &IdentityProvider) {
    let stranger = provider_with(keys::other_key());
    let mut rolling = provider_with(keys::other_key());
    rolling.signing_certificates.push(keys::provider_key().certificate.clone());
    let certificate = CertificateDer::from(keys::provider_key().certificate.der().to_vec());
    let field = STANDARD.encode(xml);
    // Bare verification looks at the first signature alone: the second one is that of the assertion by itself.
    let inner = xml
        .get(xml.find("<saml:Assertion").unwrap()..xml.find("</samlp:Response>").unwrap())
        .unwrap();
    let inner = inner.replacen(' ', " xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" ", 1);
    let is_both = xml.matches("<ds:Signature ").count() == 2;
    let tampered = STANDARD.encode(xml.replace(">Anna<", ">Lucia<"));
    let audience = STANDARD.encode(xml.replace("<saml:Audience>https", "<saml:Audience>http"));
    let comment = STANDARD.encode(xml.replace(">Anna<", ">An<!---->na<"));
    let wrapped =
        STANDARD.encode(xml.replace("</samlp:Response>", &format!("{inner}</samlp:Response>")));
    let bulk = STANDARD.encode(format!("<a>{}</a>", "<b c='d'></b>".repeat(999)));
    let large = STANDARD.encode(format!("<a b='{}'/>", "x".repeat(128 * 1024 - 16)));
    let long = STANDARD.encode(xml.replace(">Anna<", &format!(">{}<", "x".repeat(120 * 1024))));
    let raw = || {
        Crypto::verify_signed_xml(xml, &certificate, Some("ID")).unwrap();
        if is_both {
            Crypto::verify_signed_xml(&inner, &certificate, Some("ID")).unwrap();
        }
    };
    let accept = |by: &IdentityProvider| {
        validate(&open_response(&field).unwrap(), &expected(by)).unwrap();
    };
    let refuse = |field: &str, by: &IdentityProvider| {
        assert!(open_response(field).and_then(|opened| validate(&opened, &expected(by))).is_err());
    };
    let tasks: Vec<Task<'_>> = vec![
        ("xmlsec alone", Box::new(raw)),
        ("validated", Box::new(|| accept(provider))),
        ("validated, second of two keys", Box::new(|| accept(&rolling))),
        ("guard alone", Box::new(|| drop(black_box(open_response(&field).unwrap())))),
        ("refused: other key", Box::new(|| refuse(&field, &stranger))),
        ("refused: tampered", Box::new(|| refuse(&tampered, provider))),
        ("refused: audience", Box::new(|| refuse(&audience, provider))),
        ("refused: comment", Box::new(|| refuse(&comment, provider))),
        ("refused: two assertions", Box::new(|| refuse(&wrapped, provider))),
        ("refused: 1,000 elements", Box::new(|| refuse(&bulk, provider))),
        ("refused: 120 KiB text", Box::new(|| refuse(&long, provider))),
        ("refused: 128 KiB attribute", Box::new(|| refuse(&large, provider))),
    ];
    let mut best = vec![f64::MAX; tasks.len()];
    for _ in 0..TURNS {
        for ((_, task), best) in tasks.iter().zip(&mut best) {
            *best = best.min(microseconds(task.as_ref()));
        }
    }
    let (raw, accepted) = (best.first().copied().unwrap(), best.get(1).copied().unwrap());
    println!("{name}, {} bytes", xml.len());
    for ((task, _), cost) in tasks.iter().zip(&best) {
        println!(
            "  {task:30} {cost:8.1} µs {:8.0}/s  {:5.2} x xmlsec  {:5.2} x validated",
            1e6 / cost,
            cost / raw,
            cost / accepted
        );
    }
}

/// Mean time of one call over a turn.
fn microseconds(task: &dyn Fn()) -> f64 {
    let start = Instant::now();
    let mut calls = 0_u32;
    while start.elapsed() < TURN {
        task();
        calls += 1;
    }
    start.elapsed().as_secs_f64() * 1e6 / f64::from(calls)
}

fn expected(provider: &IdentityProvider) -> Expected<'_> {
    Expected {
        request_id: REQUEST,
        issued_at: ISSUED_AT.parse().unwrap(),
        now: NOW.parse().unwrap(),
        acs_url: ACS,
        entity_id: ENTITY_ID,
        provider,
        level: AssuranceLevel::L2,
    }
}

fn provider_with(key: &keys::Key) -> IdentityProvider {
    IdentityProvider {
        entity_id: PROVIDER.to_owned(),
        scheme: IdentityScheme::Spid,
        display_name: "Prova ID".to_owned(),
        sso_redirect: None,
        sso_post: None,
        slo_redirect: None,
        slo_post: None,
        slo_redirect_response: None,
        slo_post_response: None,
        signing_certificates: vec![key.certificate.clone()],
        logo: None,
        requires_signed_response: false,
    }
}

/// Signs at the place called `name` the element with the identifier `_name`.
fn sign(xml: &str, name: &str) -> String {
    use spid::names::{ENVELOPED, EXCLUSIVE_C14N, NS_DSIG, RSA_SHA256, SHA256};
    let template = format!(
        "<ds:Signature xmlns:ds=\"{NS_DSIG}\"><ds:SignedInfo>\
         <ds:CanonicalizationMethod Algorithm=\"{EXCLUSIVE_C14N}\"/><ds:SignatureMethod Algorithm=\"{RSA_SHA256}\"/>\
         <ds:Reference URI=\"#_{name}\"><ds:Transforms><ds:Transform Algorithm=\"{ENVELOPED}\"/>\
         <ds:Transform Algorithm=\"{EXCLUSIVE_C14N}\"/></ds:Transforms><ds:DigestMethod Algorithm=\"{SHA256}\"/>\
         <ds:DigestValue/></ds:Reference></ds:SignedInfo><ds:SignatureValue/>\
         <ds:KeyInfo><ds:X509Data><ds:X509Certificate>{}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>",
        STANDARD.encode(keys::provider_key().certificate.der())
    );
    let place = format!("<!--{name}-->");
    Crypto::sign_xml(xml.replace(&place, &template), &keys::provider_key().private_der).unwrap()
}
