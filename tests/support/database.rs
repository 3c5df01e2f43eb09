//! One database per test, cloned from a template that was migrated once.

use crate::{environment, sql};
use sqlx::{Connection as _, PgConnection};
use std::sync::atomic::{AtomicU32, Ordering};
use storage::{Pool, Settings};
use tokio::{runtime, sync::OnceCell};

/// The role of the running programs.
pub const APP: &str = "campanella_app";
/// The role that owns the schema and migrates.
pub const OWNER: &str = "campanella_owner";
/// Beginning of the names of all databases made here.
const PREFIX: &str = "campanella_test";
/// Few connections each: many tests run at the same time.
const MAX_CONNECTIONS: u32 = 5;

static TEMPLATE: OnceCell<String> = OnceCell::const_new();
static NEXT: AtomicU32 = AtomicU32::new(1);

/// A migrated database of its own, gone with the test.
#[derive(Debug)]
pub struct Database {
    name: String,
    pool: Pool,
}

impl Database {
    /// Makes it; no test goes on as a role that row security does not bind.
    pub async fn create() -> Self {
        let template = TEMPLATE.get_or_init(create_template).await;
        Self::from_template(template).await
    }

    /// Makes one without a schema, as a new installation has it.
    pub async fn create_empty() -> Self {
        Self::from_template("template1").await
    }

    async fn from_template(template: &str) -> Self {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("{PREFIX}_{}_{number}", std::process::id());
        let statement = format!("CREATE DATABASE {name} OWNER {OWNER} TEMPLATE {template}");
        as_superuser(&statement).await;
        let settings = Settings {
            database_url: environment::database_url(APP, &name).into(),
            max_connections: MAX_CONNECTIONS,
        };
        let pool = Pool::new(&settings).expect("the address of the database is well-formed");
        pool.check_role().await.expect("tests connect as the application role");
        Self { name, pool }
    }

    /// The product's own door to it.
    pub const fn pool(&self) -> &Pool {
        &self.pool
    }

    /// Its address for a role.
    pub fn url(&self, role: &str) -> String {
        environment::database_url(role, &self.name)
    }

    /// A bare connection of the application role.
    pub async fn app(&self) -> PgConnection {
        let mut connection = self.connect(APP).await;
        let bound =
            "SELECT NOT rolsuper AND NOT rolbypassrls FROM pg_roles WHERE rolname = current_user";
        assert!(
            sql::value::<bool>(&mut connection, bound).await.expect("the role can be read"),
            "tests connect as the application role"
        );
        connection
    }

    /// A bare connection of the schema's owner, whom row security binds as well.
    pub async fn owner(&self) -> PgConnection {
        self.connect(OWNER).await
    }

    async fn connect(&self, role: &str) -> PgConnection {
        PgConnection::connect(&self.url(role)).await.expect("the test's database answers")
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let statement = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        // The runtime of the test may be ending: a thread of its own finishes the work.
        let dropping = std::thread::spawn(move || {
            let runtime = runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a small runtime").block_on(as_superuser(&statement));
        });
        drop(dropping.join());
    }
}

async fn create_template() -> String {
    drop_leftovers().await;
    let name = format!("{PREFIX}_{}_template", std::process::id());
    as_superuser(&format!("CREATE DATABASE {name} OWNER {OWNER}")).await;
    let address = environment::database_url(OWNER, &name);
    storage::migrate(&address).await.expect("the migrations apply to an empty database");
    name
}

/// Databases of runs that are over; a template lives as long as its process.
async fn drop_leftovers() {
    let mut superuser = superuser().await;
    let query =
        format!("SELECT datname AS name FROM pg_database WHERE datname LIKE '{PREFIX}\\_%'");
    let found: Vec<Named> = sql::rows(&mut superuser, &query).await.expect("the list of databases");
    for Named { name } in found {
        let process = name.split('_').nth(2).unwrap_or_default();
        if !std::path::Path::new("/proc").join(process).exists() {
            let statement = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            sql::execute(&mut superuser, &statement).await.expect("a leftover can be dropped");
        }
    }
}

#[derive(serde::Deserialize)]
struct Named {
    name: String,
}

async fn as_superuser(statement: &str) {
    let mut superuser = superuser().await;
    sql::execute(&mut superuser, statement).await.expect("databases can be made and dropped");
    drop(superuser.close().await);
}

async fn superuser() -> PgConnection {
    PgConnection::connect(&environment::superuser_url()).await.expect("PostgreSQL answers")
}
