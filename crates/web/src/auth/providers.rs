//! The identity providers known to this process: the newest good copy of what each source says.

use domain::identity::IdentityScheme;
use jiff::Timestamp;
use operations::{
    Failure, Platform,
    identity_providers::{current, newest},
};
use spid::{IdentityProvider, Sources};
use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

/// What one source says.
#[derive(Debug)]
struct Source {
    version: i32,
    read_at: Timestamp,
    providers: Arc<[IdentityProvider]>,
}

/// The providers of all sources. A source that cannot be read leaves the copy before in force.
#[derive(Debug)]
pub struct Providers {
    sources: Sources,
    known: RwLock<HashMap<IdentityScheme, Source>>,
    /// Versions that were refused.
    refused: RwLock<HashMap<IdentityScheme, i32>>,
}

impl Providers {
    /// Knows nobody yet.
    pub fn new(sources: Sources) -> Self {
        Self { sources, known: RwLock::default(), refused: RwLock::default() }
    }

    /// Takes over what is new in the database, and measures how old it is.
    pub async fn reload(&self, platform: &Platform, now: Timestamp) -> Result<(), Failure> {
        let current = current(platform).await?;
        let known = self.keep_up(&current);
        if current.iter().all(|(source, version, _)| known.contains(&(source.as_str(), *version))) {
            self.measure(now);
            return Ok(());
        }
        for stored in newest(platform, &known).await? {
            let Some(scheme) = IdentityScheme::from_code(&stored.source) else { continue };
            let (sources, body) = (self.sources.clone(), stored.body);
            // Judged as of its arrival: an old good copy is better than none.
            let read =
                tokio::task::spawn_blocking(move || sources.read(scheme, &body, stored.fetched_at));
            match read.await.map_err(|_| Failure::Malformed("metadata"))? {
                Ok(registry) => self.take(scheme, stored.version, stored.read_at, registry),
                Err(error) => {
                    // Told once: the next version is looked at again.
                    let mut refused = self.refused.write().unwrap_or_else(PoisonError::into_inner);
                    refused.insert(scheme, stored.version);
                    tracing::error!(
                        source = scheme.code(),
                        code = error.code(),
                        "stored metadata of identity providers are refused"
                    );
                }
            }
        }
        self.measure(now);
        Ok(())
    }

    fn take(
        &self,
        scheme: IdentityScheme,
        version: i32,
        read_at: Timestamp,
        registry: spid::Registry,
    ) {
        for (entity_id, reason) in &registry.left_out {
            tracing::warn!(
                source = scheme.code(),
                entity_id,
                reason,
                "an identity provider is left out"
            );
        }
        let count = registry.providers.len();
        tracing::info!(source = scheme.code(), version, count, "identity providers are current");
        let source = Source { version, read_at, providers: registry.providers.into() };
        self.known.write().unwrap_or_else(PoisonError::into_inner).insert(scheme, source);
    }

    /// The providers of one scheme, in the order of their source.
    pub(crate) fn of(&self, scheme: IdentityScheme) -> Arc<[IdentityProvider]> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.get(&scheme).map_or_else(|| Arc::from([]), |source| Arc::clone(&source.providers))
    }

    /// The provider with that identifier.
    pub(crate) fn find(&self, scheme: IdentityScheme, entity_id: &str) -> Option<IdentityProvider> {
        self.of(scheme).iter().find(|provider| provider.entity_id == entity_id).cloned()
    }

    /// Takes over when each source was last read; the versions that need no reading.
    fn keep_up(&self, current: &[(String, i32, Option<Timestamp>)]) -> Vec<(&'static str, i32)> {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        for (scheme, source) in known.iter_mut() {
            let read = current.iter().find(|(code, ..)| code == scheme.code());
            source.read_at = read.and_then(|(_, _, at)| *at).unwrap_or(source.read_at);
        }
        let refused = self.refused.read().unwrap_or_else(PoisonError::into_inner);
        let refused = refused.iter().map(|(scheme, version)| (scheme.code(), *version));
        let taken = known.iter().map(|(scheme, source)| (scheme.code(), source.version));
        taken.chain(refused).collect()
    }

    fn measure(&self, now: Timestamp) {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        for (scheme, source) in known.iter() {
            let age = now.duration_since(source.read_at).as_secs_f64();
            metrics::gauge!("campanella_identity_provider_metadata_age_seconds", "source" => scheme.code())
                .set(age);
            let ends = source.providers.iter().filter_map(|provider| {
                provider.signing_certificates.iter().filter_map(spid::Certificate::not_after).max()
            });
            if let Some(first) = ends.min() {
                let left = first.duration_since(now).as_secs_f64();
                metrics::gauge!("campanella_identity_provider_certificate_seconds_left", "source" => scheme.code())
                    .set(left);
            }
        }
    }
}
