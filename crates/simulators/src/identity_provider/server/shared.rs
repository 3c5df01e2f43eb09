//! What the handlers have in common.

use super::{Options, message::RecordedRequest};
use crate::identity_provider::{
    answer::{Signing, fresh_id},
    person::Person,
    provider::Provider,
    registry,
    request::{Anomaly, AuthnRequest, Checked},
    service_provider::{ServiceProvider, fetch},
    signer::{SignError, SigningKey},
};
use domain::identity::IdentityScheme;
use jiff::Timestamp;
use std::{
    collections::{BTreeMap, HashMap},
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use url::Url;

/// Where the metadata of a service provider are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// At an address of the loopback, fetched at every request.
    Address {
        /// The address.
        url: Url,
        /// The loopback address behind its host, where that is none of the loopback's names.
        connect: Option<SocketAddr>,
    },
    /// Here.
    Text(String),
}

/// Who may ask, by entityID; shared between the server and whoever starts it.
#[derive(Clone, Debug, Default)]
pub struct ServiceProviders(Arc<Mutex<BTreeMap<String, Source>>>);

impl ServiceProviders {
    /// Registers a service provider, or registers it anew.
    pub fn register(&self, entity_id: &str, source: Source) {
        lock(&self.0).insert(entity_id.to_owned(), source);
    }

    /// Registers nobody of this name any more.
    pub fn forget(&self, entity_id: &str) {
        lock(&self.0).remove(entity_id);
    }

    fn source(&self, entity_id: &str) -> Option<Source> {
        lock(&self.0).get(entity_id).cloned()
    }
}

/// A right request that waits for the person.
#[derive(Clone)]
pub(super) struct Pending {
    pub(super) provider: String,
    pub(super) request: AuthnRequest,
    pub(super) relay_state: Option<String>,
    pub(super) checked: Checked,
    pub(super) sender: ServiceProvider,
}

/// A login of the lowest level, which is a session with the provider.
#[derive(Clone)]
pub(super) struct Session {
    pub(super) token: String,
    pub(super) provider: String,
    pub(super) sender: String,
    pub(super) sender_name: String,
    pub(super) person: &'static Person,
    pub(super) name_id: String,
    pub(super) index: String,
}

/// What changes while the server runs.
struct State {
    providers: Vec<Provider>,
    signing: Signing,
    foreign: Vec<String>,
    left_out: Vec<String>,
    pending: HashMap<String, Pending>,
    sessions: Vec<Session>,
    recorded: Vec<RecordedRequest>,
}

pub(super) struct Shared {
    pub(super) base: Url,
    pub(super) options: Options,
    pub(super) registry_key: SigningKey,
    state: Mutex<State>,
}

impl Shared {
    pub(super) fn new(
        base: Url,
        options: Options,
        providers: Vec<Provider>,
        registry_key: SigningKey,
    ) -> Self {
        let state = State {
            providers,
            signing: options.signing,
            foreign: options.foreign.clone(),
            left_out: Vec::new(),
            pending: HashMap::new(),
            sessions: Vec::new(),
            recorded: Vec::new(),
        };
        Self { base, options, registry_key, state: Mutex::new(state) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    pub(super) fn now(&self) -> Timestamp {
        self.options.clock.now()
    }

    pub(super) fn fresh_id(&self) -> String {
        fresh_id(&*self.options.entropy)
    }

    pub(super) fn providers(&self) -> Vec<Provider> {
        self.state().providers.clone()
    }

    pub(super) fn provider(&self, slug: &str) -> Option<Provider> {
        self.state().providers.iter().find(|provider| provider.slug == slug).cloned()
    }

    pub(super) fn change_keys(&self, slug: &str, change: impl FnOnce(&mut Vec<SigningKey>)) {
        if let Some(provider) = self.state().providers.iter_mut().find(|it| it.slug == slug) {
            change(&mut provider.keys);
        }
    }

    pub(super) fn signing(&self) -> Signing {
        self.state().signing
    }

    pub(super) fn set_signing(&self, signing: Signing) {
        self.state().signing = signing;
    }

    pub(super) fn set_foreign(&self, entities: Vec<String>) {
        self.state().foreign = entities;
    }

    pub(super) fn leave_out(&self, slugs: &[&str]) {
        self.state().left_out = slugs.iter().map(|slug| (*slug).to_owned()).collect();
    }

    pub(super) fn record(&self, recorded: RecordedRequest) {
        self.state().recorded.push(recorded);
    }

    pub(super) fn recorded(&self) -> Vec<RecordedRequest> {
        self.state().recorded.clone()
    }

    /// Keeps a request under a fresh token.
    pub(super) fn keep(&self, pending: Pending) -> String {
        let token = self.fresh_id();
        self.state().pending.insert(token.clone(), pending);
        token
    }

    /// The request under this token, once, if it was sent to this provider.
    pub(super) fn take(&self, token: &str, provider: &str) -> Option<Pending> {
        let mut state = self.state();
        let is_here = state.pending.get(token).is_some_and(|kept| kept.provider == provider);
        if is_here { state.pending.remove(token) } else { None }
    }

    pub(super) fn open_session(&self, session: Session) {
        self.state().sessions.push(session);
    }

    pub(super) fn sessions(&self, provider: &str) -> Vec<Session> {
        let state = self.state();
        state.sessions.iter().filter(|session| session.provider == provider).cloned().collect()
    }

    /// Ends the sessions that fit, and tells which they were.
    pub(super) fn close_sessions(&self, fits: impl Fn(&Session) -> bool) -> Vec<Session> {
        let mut state = self.state();
        let (closed, open) =
            std::mem::take(&mut state.sessions).into_iter().partition(|it| fits(it));
        state.sessions = open;
        closed
    }

    /// The registry: SPID, and what was made elsewhere. CIE and the node of eIDAS have their metadata apart.
    pub(super) fn registry_xml(&self) -> Result<String, SignError> {
        let (mut providers, foreign) = {
            let state = self.state();
            let mut providers = state.providers.clone();
            providers.retain(|it| !state.left_out.contains(&it.slug));
            (providers, state.foreign.clone())
        };
        providers.retain(|it| it.scheme == IdentityScheme::Spid);
        let listed: Vec<&Provider> = providers.iter().collect();
        registry::aggregate(&listed, &foreign, "_registro", &self.registry_key)
    }

    /// Who this is, as its metadata say now.
    pub(super) async fn sender(&self, entity_id: &str) -> Result<ServiceProvider, Anomaly> {
        let source = self.options.service_providers.source(entity_id);
        let source = source.ok_or_else(|| Anomaly::new(10, "entityID non registrato"))?;
        let system = |detail: String| Anomaly::new(3, format!("metadati del servizio: {detail}"));
        let xml = match source {
            Source::Address { url, connect } => {
                fetch(&url, connect).await.map_err(|error| system(error.to_string()))?
            }
            Source::Text(xml) => xml,
        };
        ServiceProvider::parse(&xml, entity_id).map_err(|error| system(error.to_string()))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
