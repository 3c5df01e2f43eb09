//! A comune as the federations know it: settings and keys put together.

use super::Federation;
use domain::{Ctx, Locale};
use operations::{
    Failure, Platform,
    saml_keys::{KeyOwner, KeyPair, published},
};
use secrecy::ExposeSecret as _;
use spid::{Aggregator, Certificate, Mode, ServiceProvider, SigningKey};
use tenants::{KeysOf, SpidMode, Tenant};

/// Why a comune cannot speak to a federation.
#[derive(Debug, thiserror::Error)]
pub enum SetUpError {
    /// `[digital_identity]` is missing, or lacks what this federation needs.
    #[error("tenant.toml lacks what this federation needs in [digital_identity]")]
    Settings,
    /// The comune is aggregated, and nothing says by whom.
    #[error(
        "CAMPANELLA_AGGREGATOR_FILE is not set, and the comune is aggregated; tenants/README.md says what the file holds"
    )]
    Aggregator,
    /// There is no key to sign with.
    #[error(
        "there is no key to sign with; make one with `campanella spid keys new` (--tenant, or --operator where tenant.toml says keys = \"operator\")"
    )]
    NoKey,
    /// A stored key cannot be used.
    #[error("a stored key cannot be used")]
    Key,
    /// The database failed.
    #[error("the keys cannot be read")]
    Failure(#[source] Failure),
}

/// Whose keys sign for a comune.
pub fn key_owner(tenant: &Tenant) -> KeyOwner {
    match tenant.settings().digital_identity.as_ref().map(|identity| identity.keys) {
        Some(KeysOf::Operator) => KeyOwner::Operator,
        _ => KeyOwner::Tenant,
    }
}

/// The keys that metadata publish: the one that signs first.
pub(crate) async fn signing_keys(
    ctx: &Ctx,
    platform: &Platform,
    tenant: &Tenant,
) -> Result<Vec<SigningKey>, SetUpError> {
    let pairs = published(ctx, platform, key_owner(tenant)).await.map_err(SetUpError::Failure)?;
    let keys = pairs.iter().map(signing_key).collect::<Result<Vec<_>, _>>()?;
    if keys.is_empty() { Err(SetUpError::NoKey) } else { Ok(keys) }
}

fn signing_key(pair: &KeyPair) -> Result<SigningKey, SetUpError> {
    let private_key = pair.private_key.as_ref().ok_or(SetUpError::Key)?;
    let certificate = Certificate::from_der(pair.certificate.clone()).ok_or(SetUpError::Key)?;
    SigningKey::from_parts(private_key.expose_secret(), certificate).map_err(|_| SetUpError::Key)
}

/// What metadata say about a comune.
pub(crate) fn service_provider(
    tenant: &Tenant,
    federation: Federation,
    public_url: &str,
    aggregator: Option<&Aggregator>,
) -> Result<ServiceProvider, SetUpError> {
    let settings = tenant.settings();
    let identity = settings.digital_identity.as_ref().ok_or(SetUpError::Settings)?;
    let entity_id = federation.entity_id(tenant).ok_or(SetUpError::Settings)?;
    let codice_ipa = settings.identity.codice_ipa.clone().ok_or(SetUpError::Settings)?;
    let seat = identity.seat.as_ref().or(settings.identity.codice_catastale.as_ref());
    Ok(ServiceProvider {
        entity_id: entity_id.to_owned(),
        acs_url: federation.acs_url(tenant, public_url),
        slo_url: federation.slo_url(tenant, public_url),
        organisation_name: settings.identity.name.clone(),
        organisation_display_name: settings.identity.name.clone(),
        organisation_url: settings.contacts.website.clone(),
        locales: vec![Locale::It],
        codice_ipa,
        codice_catastale: seat.cloned(),
        province: Some(settings.identity.province.clone()),
        email: identity.email.clone(),
        telephone: identity.telephone.clone(),
        mode: mode(identity.mode, federation, aggregator)?,
        service_name: identity.service.get(Locale::It).to_owned(),
        eidas: settings.doors.eidas,
        technical_partner: None,
    })
}

/// CIE knows no aggregators.
pub(crate) fn mode(
    wanted: SpidMode,
    federation: Federation,
    aggregator: Option<&Aggregator>,
) -> Result<Mode, SetUpError> {
    if wanted == SpidMode::Public || federation == Federation::Cie {
        return Ok(Mode::Public);
    }
    aggregator.cloned().map(Mode::PublicFullAggregator).ok_or(SetUpError::Aggregator)
}
