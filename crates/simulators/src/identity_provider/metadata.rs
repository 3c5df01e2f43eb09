//! A provider's own metadata.

use super::{
    names,
    provider::Provider,
    signer::{SignError, SignOptions, Target, sign_target},
    value::escape,
};
use domain::identity::IdentityScheme;
use std::fmt::Write as _;

/// The provider's `EntityDescriptor`, not signed.
///
/// # Errors
/// When a certificate cannot be written.
pub fn entity(provider: &Provider) -> Result<String, SignError> {
    let mut keys = String::new();
    for key in &provider.keys {
        let certificate = key.certificate_base64()?;
        let _ = write!(
            keys,
            "<md:KeyDescriptor use=\"signing\"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>{certificate}\
             </ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"
        );
    }
    let service = |element: &str, address: &str| {
        [names::BINDING_REDIRECT, names::BINDING_POST].map(|binding| {
            format!("<md:{element} Binding=\"{binding}\" Location=\"{}\"/>", escape(address))
        })
    };
    let name = escape(&provider.display_name);
    let address = escape(&provider.address);
    Ok(format!(
        "<md:EntityDescriptor xmlns:md=\"{md}\" xmlns:ds=\"{ds}\" ID=\"{id}\" entityID=\"{entity_id}\">\
         <md:IDPSSODescriptor protocolSupportEnumeration=\"{protocol}\" WantAuthnRequestsSigned=\"true\">\
         {keys}{slo}<md:NameIDFormat>{transient}</md:NameIDFormat>{sso}{attributes}</md:IDPSSODescriptor>\
         <md:Organization><md:OrganizationName xml:lang=\"it\">{name}</md:OrganizationName>\
         <md:OrganizationDisplayName xml:lang=\"it\">{name}</md:OrganizationDisplayName>\
         <md:OrganizationURL xml:lang=\"it\">{address}</md:OrganizationURL></md:Organization></md:EntityDescriptor>",
        md = names::NS_METADATA,
        ds = names::NS_DSIG,
        id = id(provider),
        entity_id = escape(&provider.entity_id),
        protocol = names::NS_PROTOCOL,
        transient = names::FORMAT_TRANSIENT,
        slo = service("SingleLogoutService", &provider.slo()).concat(),
        sso = service("SingleSignOnService", &provider.sso()).concat(),
        attributes = offered(provider.scheme),
    ))
}

/// The provider's `EntityDescriptor`, signed by itself.
///
/// # Errors
/// When the provider has no key.
pub fn signed_entity(provider: &Provider) -> Result<String, SignError> {
    let key = provider.key().ok_or(SignError::NoSuchElement)?;
    sign_target(&entity(provider)?, Target::Root, key, &SignOptions::default())
}

/// ID of the descriptor: the slug is unique within a registry.
fn id(provider: &Provider) -> String {
    format!("_metadata-{}", escape(&provider.slug))
}

/// The attributes that the provider can assert.
fn offered(scheme: IdentityScheme) -> String {
    let offered: &[&str] = match scheme {
        IdentityScheme::Spid => &[
            "spidCode",
            "name",
            "familyName",
            "fiscalNumber",
            "dateOfBirth",
            "placeOfBirth",
            "countyOfBirth",
            "gender",
            "email",
            "mobilePhone",
            "digitalAddress",
        ],
        IdentityScheme::Cie => &["name", "familyName", "dateOfBirth", "fiscalNumber"],
        IdentityScheme::Eidas => {
            &["spidCode", "name", "familyName", "dateOfBirth", "placeOfBirth", "address", "gender"]
        }
    };
    let attribute = |name: &&str| {
        format!(
            "<saml:Attribute xmlns:saml=\"{}\" Name=\"{name}\" NameFormat=\"{}\"/>",
            names::NS_ASSERTION,
            names::ATTRIBUTE_BASIC
        )
    };
    offered.iter().map(attribute).collect()
}
