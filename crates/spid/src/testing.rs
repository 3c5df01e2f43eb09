//! A provider for the tests: keys, answers and requests to sign out, and a signer.

mod keys;
mod messages;

pub(crate) use keys::{Key, other_key, provider_key, weak_key};
pub(crate) use messages::{
    ACS, ENTITY_ID, ISSUED_AT, LOGOUT, NOW, PROVIDER, REQUEST, fiscal_number, logout_request,
    response,
};

use crate::{
    names::{ENVELOPED, EXCLUSIVE_C14N, NS_DSIG, RSA_SHA256, SHA256},
    provider::IdentityProvider,
    response::Expected,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use domain::identity::{AssuranceLevel, IdentityScheme};
use samael::crypto::{Crypto, CryptoProvider};

/// The provider with these keys.
pub(crate) fn provider(keys: &[&Key]) -> IdentityProvider {
    IdentityProvider {
        entity_id: PROVIDER.into(),
        scheme: IdentityScheme::Spid,
        display_name: "Prova ID".into(),
        sso_redirect: None,
        sso_post: None,
        slo_redirect: None,
        slo_post: None,
        slo_redirect_response: None,
        slo_post_response: None,
        signing_certificates: keys.iter().map(|key| key.certificate.clone()).collect(),
        logo: None,
        requires_signed_response: false,
    }
}

/// What the answers of `messages` fit.
pub(crate) fn expected(provider: &IdentityProvider) -> Expected<'_> {
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

/// The form field with this document.
pub(crate) fn field(xml: &str) -> String {
    STANDARD.encode(xml)
}

/// A signature to be filled in, over the element with this identifier.
pub(crate) fn signature_template(id: &str) -> String {
    format!(
        "<ds:Signature xmlns:ds=\"{NS_DSIG}\"><ds:SignedInfo>\
         <ds:CanonicalizationMethod Algorithm=\"{EXCLUSIVE_C14N}\"/><ds:SignatureMethod Algorithm=\"{RSA_SHA256}\"/>\
         <ds:Reference URI=\"#{id}\"><ds:Transforms><ds:Transform Algorithm=\"{ENVELOPED}\"/>\
         <ds:Transform Algorithm=\"{EXCLUSIVE_C14N}\"/></ds:Transforms><ds:DigestMethod Algorithm=\"{SHA256}\"/>\
         <ds:DigestValue/></ds:Reference></ds:SignedInfo><ds:SignatureValue/>\
         <ds:KeyInfo><ds:X509Data><ds:X509Certificate/></ds:X509Data></ds:KeyInfo></ds:Signature>"
    )
}

/// Puts `template` where `<!--place-->` stands and fills the first signature of the document in.
pub(crate) fn sign_at(xml: &str, place: &str, template: &str, key: &Key) -> String {
    let place = format!("<!--{place}-->");
    assert!(xml.contains(&place), "no {place}");
    Crypto::sign_xml(xml.replace(&place, template), &key.private_der).unwrap()
}

/// Removes the places where nothing was signed.
pub(crate) fn without_places(xml: &str) -> String {
    xml.replace("<!--response-->", "").replace("<!--assertion-->", "").replace("<!--logout-->", "")
}

/// The document with the assertion signed.
pub(crate) fn sign_assertion(xml: &str, key: &Key) -> String {
    let places = sign_at(xml, "assertion", &signature_template("_assertion"), key);
    without_places(&places)
}

/// The document with the assertion signed and then the whole of it.
pub(crate) fn sign_both(xml: &str, key: &Key) -> String {
    let inner = sign_at(xml, "assertion", &signature_template("_assertion"), key);
    sign_at(&inner, "response", &signature_template("_response"), key)
}

/// The document with the response signed alone.
pub(crate) fn sign_response(xml: &str, key: &Key) -> String {
    without_places(&sign_at(xml, "response", &signature_template("_response"), key))
}
