//! What the tests share: a service provider made by hand, a clock that stands, and the program xmlsec1.

use super::{
    names,
    provider::{Provider, kept_key},
    signer::{SignOptions, SigningKey, sign_enveloped},
};
use domain::{Clock, Entropy};
use jiff::Timestamp;
use std::{
    process::Command,
    sync::atomic::{AtomicU8, Ordering},
};

/// entityID of the service provider.
pub(super) const SENDER: &str = "https://comune.example/spid";
/// Where it takes answers.
pub(super) const ACS: &str = "http://comune.example/spid/acs";
/// Its logout services: by form, and by redirect.
pub(super) const LOGOUT: &str = "http://comune.example/spid/uscita";
/// Its moment.
pub(super) const INSTANT: &str = "2026-09-15T08:30:00.123Z";

pub(super) struct Standing;

impl Clock for Standing {
    fn now(&self) -> Timestamp {
        INSTANT.parse().unwrap()
    }
}

/// Each draw is another number.
#[derive(Default)]
pub(super) struct Counting(AtomicU8);

impl Entropy for Counting {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(self.0.fetch_add(1, Ordering::Relaxed));
    }
}

pub(super) fn key(name: &str) -> SigningKey {
    kept_key(name).unwrap()
}

/// The service provider's metadata, signed with this key; `binding` is that of its logout service.
pub(super) fn metadata(key: &SigningKey, binding: &str) -> String {
    let certificate = key.certificate_base64().unwrap();
    let attribute = |name: &&str| format!("<md:RequestedAttribute Name=\"{name}\"/>");
    let attributes = |names: &[&str]| names.iter().map(attribute).collect::<Vec<_>>().concat();
    let xml = format!(
        "<?xml version=\"1.0\"?>\n<md:EntityDescriptor xmlns:md=\"{md}\" xmlns:ds=\"{ds}\" ID=\"_sp\" \
         entityID=\"{SENDER}\">\n<md:SPSSODescriptor protocolSupportEnumeration=\"{samlp}\">\
         <md:KeyDescriptor use=\"signing\"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>{certificate}\
         </ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>\
         <md:SingleLogoutService Binding=\"{binding}\" Location=\"{LOGOUT}\" ResponseLocation=\"{LOGOUT}/fine\"/>\
         <md:AssertionConsumerService index=\"0\" isDefault=\"true\" Binding=\"{post}\" Location=\"{ACS}\"/>\
         <md:AttributeConsumingService index=\"0\"><md:ServiceName xml:lang=\"it\">Iscrizioni</md:ServiceName>{zero}\
         </md:AttributeConsumingService><md:AttributeConsumingService index=\"99\"><md:ServiceName xml:lang=\"it\">\
         eIDAS Natural Person Minimum Attribute Set</md:ServiceName>{eidas}</md:AttributeConsumingService>\
         </md:SPSSODescriptor><md:Organization>\
         <md:OrganizationDisplayName xml:lang=\"en\">Town of Alfa</md:OrganizationDisplayName>\
         <md:OrganizationDisplayName xml:lang=\"it\">Comune d'Alfa</md:OrganizationDisplayName>\
         </md:Organization></md:EntityDescriptor>",
        md = names::NS_METADATA,
        ds = names::NS_DSIG,
        samlp = names::NS_PROTOCOL,
        post = names::BINDING_POST,
        zero =
            attributes(&["spidCode", "fiscalNumber", "name", "familyName", "email", "dateOfBirth"]),
        eidas = attributes(&["spidCode", "name", "familyName", "dateOfBirth"]),
    );
    sign_enveloped(&xml, "_sp", key, &SignOptions::default()).unwrap()
}

/// A right request of level 2, not signed.
pub(super) fn request(provider: &Provider) -> String {
    format!(
        "<samlp:AuthnRequest xmlns:samlp=\"{samlp}\" xmlns:saml=\"{saml}\" ID=\"_0123456789abcdef0123456789abcdef\" \
         Version=\"2.0\" IssueInstant=\"{INSTANT}\" Destination=\"{destination}\" ForceAuthn=\"true\" \
         AssertionConsumerServiceIndex=\"0\" AttributeConsumingServiceIndex=\"0\">\
         <saml:Issuer Format=\"{entity}\" NameQualifier=\"{SENDER}\">{SENDER}</saml:Issuer>\
         <samlp:NameIDPolicy Format=\"{transient}\"/>\
         <samlp:RequestedAuthnContext Comparison=\"minimum\"><saml:AuthnContextClassRef>{class}2\
         </saml:AuthnContextClassRef></samlp:RequestedAuthnContext></samlp:AuthnRequest>",
        samlp = names::NS_PROTOCOL,
        saml = names::NS_ASSERTION,
        destination = provider.sso(),
        entity = names::FORMAT_ENTITY,
        transient = names::FORMAT_TRANSIENT,
        class = names::CLASS,
    )
}

/// What the program xmlsec1 says about the signature inside the element of this name.
pub(super) fn xmlsec1_verifies(xml: &str, element: &str, key: &SigningKey) -> bool {
    let dir = tempfile::tempdir().unwrap();
    let (document, certificate) = (dir.path().join("document.xml"), dir.path().join("key.pem"));
    std::fs::write(&document, xml).unwrap();
    std::fs::write(&certificate, key.certificate_pem().unwrap()).unwrap();
    let mut program = Command::new("xmlsec1");
    program.args(["--verify", "--enabled-reference-uris", "same-doc", "--pubkey-cert-pem"]);
    program.arg(certificate);
    let elements = [
        (names::NS_PROTOCOL, "Response"),
        (names::NS_PROTOCOL, "AuthnRequest"),
        (names::NS_ASSERTION, "Assertion"),
        (names::NS_METADATA, "EntityDescriptor"),
        (names::NS_METADATA, "EntitiesDescriptor"),
    ];
    for (namespace, name) in elements {
        program.args(["--id-attr:ID", &format!("{namespace}:{name}")]);
    }
    let path = format!("//*[local-name()='{element}']/*[local-name()='Signature']");
    program.args(["--node-xpath", &path]).arg(document);
    program.output().expect("the program xmlsec1 is needed").status.success()
}
