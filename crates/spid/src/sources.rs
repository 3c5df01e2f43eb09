//! Where identity providers' metadata come from, and why each source is believed.

use crate::{
    Certificate,
    registry::{Registry, RegistryError, RegistryTrust, read_registry},
};
use domain::identity::IdentityScheme;
use jiff::Timestamp;
use std::collections::HashSet;

/// What makes each source believable.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// Certificates that sign the SPID registry; without one nothing of it is believed.
    pub spid: Vec<Certificate>,
    /// Certificates that sign CIE's metadata; the ministry's are not signed, then TLS must do.
    pub cie: Vec<Certificate>,
    /// Certificates that sign the eIDAS node's metadata; without one TLS must do.
    pub eidas: Vec<Certificate>,
    /// EntityIDs of providers that sign their whole answer: one that is signed in part is refused.
    pub signed_responses: HashSet<String>,
    /// Providers on this machine, over plain HTTP, are taken: for trials, never in production.
    pub allow_loopback: bool,
}

impl Sources {
    /// Reads what a source says, as of that instant.
    pub fn read(
        &self,
        scheme: IdentityScheme,
        xml: &str,
        as_of: Timestamp,
    ) -> Result<Registry, RegistryError> {
        let pinned = match scheme {
            IdentityScheme::Spid => &self.spid,
            IdentityScheme::Cie => &self.cie,
            IdentityScheme::Eidas => &self.eidas,
        };
        let unsigned = scheme != IdentityScheme::Spid && pinned.is_empty();
        let trust = if unsigned { RegistryTrust::Transport } else { RegistryTrust::Pinned(pinned) };
        let mut registry = read_registry(xml, scheme, trust, as_of, self.allow_loopback)?;
        for provider in &mut registry.providers {
            provider.requires_signed_response = self.signed_responses.contains(&provider.entity_id);
        }
        Ok(registry)
    }
}
