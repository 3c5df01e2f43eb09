//! The running providers and what tests ask of them.

mod consent;
mod message;
mod routes;
mod shared;
mod slo;
mod sso;

pub use message::{Binding, Received, RecordedRequest};
pub use shared::{ServiceProviders, Source};

use self::shared::Shared;
use super::{
    answer::Signing,
    person::{PERSONS, Person},
    provider::{Provider, kept_key},
    signer::{SignError, SigningKey},
};
use domain::{Clock, Entropy};
use openssl::error::ErrorStack;
use std::{io, net::SocketAddr, sync::Arc};
use tokio::{net::TcpListener, task::JoinSet};
use url::Url;

/// How to start the providers.
#[derive(Clone)]
pub struct Options {
    /// Loopback address; port 0 picks a free one.
    pub addr: SocketAddr,
    /// Who may ask; can be changed while the server runs.
    pub service_providers: ServiceProviders,
    /// What is signed in an answer.
    pub signing: Signing,
    /// Descriptors made elsewhere that the registry is to list as well.
    pub foreign: Vec<String>,
    /// Where the present instant comes from.
    pub clock: Arc<dyn Clock>,
    /// Where IDs come from. Keys come from OpenSSL.
    pub entropy: Arc<dyn Entropy>,
}

impl Options {
    /// A free port, nobody registered, both parts signed.
    pub fn new(clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>) -> Self {
        Self {
            addr: SocketAddr::from(([127, 0, 0, 1], 0)),
            service_providers: ServiceProviders::default(),
            signing: Signing::BOTH,
            foreign: Vec::new(),
            clock,
            entropy,
        }
    }
}

/// The providers could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address would be reachable from other machines.
    #[error("{0} is not a loopback address")]
    NotLoopback(SocketAddr),
    /// The address is taken.
    #[error("the address cannot be used")]
    Io(#[from] io::Error),
    /// It makes no URL.
    #[error("the address makes no URL")]
    Url(#[from] url::ParseError),
    /// No keys.
    #[error("no keys for the providers")]
    Keys(#[from] ErrorStack),
}

/// The running providers; they stop when dropped.
pub struct IdentityProviders {
    addr: SocketAddr,
    shared: Arc<Shared>,
    // Dropping the set stops the server.
    _server: JoinSet<()>,
}

impl IdentityProviders {
    /// Starts all of them on one port.
    ///
    /// # Errors
    /// When the address is not of the loopback or taken, or keys cannot be made.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        if !options.addr.ip().is_loopback() {
            return Err(StartError::NotLoopback(options.addr));
        }
        let listener = TcpListener::bind(options.addr).await?;
        let addr = listener.local_addr()?;
        let base = Url::parse(&format!("http://{addr}/"))?;
        let making = base.clone();
        let made = tokio::task::spawn_blocking(move || {
            Ok::<_, ErrorStack>((Provider::all(&making)?, kept_key("Registro di prova")?))
        });
        let (providers, registry_key) = made.await.map_err(io::Error::other)??;
        let shared = Arc::new(Shared::new(base, options, providers, registry_key));
        let mut server = JoinSet::new();
        server.spawn(routes::serve(listener, Arc::clone(&shared)));
        Ok(Self { addr, shared, _server: server })
    }

    /// Where they listen.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Address of the page that lists them, with a slash at the end.
    pub fn base_url(&self) -> &Url {
        &self.shared.base
    }

    /// All providers as they are now: SPID's, then `cie`, then `eidas`.
    pub fn providers(&self) -> Vec<Provider> {
        self.shared.providers()
    }

    /// The provider of this short name.
    pub fn provider(&self, slug: &str) -> Option<Provider> {
        self.shared.provider(slug)
    }

    /// Gives a provider one more key, which signs from now on; metadata show all its keys.
    ///
    /// # Errors
    /// When the key cannot be made.
    pub fn roll_key(&self, slug: &str) -> Result<(), ErrorStack> {
        let fresh = SigningKey::generate(slug)?;
        self.shared.change_keys(slug, |keys| keys.push(fresh));
        Ok(())
    }

    /// Takes all keys but the last from a provider, and from its metadata.
    pub fn forget_old_keys(&self, slug: &str) {
        self.shared.change_keys(slug, |keys| {
            let last = keys.pop();
            keys.clear();
            keys.extend(last);
        });
    }

    /// The key that signs the registry.
    pub fn registry_key(&self) -> &SigningKey {
        &self.shared.registry_key
    }

    /// The certificate to trust for the registry.
    ///
    /// # Errors
    /// From OpenSSL.
    pub fn registry_certificate_pem(&self) -> Result<String, ErrorStack> {
        self.shared.registry_key.certificate_pem()
    }

    /// The registry as it is served.
    ///
    /// # Errors
    /// When it cannot be signed.
    pub fn registry_xml(&self) -> Result<String, SignError> {
        self.shared.registry_xml()
    }

    /// Who may ask.
    pub fn service_providers(&self) -> &ServiceProviders {
        &self.shared.options.service_providers
    }

    /// The invented persons.
    pub fn persons(&self) -> &'static [Person] {
        &PERSONS
    }

    /// From now on this is signed in an answer.
    pub fn set_signing(&self, signing: Signing) {
        self.shared.set_signing(signing);
    }

    /// From now on the registry lists these descriptors as well.
    pub fn set_foreign(&self, entities: Vec<String>) {
        self.shared.set_foreign(entities);
    }

    /// From now on the registry does not list these providers.
    pub fn leave_out(&self, slugs: &[&str]) {
        self.shared.leave_out(slugs);
    }

    /// All messages received so far, oldest first.
    pub fn recorded(&self) -> Vec<RecordedRequest> {
        self.shared.recorded()
    }
}

#[cfg(test)]
mod tests;
