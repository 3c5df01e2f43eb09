//! Puts the parts together: which implementation stands behind every port is decided here only.

use crate::{clock::SystemClock, settings::Settings};
use anyhow::{Context as _, Result};
use domain::Clock;
use operations::{Keyring, Platform};
use secrets::{OperatorKeys, PasswordHasher, SystemEntropy};
use std::sync::Arc;
use storage::Pool;
use tenants::Registry;
use tokio::sync::Semaphore;

/// Documents rendered at the same time: they take a whole processor each.
const DOCUMENT_PERMITS: usize = 2;

/// The clock on the wall.
pub(crate) fn clock() -> Arc<dyn Clock> {
    Arc::new(SystemClock)
}

/// Database, tenants, keys and randomness; connects to nothing yet.
pub(crate) fn platform(settings: &Settings) -> Result<Platform> {
    let pool = Pool::new(&settings.storage()?).context("CAMPANELLA_DATABASE_URL cannot be used")?;
    let operator = OperatorKeys::new(&settings.secrets()?)
        .context("CAMPANELLA_OPERATOR_KEY cannot be used")?;
    Ok(Platform {
        pool,
        tenants: Arc::new(Registry::new()),
        keyring: Arc::new(Keyring::new(operator)),
        hasher: Arc::new(PasswordHasher::new(settings.hash_permits)),
        entropy: Arc::new(SystemEntropy),
    })
}

/// What the handlers of requests work with.
pub(crate) fn web_state(settings: &Settings, platform: Platform) -> Result<web::State> {
    let limits = limits::Limits::connect(&settings.limits()?)
        .context("CAMPANELLA_REDIS_URL cannot be used")?;
    Ok(web::State {
        platform,
        clock: clock(),
        limits: Arc::new(limits),
        engine: engine()?,
        documents: Arc::new(documents::Renderer::new()?),
        document_permits: Arc::new(Semaphore::new(DOCUMENT_PERMITS)),
        providers: Arc::new(web::auth::Providers::new(settings.provider_trust()?)),
        metadata: Arc::default(),
        icons: Arc::default(),
        settings: Arc::new(web::Settings {
            public_url: settings.public_url()?.to_owned(),
            trusted_proxies: settings.trusted_proxies,
            aggregator: settings.operator()?.map(|operator| operator.aggregator),
            logos: settings.logos(),
        }),
    })
}

/// What jobs work with.
pub(crate) fn worker(settings: &Settings, platform: Platform) -> Result<worker::Worker> {
    Ok(worker::Worker {
        platform,
        clock: clock(),
        transport: transport(settings)?,
        engine: engine()?,
        printer: worker::Printer::new(documents::Renderer::new()?, DOCUMENT_PERMITS),
        settings: Arc::new(worker::Settings {
            public_url: settings.public_url()?.to_owned(),
            slots: settings.work_slots,
            identity_providers: settings.provider_sources()?,
        }),
    })
}

/// The way to the mail relay.
pub(crate) fn transport(settings: &Settings) -> Result<mail::Transport> {
    mail::Transport::new(&settings.mail()?).context("CAMPANELLA_SMTP_URL cannot be used")
}

fn engine() -> Result<Arc<pages::Engine>> {
    Ok(Arc::new(pages::Engine::new(web::State::asset_names())?))
}
