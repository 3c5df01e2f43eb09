//! One identity provider's entry.

use super::guard;
use crate::{
    Certificate, IdentityProvider,
    keys::SHORTEST_KEY_BITS,
    names::{BINDING_POST, BINDING_REDIRECT, NS_DSIG, NS_METADATA, NS_PROTOCOL, NS_XML},
};
use domain::identity::IdentityScheme;
use jiff::Timestamp;
use openssl::x509::X509;
use roxmltree::Node;
use url::{Host, Url};

/// The provider, or the word for why it is left out.
pub(super) fn read(
    entity: Node<'_, '_>,
    scheme: IdentityScheme,
    now: Timestamp,
    allow_loopback: bool,
) -> Result<IdentityProvider, &'static str> {
    let ends = guard::valid_until(entity).map_err(|_| "malformed_validity")?;
    if ends.is_some_and(|end| end <= now) {
        return Err("expired");
    }
    let role = children(entity, "IDPSSODescriptor").find(speaks_saml2).ok_or("no_provider_role")?;
    let signing_certificates = signing_certificates(role);
    if signing_certificates.is_empty() {
        return Err("no_signing_key");
    }
    let endpoints = |service, binding| Endpoint::find(role, service, binding, allow_loopback);
    let login_redirect = endpoints("SingleSignOnService", BINDING_REDIRECT);
    let login_post = endpoints("SingleSignOnService", BINDING_POST);
    if login_redirect.location.is_none() && login_post.location.is_none() {
        return Err("no_sso_location");
    }
    let logout_redirect = endpoints("SingleLogoutService", BINDING_REDIRECT);
    let logout_post = endpoints("SingleLogoutService", BINDING_POST);
    let entity_id = entity.attribute("entityID").unwrap_or_default().trim().to_owned();
    Ok(IdentityProvider {
        display_name: display_name(entity, &entity_id),
        entity_id,
        scheme,
        sso_redirect: login_redirect.location,
        sso_post: login_post.location,
        slo_redirect: logout_redirect.location,
        slo_post: logout_post.location,
        slo_redirect_response: logout_redirect.response_location,
        slo_post_response: logout_post.response_location,
        signing_certificates,
        logo: None,
        requires_signed_response: false,
    })
}

fn speaks_saml2(role: &Node<'_, '_>) -> bool {
    let protocols = role.attribute("protocolSupportEnumeration").unwrap_or_default();
    protocols.split_ascii_whitespace().any(|protocol| protocol == NS_PROTOCOL)
}

/// A key without a stated use counts for both uses. What is no RSA certificate of today's length is not used.
fn signing_certificates(role: Node<'_, '_>) -> Vec<Certificate> {
    let mut certificates: Vec<Certificate> = Vec::new();
    for key in children(role, "KeyDescriptor") {
        if !matches!(key.attribute("use"), None | Some("signing")) {
            continue;
        }
        let elements =
            key.descendants().filter(|node| node.has_tag_name((NS_DSIG, "X509Certificate")));
        for certificate in elements.filter_map(|node| Certificate::from_base64(&text(node))) {
            if is_strong(&certificate) && !certificates.contains(&certificate) {
                certificates.push(certificate);
            }
        }
    }
    certificates
}

fn is_strong(certificate: &Certificate) -> bool {
    let rsa = X509::from_der(certificate.der())
        .and_then(|certificate| certificate.public_key())
        .and_then(|key| key.rsa());
    rsa.is_ok_and(|rsa| {
        u32::try_from(rsa.n().num_bits()).is_ok_and(|bits| bits >= SHORTEST_KEY_BITS)
    })
}

#[derive(Default)]
struct Endpoint {
    location: Option<String>,
    response_location: Option<String>,
}

impl Endpoint {
    fn find(
        role: Node<'_, '_>,
        service: &'static str,
        binding: &str,
        allow_loopback: bool,
    ) -> Self {
        let usable = |node: Node<'_, '_>, attribute: &str| {
            let address = node.attribute(attribute)?.trim();
            is_usable(address, allow_loopback).then(|| address.to_owned())
        };
        let services =
            children(role, service).filter(|node| node.attribute("Binding") == Some(binding));
        services
            .filter(|node| usable(*node, "Location").is_some())
            .map(|node| Self {
                location: usable(node, "Location"),
                response_location: usable(node, "ResponseLocation"),
            })
            .next()
            .unwrap_or_default()
    }
}

/// Absolute https without user or fragment; http on this machine alone, and only in trials.
fn is_usable(address: &str, allow_loopback: bool) -> bool {
    let Ok(url) = Url::parse(address) else {
        return false;
    };
    let loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        _ => false,
    };
    let scheme = url.scheme() == "https" || url.scheme() == "http" && loopback && allow_loopback;
    scheme && url.host().is_some() && url.username().is_empty() && url.fragment().is_none()
}

/// The name shown in Italian, else in any language, else the official one, else the host of the entityID.
fn display_name(entity: Node<'_, '_>, entity_id: &str) -> String {
    let named = |name: &'static str| {
        let organisation = children(entity, "Organization").next()?;
        // One provider of the national registry gives its address as the name shown: that is no name.
        let is_name = |name: &str| !name.trim().is_empty() && !name.contains("://");
        let names = || children(organisation, name).filter(|node| is_name(&text(*node)));
        let italian = |node: &Node<'_, '_>| node.attribute((NS_XML, "lang")) == Some("it");
        let node = names().find(italian).or_else(|| names().next())?;
        Some(text(node).split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let host = || Url::parse(entity_id).ok()?.host_str().map(str::to_owned);
    named("OrganizationDisplayName")
        .or_else(|| named("OrganizationName"))
        .or_else(host)
        .unwrap_or_else(|| entity_id.to_owned())
}

fn children<'a, 'input: 'a>(
    node: Node<'a, 'input>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children().filter(move |child| child.has_tag_name((NS_METADATA, name)))
}

/// All text below, as the signature sees it: a comment in between cuts nothing off.
fn text(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect()
}
