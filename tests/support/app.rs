//! The whole product, as it runs in earnest, with a clock, a seed and a mailbox of the test's own.

use crate::{
    clock::FixedClock, database::Database, entropy::SeededEntropy, environment, federation,
    logs::Logs, redis,
};
use axum::Router;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{Actor, Ctx, Locale, identity::IdentityScheme, ids::TenantId};
use operations::{Keyring, Platform, tenants::Applied};
use pages::Engine;
use secrecy::SecretString;
use secrets::{OperatorKeys, PasswordHasher};
use simulators::smtp::{Encryption, SinkOptions, SmtpSink};
use std::sync::{Arc, OnceLock};
use tenants::{Registry, TenantBundle, load_dir};
use tokio::sync::Semaphore;
use uuid::Uuid;
use web::auth::Providers;
use worker::Worker;

/// Host of the shared entrance.
pub const SHARED_HOST: &str = "servizi.example.test";
/// A Tuesday on which both comuni take applications.
pub const MORNING: &str = "2026-09-15T09:30:00+02:00";

/// The operator's key.
pub const OPERATOR_KEY: &[u8; 32] = b"a key for tests, known to all...";

/// How to start the product.
pub struct Options {
    /// Where the clock stands.
    pub now: &'static str,
    /// Address of the shared entrance.
    pub public_url: String,
    /// Proxies of ours in front.
    pub trusted_proxies: usize,
    /// Address of Redis; a wrong one makes it be away.
    pub redis_url: String,
    /// Which metadata of identity providers are believed.
    pub trust: spid::Sources,
    /// Where the worker fetches them.
    pub provider_addresses: Vec<(IdentityScheme, String)>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            now: MORNING,
            public_url: format!("https://{SHARED_HOST}"),
            trusted_proxies: 0,
            redis_url: environment::redis_url(),
            trust: federation::trust(),
            provider_addresses: Vec::new(),
        }
    }
}

/// The running product with the comuni alfa and beta.
pub struct TestApp {
    /// Handlers, layers, resolver.
    pub router: Router,
    /// Jobs, one at a time.
    pub worker: Worker,
    /// What operations work with.
    pub platform: Platform,
    /// Stands still until it is moved.
    pub clock: Arc<FixedClock>,
    /// Takes every mail.
    pub sink: SmtpSink,
    /// The identity providers that this process knows.
    pub providers: Arc<Providers>,
    /// PostgreSQL.
    pub database: Database,
    /// Everything logged; personal data in it fails the test.
    pub logs: Logs,
    options: Options,
}

impl TestApp {
    /// Starts it on the usual morning.
    pub async fn start() -> Self {
        Self::start_with(Options::default()).await
    }

    /// Starts it otherwise.
    pub async fn start_with(options: Options) -> Self {
        let logs = Logs::capture();
        redis::start_empty().await;
        let database = Database::create().await;
        let clock = Arc::new(FixedClock::at_text(options.now));
        let platform = platform(&database);
        let sink = sink().await;
        let state = web_state(&options, &platform, &clock);
        let providers = Arc::clone(&state.providers);
        let router = web::router(state);
        let worker = worker(&options, &platform, &clock, &sink);
        let app =
            Self { router, worker, platform, clock, sink, providers, database, logs, options };
        app.apply_folder("tests/fixtures/tenants").await;
        app
    }

    /// A second process of the product: its own registry, keys and budgets in memory; the same database.
    pub async fn replica(&self) -> Router {
        self.replica_by(self.database.pool().clone()).await
    }

    /// The same, with a way of its own to the database.
    pub async fn replica_by(&self, pool: storage::Pool) -> Router {
        // Two processes never draw the same randomness: one source for both.
        let entropy = Arc::clone(&self.platform.entropy);
        let platform = Platform { pool, entropy, ..platform(&self.database) };
        operations::tenants::reload(&platform).await.expect("the registry can be read");
        let state = web_state(&self.options, &platform, &self.clock);
        let known = state.providers.reload(&platform, domain::Clock::now(&*self.clock)).await;
        known.expect("the providers can be read");
        web::router(state)
    }

    /// Loads all tenants of a folder of the checkout, as `campanella tenants apply` does.
    pub async fn apply_folder(&self, folder: &str) {
        let loaded = load_dir(&environment::root().join(folder)).expect("the folder can be read");
        for (slug, bundle) in loaded {
            let bundle = bundle.unwrap_or_else(|problems| panic!("{slug}: {problems:?}"));
            self.apply(&slug, &bundle).await;
        }
    }

    /// Loads one tenant and lets the registry know.
    pub async fn apply(&self, slug: &str, bundle: &TenantBundle) {
        let ctx = self.ctx(TenantId::from(Uuid::nil()), Actor::Platform);
        let applied = operations::tenants::apply(&ctx, &self.platform, slug, bundle).await;
        assert!(matches!(applied, Ok(Applied::Version(_) | Applied::Unchanged(_))), "{applied:?}");
        operations::tenants::reload(&self.platform).await.expect("the registry can be read");
    }

    /// The tenant's settings as the files say, to be changed by a test.
    pub fn bundle(slug: &str) -> TenantBundle {
        let folder = environment::root().join("tests/fixtures/tenants");
        let loaded = load_dir(&folder).expect("the fixtures can be read");
        let found = loaded.into_iter().find(|(name, _)| name == slug);
        found.expect("a fixture").1.expect("without mistakes")
    }

    /// Key of a tenant.
    pub fn tenant(&self, slug: &str) -> TenantId {
        self.platform.tenants.by_slug(slug).expect("a tenant of the test").id()
    }

    /// The context of an operation called past HTTP.
    pub fn ctx(&self, tenant: TenantId, actor: Actor) -> Ctx {
        Ctx { tenant, now: domain::Clock::now(&*self.clock), locale: Locale::It, actor }
    }

    /// Runs jobs until nothing is due; then nothing waits for another try either, and nothing was given up.
    pub async fn done(&self) {
        self.work().await;
        let mut tx = self.platform.pool.system().await.expect("the database answers");
        let left = storage::queue::count(&mut tx).await.expect("the queue can be counted");
        assert_eq!(left, (0, 0), "jobs that wait, and jobs that were given up");
    }

    /// Runs jobs until nothing is due.
    pub async fn work(&self) {
        for _ in 0..1_000 {
            if !self.worker.work_one().await.expect("the queue can be read") {
                return;
            }
        }
        panic!("a thousand jobs, and more are due");
    }
}

/// A mail server without encryption, and the page that shows its mails.
async fn sink() -> SmtpSink {
    let http = Some(([127, 0, 0, 1], 0).into());
    let options = SinkOptions { http, encryption: Encryption::None, ..SinkOptions::default() };
    SmtpSink::start(options).await.expect("the mail server starts")
}

fn platform(database: &Database) -> Platform {
    let settings = secrets::Settings {
        operator_key: SecretString::from(STANDARD.encode(OPERATOR_KEY)),
        old_operator_keys: Vec::new(),
    };
    let operator = OperatorKeys::new(&settings).expect("a usable key");
    Platform {
        pool: database.pool().clone(),
        tenants: Arc::new(Registry::new()),
        keyring: Arc::new(Keyring::new(operator)),
        hasher: Arc::new(PasswordHasher::new(2)),
        entropy: Arc::new(SeededEntropy::of_test()),
    }
}

fn web_state(options: &Options, platform: &Platform, clock: &Arc<FixedClock>) -> web::State {
    let limits = limits::Settings {
        redis_url: SecretString::from(options.redis_url.clone()),
        local_keys: 10_000,
    };
    web::State {
        platform: platform.clone(),
        clock: Arc::clone(clock) as Arc<dyn domain::Clock>,
        limits: Arc::new(limits::Limits::connect(&limits).expect("an address of Redis")),
        engine: engine(),
        documents: Arc::new(renderer()),
        document_permits: Arc::new(Semaphore::new(2)),
        providers: Arc::new(Providers::new(options.trust.clone())),
        metadata: Arc::default(),
        icons: Arc::default(),
        settings: Arc::new(web::Settings {
            public_url: options.public_url.clone(),
            trusted_proxies: options.trusted_proxies,
            aggregator: Some(federation::aggregator()),
            logos: web::auth::Logos::default(),
        }),
    }
}

fn worker(
    options: &Options,
    platform: &Platform,
    clock: &Arc<FixedClock>,
    sink: &SmtpSink,
) -> Worker {
    let mail = serde_json::json!({ "smtp_url": format!("smtp://{}", sink.addr()) });
    let mail: mail::Settings = serde_json::from_value(mail).expect("settings of mail");
    Worker {
        platform: platform.clone(),
        clock: Arc::clone(clock) as Arc<dyn domain::Clock>,
        transport: mail::Transport::new(&mail).expect("an address of the mail server"),
        engine: engine(),
        printer: worker::Printer::new(renderer(), 2),
        settings: Arc::new(worker::Settings {
            public_url: options.public_url.clone(),
            slots: 1,
            identity_providers: worker::ProviderSources {
                trust: options.trust.clone(),
                addresses: options.provider_addresses.clone(),
            },
        }),
    }
}

/// Templates are read once for all tests.
fn engine() -> Arc<Engine> {
    static ENGINE: OnceLock<Arc<Engine>> = OnceLock::new();
    let read = || Arc::new(Engine::new(web::State::asset_names()).expect("the templates load"));
    Arc::clone(ENGINE.get_or_init(read))
}

/// Fonts as well.
fn renderer() -> documents::Renderer {
    static RENDERER: OnceLock<documents::Renderer> = OnceLock::new();
    RENDERER.get_or_init(|| documents::Renderer::new().expect("the fonts load")).clone()
}
