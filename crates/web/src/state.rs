//! What handlers share.

use crate::auth::{Logos, MetadataCache, Providers};
use domain::Clock;
use limits::Limits;
use operations::Platform;
use pages::Engine;
use serde::Deserialize;
use std::{collections::BTreeMap, sync::Arc};

/// How this process is reached.
#[derive(Debug, Default, Deserialize)]
pub struct Settings {
    /// Address of the shared host, such as `https://servizi.example.it`; its host shows the chooser and serves tenants
    /// by path.
    pub public_url: String,
    /// How many proxies of ours stand in front: that many entries of `X-Forwarded-For` count, from the right.
    pub trusted_proxies: usize,
    /// The operator as aggregator for SPID, where it is one.
    #[serde(skip)]
    pub aggregator: Option<spid::Aggregator>,
    /// The federations' brand images, where the operator has them.
    #[serde(skip)]
    pub logos: Logos,
}

impl Settings {
    /// Host of the shared entrance, without port.
    pub fn shared_host(&self) -> &str {
        let rest =
            self.public_url.split_once("://").map_or(self.public_url.as_str(), |(_, rest)| rest);
        let authority = rest.split('/').next().unwrap_or_default();
        authority.rsplit_once(':').map_or(authority, |(host, _)| host)
    }
}

/// Shared by all handlers; cheap to clone.
#[derive(Clone)]
pub struct State {
    /// Database, tenants, keys.
    pub platform: Platform,
    /// The clock that stamps arrivals.
    pub clock: Arc<dyn Clock>,
    /// Budgets of sends and sign-ins.
    pub limits: Arc<Limits>,
    /// Pages.
    pub engine: Arc<Engine>,
    /// Documents, rendered off the async threads.
    pub documents: Arc<documents::Renderer>,
    /// How many documents are rendered at once.
    pub document_permits: Arc<tokio::sync::Semaphore>,
    /// The identity providers, as last read.
    pub providers: Arc<Providers>,
    /// Metadata that were signed already.
    pub metadata: Arc<MetadataCache>,
    /// Icons that were drawn already.
    pub icons: Arc<crate::Icons>,
    /// How this process is reached.
    pub settings: Arc<Settings>,
}

impl State {
    /// The names of embedded files for the page engine.
    pub fn asset_names() -> BTreeMap<String, String> {
        crate::assets::manifest()
            .map(|(logical, path)| (logical.to_owned(), path.to_owned()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Settings;

    #[test]
    fn the_shared_host_is_read_without_scheme_port_and_path() {
        for (url, host) in [
            ("https://servizi.example.it", "servizi.example.it"),
            ("http://localhost:8080/", "localhost"),
            ("servizi.example.it:443", "servizi.example.it"),
        ] {
            let settings = Settings { public_url: url.into(), ..Settings::default() };
            assert_eq!(settings.shared_host(), host);
        }
    }
}
