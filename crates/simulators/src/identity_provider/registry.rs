//! The registry of the federation: one signed document with everybody's metadata.

use super::{
    metadata, names,
    provider::Provider,
    signer::{SignError, SignOptions, SigningKey, Target, sign_target},
};

/// The signed `EntitiesDescriptor` of these providers and of descriptors made elsewhere (XML texts, of a conformance tool
/// for instance).
///
/// # Errors
/// When a foreign text is not well-formed, or a key cannot sign.
pub fn aggregate(
    providers: &[&Provider],
    foreign: &[String],
    id: &str,
    key: &SigningKey,
) -> Result<String, SignError> {
    let own = providers.iter().map(|provider| metadata::signed_entity(provider));
    let foreign = foreign.iter().map(|xml| root_element(xml));
    let entities: Vec<String> = own.chain(foreign).collect::<Result<_, _>>()?;
    let document = format!(
        "<md:EntitiesDescriptor xmlns:md=\"{}\" ID=\"{}\" Name=\"Registro di prova\">{}</md:EntitiesDescriptor>",
        names::NS_METADATA,
        super::value::escape(id),
        entities.concat()
    );
    sign_target(&document, Target::Root, key, &SignOptions::default())
}

/// The root element without what stands before and after it.
fn root_element(xml: &str) -> Result<String, SignError> {
    let document = roxmltree::Document::parse(xml)?;
    let root = xml.get(document.root_element().range()).ok_or(SignError::NoSuchElement)?;
    Ok(root.to_owned())
}
