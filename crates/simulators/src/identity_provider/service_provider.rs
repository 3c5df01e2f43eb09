//! A service provider as its own metadata, fetched over HTTP, describe it.

mod fetch;

pub(super) use fetch::fetch;

use super::{names, signer::verify_enveloped};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use roxmltree::{Document, Node};

/// What a provider needs to know about who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceProvider {
    /// entityID
    pub entity_id: String,
    /// `OrganizationDisplayName` in Italian, else the first.
    pub display_name: String,
    /// Certificates (DER) it signs with.
    pub certificates: Vec<Vec<u8>>,
    /// Its assertion consumers.
    pub consumers: Vec<Acs>,
    /// Its attribute sets.
    pub attribute_sets: Vec<AttributeSet>,
    /// Its logout services.
    pub logout_services: Vec<LogoutService>,
}

/// An `AssertionConsumerService`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acs {
    /// `index`
    pub index: String,
    /// `Location`
    pub location: String,
    /// `isDefault`
    pub is_default: bool,
}

/// An `AttributeConsumingService`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeSet {
    /// `index`
    pub index: String,
    /// `ServiceName`
    pub name: String,
    /// Names of the attributes, in order.
    pub attributes: Vec<String>,
}

/// A `SingleLogoutService`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogoutService {
    /// `Binding`
    pub binding: String,
    /// `Location`
    pub location: String,
    /// `ResponseLocation`, else `Location`.
    pub response_location: String,
}

/// Why metadata are not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MetadataError {
    /// Not well-formed, or another document.
    #[error("not the metadata of a service provider")]
    NotMetadata,
    /// It is another's.
    #[error("the metadata name another entityID")]
    OtherEntity,
    /// The signature, by one of the certificates inside, does not hold.
    #[error("the signature of the metadata: {0}")]
    Signature(#[from] super::signer::VerifyError),
}

impl ServiceProvider {
    /// Reads metadata and checks their signature with their own certificates, as whoever registers them does.
    ///
    /// # Errors
    /// When they are none, are another's, or are not signed.
    pub fn parse(xml: &str, entity_id: &str) -> Result<Self, MetadataError> {
        let document = Document::parse(xml).map_err(|_| MetadataError::NotMetadata)?;
        let root = document.root_element();
        let descriptor = child(root, "SPSSODescriptor").ok_or(MetadataError::NotMetadata)?;
        if root.attribute("entityID") != Some(entity_id) {
            return Err(MetadataError::OtherEntity);
        }
        let certificates = certificates(descriptor);
        verify_enveloped(xml, root.attribute("ID").unwrap_or_default(), &certificates)?;
        let elements =
            |name: &'static str| descriptor.children().filter(move |node| is_named(*node, name));
        Ok(Self {
            entity_id: entity_id.to_owned(),
            display_name: display_name(root).unwrap_or_else(|| entity_id.to_owned()),
            certificates,
            consumers: elements("AssertionConsumerService").filter_map(consumer).collect(),
            attribute_sets: elements("AttributeConsumingService").filter_map(set).collect(),
            logout_services: elements("SingleLogoutService").filter_map(logout).collect(),
        })
    }

    /// The consumer that answers go to when a request names none.
    pub fn default_consumer(&self) -> Option<&Acs> {
        self.consumers.iter().find(|acs| acs.is_default).or_else(|| self.consumers.first())
    }

    /// Its logout service of this binding.
    pub fn logout_service(&self, binding: &str) -> Option<&LogoutService> {
        self.logout_services.iter().find(|service| service.binding == binding)
    }
}

fn is_named(node: Node<'_, '_>, name: &str) -> bool {
    node.has_tag_name((names::NS_METADATA, name))
}

fn child<'a, 'input>(parent: Node<'a, 'input>, name: &str) -> Option<Node<'a, 'input>> {
    parent.children().find(|node| is_named(*node, name))
}

fn certificates(descriptor: Node<'_, '_>) -> Vec<Vec<u8>> {
    let for_signing = |node: &Node<'_, '_>| {
        is_named(*node, "KeyDescriptor") && node.attribute("use").is_none_or(|it| it == "signing")
    };
    descriptor
        .children()
        .filter(for_signing)
        .flat_map(|key| key.descendants())
        .filter(|node| node.has_tag_name((names::NS_DSIG, "X509Certificate")))
        .filter_map(|node| {
            let packed: String = node.text()?.split_ascii_whitespace().collect();
            STANDARD.decode(packed).ok()
        })
        .collect()
}

fn display_name(root: Node<'_, '_>) -> Option<String> {
    let organization = child(root, "Organization")?;
    let is_name = |node: &Node<'_, '_>| is_named(*node, "OrganizationDisplayName");
    let is_italian = |node: &Node<'_, '_>| {
        node.attribute(("http://www.w3.org/XML/1998/namespace", "lang")) == Some("it")
    };
    let names = || organization.children().filter(is_name);
    let name = names().find(is_italian).or_else(|| names().next())?;
    name.text().map(str::to_owned)
}

fn consumer(node: Node<'_, '_>) -> Option<Acs> {
    let is_post = node.attribute("Binding") == Some(names::BINDING_POST);
    is_post.then_some(())?;
    Some(Acs {
        index: node.attribute("index")?.to_owned(),
        location: node.attribute("Location")?.to_owned(),
        is_default: node.attribute("isDefault") == Some("true"),
    })
}

fn set(node: Node<'_, '_>) -> Option<AttributeSet> {
    let attributes = node.children().filter(|child| is_named(*child, "RequestedAttribute"));
    Some(AttributeSet {
        index: node.attribute("index")?.to_owned(),
        name: child(node, "ServiceName")?.text().unwrap_or_default().to_owned(),
        attributes: attributes.filter_map(|it| it.attribute("Name")).map(str::to_owned).collect(),
    })
}

fn logout(node: Node<'_, '_>) -> Option<LogoutService> {
    let location = node.attribute("Location")?;
    Some(LogoutService {
        binding: node.attribute("Binding")?.to_owned(),
        location: location.to_owned(),
        response_location: node.attribute("ResponseLocation").unwrap_or(location).to_owned(),
    })
}
