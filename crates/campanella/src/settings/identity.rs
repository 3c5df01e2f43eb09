//! Settings of digital identity: where providers' metadata come from, who aggregates, which images the operator has.

use super::{Settings, variables as v};
use anyhow::{Context as _, Result, bail};
use domain::identity::IdentityScheme;
use serde::Deserialize;
use spid::{Aggregator, Certificate, Sources};
use std::path::Path;
use worker::ProviderSources;

/// `CAMPANELLA_AGGREGATOR_FILE`: the operator as SPID knows it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AggregatorFile {
    entity_id: String,
    host: String,
    name: String,
    locality: String,
    codice_ipa: Option<String>,
    vat: Option<String>,
    fiscal_code: Option<String>,
    email: String,
    telephone: Option<String>,
}

/// The operator as aggregator.
#[derive(Clone, Debug)]
pub(crate) struct Operator {
    /// What metadata of aggregated comuni say about it.
    pub(crate) aggregator: Aggregator,
    /// Its own identifier, in its certificate.
    pub(crate) entity_id: String,
    /// Its seat, in its certificate.
    pub(crate) locality: String,
}

impl Settings {
    /// Where identity providers' metadata come from.
    pub(crate) fn provider_sources(&self) -> Result<ProviderSources> {
        let allow_loopback = self.is_local();
        let mut addresses = Vec::new();
        for (scheme, address, variable) in [
            (IdentityScheme::Spid, &self.spid_registry_url, v::SPID_REGISTRY_URL),
            (IdentityScheme::Cie, &self.cie_metadata_url, v::CIE_METADATA_URL),
            (IdentityScheme::Eidas, &self.eidas_metadata_url, v::EIDAS_METADATA_URL),
        ] {
            let Some(address) = address else { continue };
            // What stands in for the providers in a trial must not reach a portal that others use.
            if address.starts_with("http://") && !allow_loopback {
                bail!(
                    "{}: plain http is for trials on this machine; CAMPANELLA_PUBLIC_URL is elsewhere",
                    variable.full_name()
                );
            }
            addresses.push((scheme, address.clone()));
        }
        Ok(ProviderSources { trust: self.provider_trust()?, addresses })
    }

    /// Why those metadata are believed.
    pub(crate) fn provider_trust(&self) -> Result<Sources> {
        let spid = certificates(self.spid_registry_certificate.as_deref())?;
        if self.spid_registry_url.is_some() && spid.is_empty() {
            bail!(
                "{} is not set; without it nothing that {} says is believed",
                v::SPID_REGISTRY_CERTIFICATE.full_name(),
                v::SPID_REGISTRY_URL.full_name()
            );
        }
        let eidas = certificates(self.eidas_certificate.as_deref())?;
        let signed_responses = self.signed_responses.iter().cloned().collect();
        let allow_loopback = self.is_local();
        Ok(Sources { spid, cie: Vec::new(), eidas, signed_responses, allow_loopback })
    }

    /// The operator as aggregator, where it is one.
    pub(crate) fn operator(&self) -> Result<Option<Operator>> {
        let Some(path) = &self.aggregator_file else { return Ok(None) };
        let variable = v::AGGREGATOR_FILE.full_name();
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("{variable}: {}", path.display()))?;
        let file: AggregatorFile =
            toml::from_str(&text).with_context(|| format!("{variable}: {}", path.display()))?;
        if !spid::is_entity_id(&file.entity_id) {
            bail!(
                "{variable}: entity_id is an address like \"https://aggregatore.example.it\": https, no port, no query"
            );
        }
        if file.locality.trim().is_empty() {
            bail!("{variable}: locality is needed: the municipality of the seat");
        }
        let aggregator = Aggregator {
            entity_id_host: file.host,
            name: file.name,
            codice_ipa: file.codice_ipa,
            vat: file.vat,
            fiscal_code: file.fiscal_code,
            email: file.email,
            telephone: file.telephone,
        };
        aggregator
            .check()
            .with_context(|| format!("{variable}: {}; see tenants/README.md", path.display()))?;
        Ok(Some(Operator { aggregator, entity_id: file.entity_id, locality: file.locality }))
    }

    /// The federations' brand images. Without them the doors show names: a mistake here must not stop a start.
    pub(crate) fn logos(&self) -> web::auth::Logos {
        let Some(folder) = &self.identity_logos else { return web::auth::Logos::default() };
        web::auth::Logos::read(folder).unwrap_or_else(|error| {
            tracing::error!(%error, "{} cannot be used", v::IDENTITY_LOGOS.full_name());
            web::auth::Logos::default()
        })
    }

    /// Whether the platform is reached on this machine only.
    fn is_local(&self) -> bool {
        let host = self.shared_host().unwrap_or_default();
        matches!(host.as_str(), "localhost" | "127.0.0.1") || host.ends_with(".localhost")
    }
}

/// Every certificate of a PEM file.
fn certificates(path: Option<&Path>) -> Result<Vec<Certificate>> {
    let Some(path) = path else { return Ok(Vec::new()) };
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let found = Certificate::list_from_pem(&text);
    if found.is_empty() {
        bail!("{}: no certificate in it", path.display());
    }
    Ok(found)
}
