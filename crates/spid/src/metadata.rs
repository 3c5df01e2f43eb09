//! The metadata of a service provider: SPID by itself, SPID under an aggregator, CIE.

mod attribute_sets;
mod cie;
mod contacts;
mod organisation;
mod service_provider;

use crate::{
    SigningKey,
    names::{
        BINDING_POST, BINDING_REDIRECT, FORMAT_TRANSIENT, NS_CIE, NS_DSIG, NS_METADATA,
        NS_PROTOCOL, NS_SPID,
    },
    sign::{self, SignError},
    xml::{ForbiddenCharacter, XmlWriter},
};

pub use attribute_sets::{AttributeSet, CIE_ATTRIBUTES};
pub use service_provider::{Aggregator, Mode, ServiceProvider, TechnicalPartner, is_entity_id};
pub(crate) use service_provider::{is_institutional_email, is_web_address};

/// Why metadata cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum MetadataError {
    /// Nothing to sign with.
    #[error("there is no signing key")]
    NoKey,
    /// A field that the rules demand is empty or malformed; the word is the field's name.
    #[error("the service provider's {0} is missing or malformed")]
    Field(&'static str),
    /// A text that XML cannot carry.
    #[error(transparent)]
    Text(#[from] ForbiddenCharacter),
    /// The signature failed.
    #[error(transparent)]
    Sign(#[from] SignError),
}

/// Signed SPID metadata. The first key signs; all are published, so that providers accept both while keys are exchanged.
/// `document_id` becomes the root's ID: an XML name.
pub fn spid_metadata(
    provider: &ServiceProvider,
    keys: &[SigningKey],
    document_id: &str,
) -> Result<String, MetadataError> {
    provider.check()?;
    render(provider, keys, document_id, &Federation::Spid)
}

/// Signed CIE metadata, after the same rules; `codice_catastale` is mandatory here.
pub fn cie_metadata(
    provider: &ServiceProvider,
    keys: &[SigningKey],
    document_id: &str,
) -> Result<String, MetadataError> {
    provider.check()?;
    cie::check(provider)?;
    render(provider, keys, document_id, &Federation::Cie)
}

enum Federation {
    Spid,
    Cie,
}

/// The order of the elements is that of the schema.
fn render(
    provider: &ServiceProvider,
    keys: &[SigningKey],
    document_id: &str,
    federation: &Federation,
) -> Result<String, MetadataError> {
    let signer = keys.first().ok_or(MetadataError::NoKey)?;
    if !sign::is_xml_id(document_id) {
        return Err(MetadataError::Field("document id"));
    }
    let extensions = match federation {
        Federation::Spid => ("xmlns:spid", NS_SPID),
        Federation::Cie => ("xmlns:cie", NS_CIE),
    };
    let attributes = [
        ("xmlns:md", NS_METADATA),
        ("xmlns:ds", NS_DSIG),
        extensions,
        ("ID", document_id),
        ("entityID", &provider.entity_id),
    ];
    let mut writer = XmlWriter::default();
    writer.element("md:EntityDescriptor", &attributes, |writer| {
        sign::template(writer, document_id, signer);
        descriptor(writer, provider, keys, federation);
        organisation::write(writer, provider);
        match federation {
            Federation::Spid => contacts::write(writer, provider),
            Federation::Cie => cie::contacts(writer, provider),
        }
    });
    Ok(sign::sign(&writer.finish()?, signer)?)
}

fn descriptor(
    writer: &mut XmlWriter,
    provider: &ServiceProvider,
    keys: &[SigningKey],
    federation: &Federation,
) {
    let attributes = [
        ("protocolSupportEnumeration", NS_PROTOCOL),
        ("AuthnRequestsSigned", "true"),
        ("WantAssertionsSigned", "true"),
    ];
    writer.element("md:SPSSODescriptor", &attributes, |writer| {
        for key in keys {
            writer.element("md:KeyDescriptor", &[("use", "signing")], |writer| {
                sign::key_info(writer, key.certificate());
            });
        }
        for binding in [BINDING_POST, BINDING_REDIRECT] {
            let attributes = [("Binding", binding), ("Location", &provider.slo_url)];
            writer.empty("md:SingleLogoutService", &attributes);
        }
        writer.leaf("md:NameIDFormat", &[], FORMAT_TRANSIENT);
        let attributes = [
            ("Binding", BINDING_POST),
            ("Location", provider.acs_url.as_str()),
            ("index", "0"),
            ("isDefault", "true"),
        ];
        writer.empty("md:AssertionConsumerService", &attributes);
        match federation {
            Federation::Spid => attribute_sets::write_spid(writer, provider),
            Federation::Cie => attribute_sets::write_cie(writer, provider),
        }
    });
}

#[cfg(test)]
mod tests;
