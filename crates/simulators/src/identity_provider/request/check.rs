//! The checks of a strict provider, in the order of the official table as far as one check needs another.

use super::{Anomaly, AuthnRequest, instant::is_near};
use crate::identity_provider::{
    names,
    provider::Provider,
    service_provider::{AttributeSet, ServiceProvider},
};
use domain::identity::{AssuranceLevel, IdentityScheme};
use jiff::Timestamp;

/// What a right request asks for.
#[derive(Clone)]
pub(in crate::identity_provider) struct Checked {
    pub(in crate::identity_provider) acs: String,
    pub(in crate::identity_provider) attributes: AttributeSet,
    pub(in crate::identity_provider) level: AssuranceLevel,
}

/// Children that a request may have, in the order of the schema.
const CHILDREN: [&str; 7] = [
    "Issuer",
    "Signature",
    "Extensions",
    "Subject",
    "NameIDPolicy",
    "Conditions",
    "RequestedAuthnContext",
];

/// Checks a request whose signature is good.
pub(in crate::identity_provider) fn check(
    request: &AuthnRequest,
    provider: &Provider,
    sender: &ServiceProvider,
    now: Timestamp,
) -> Result<Checked, Anomaly> {
    check_shape(request)?;
    check_frame(request, provider, now)?;
    check_issuer(request, provider.scheme)?;
    let acs = consumer(request, sender)?;
    let attributes = attribute_set(request, sender)?;
    if request.name_id_format.as_deref() != Some(names::FORMAT_TRANSIENT) {
        return Err(Anomaly::new(17, "NameIDPolicy/@Format"));
    }
    let level = check_context(request, provider.scheme)?;
    let must_force = level > AssuranceLevel::L1 || provider.scheme == IdentityScheme::Cie;
    let forced = request.force_authn.as_deref();
    if must_force && forced != Some("true") {
        return Err(Anomaly::new(8, "ForceAuthn deve essere true"));
    }
    Ok(Checked { acs, attributes, level })
}

/// Children as the schema orders them, each at most once, and none that SPID leaves out.
fn check_shape(request: &AuthnRequest) -> Result<(), Anomaly> {
    let mut allowed = CHILDREN.iter();
    for child in &request.children {
        if !allowed.any(|name| name == child) {
            return Err(Anomaly::new(8, format!("elemento {child} inatteso")));
        }
    }
    Ok(())
}

fn check_frame(request: &AuthnRequest, provider: &Provider, now: Timestamp) -> Result<(), Anomaly> {
    if request.version.as_deref() != Some("2.0") {
        return Err(Anomaly::new(9, "Version"));
    }
    if !request.id.as_deref().is_some_and(is_name) {
        return Err(Anomaly::new(11, "ID"));
    }
    if !is_near(request.issue_instant.as_deref(), now) {
        return Err(Anomaly::new(13, "IssueInstant"));
    }
    let destination = request.destination.as_deref();
    let by_name =
        provider.scheme != IdentityScheme::Cie && destination == Some(provider.entity_id.as_str());
    if !by_name && destination != Some(provider.sso().as_str()) {
        return Err(Anomaly::new(14, "Destination"));
    }
    if request.is_passive.is_some() {
        return Err(Anomaly::new(15, "IsPassive"));
    }
    Ok(())
}

fn check_issuer(request: &AuthnRequest, scheme: IdentityScheme) -> Result<(), Anomaly> {
    let is_cie = scheme == IdentityScheme::Cie;
    let format = request.issuer_format.as_deref();
    let right_format = format == Some(names::FORMAT_ENTITY) || (is_cie && format.is_none());
    let has_qualifier = request.issuer_qualifier.as_deref().is_some_and(|it| !it.is_empty());
    if right_format && (is_cie || has_qualifier) {
        return Ok(());
    }
    Err(Anomaly::new(10, "Issuer/@Format o @NameQualifier"))
}

/// Where the answer goes: by index alone, or by address and binding together.
fn consumer(request: &AuthnRequest, sender: &ServiceProvider) -> Result<String, Anomaly> {
    let wrong = || Anomaly::new(16, "AssertionConsumerService");
    let (url, binding) = (request.acs_url.as_deref(), request.protocol_binding.as_deref());
    let found = match (request.acs_index.as_deref(), url, binding) {
        (Some(index), None, None) => sender.consumers.iter().find(|acs| acs.index == index),
        (None, Some(url), Some(names::BINDING_POST)) => {
            sender.consumers.iter().find(|acs| acs.location == url)
        }
        _ => None,
    };
    found.map(|acs| acs.location.clone()).ok_or_else(wrong)
}

fn attribute_set(
    request: &AuthnRequest,
    sender: &ServiceProvider,
) -> Result<AttributeSet, Anomaly> {
    let wanted = request.attribute_index.as_deref();
    let found = sender.attribute_sets.iter().find(|set| Some(set.index.as_str()) == wanted);
    found.cloned().ok_or_else(|| Anomaly::new(18, "AttributeConsumingServiceIndex"))
}

fn check_context(
    request: &AuthnRequest,
    scheme: IdentityScheme,
) -> Result<AssuranceLevel, Anomaly> {
    let level = request.level().ok_or_else(|| Anomaly::new(12, "AuthnContextClassRef"))?;
    let allowed: &[&str] = match (scheme, level) {
        (IdentityScheme::Cie, AssuranceLevel::L3) => &["exact", "minimum"],
        (IdentityScheme::Cie, _) => &["minimum"],
        _ => &["exact", "minimum", "better", "maximum"],
    };
    let comparison = request.comparison.as_deref().unwrap_or_default();
    if allowed.contains(&comparison) { Ok(level) } else { Err(Anomaly::new(12, "Comparison")) }
}

/// An XML name without colon, long enough for 128 random bits.
fn is_name(id: &str) -> bool {
    let starts = id.starts_with(|c: char| c == '_' || c.is_ascii_alphabetic());
    let rest = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    starts && id.chars().all(rest) && id.len() > 16
}
