//! A private PostgreSQL and a private Redis, on free ports of the loopback, gone when we go.

mod place;
mod postgres;
mod redis;

use std::fmt::Write as _;
use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Result, bail};

pub(crate) use self::postgres::{Durability, Postgres, programs as postgres_programs};
pub(crate) use self::redis::Redis;
use crate::args::Args;
use crate::keys::{self, Keys};
use crate::{interrupt, paths, progress, system};

/// Both servers and the keys to them.
pub(crate) struct Servers {
    pub(crate) postgres: Postgres,
    pub(crate) redis: Redis,
    pub(crate) keys: Keys,
}

impl Servers {
    /// Starts both with their data and logs for `folder`.
    pub(crate) fn start(folder: &Path, keys: Keys, durability: Durability) -> Result<Self> {
        fs::create_dir_all(folder.join("log"))?;
        let postgres = Postgres::start(folder, &keys, durability)?;
        let redis = Redis::start(folder, &keys)?;
        Ok(Self { postgres, redis, keys })
    }

    /// Fails, with the end of its log, when one of them is gone.
    pub(crate) fn check(&mut self) -> Result<()> {
        self.postgres.check()?;
        self.redis.check()
    }

    /// What the running programs are told.
    pub(crate) fn product_variables(&self, database: &str) -> Vec<(&'static str, String)> {
        vec![
            ("CAMPANELLA_DATABASE_URL", self.postgres.app_url(database)),
            ("CAMPANELLA_REDIS_URL", self.redis.url()),
            ("CAMPANELLA_OPERATOR_KEY", self.keys.operator.clone()),
        ]
    }

    /// What the tests are told.
    pub(crate) fn test_variables(&self) -> Vec<(&'static str, String)> {
        vec![
            ("CAMPANELLA_TEST_PG_ADMIN_URL", self.postgres.superuser_url("postgres")),
            ("CAMPANELLA_TEST_PG_HOST", Ipv4Addr::LOCALHOST.to_string()),
            ("CAMPANELLA_TEST_PG_PORT", self.postgres.port().to_string()),
            ("CAMPANELLA_TEST_REDIS_URL", self.redis.url()),
            ("PGPASSWORD", self.keys.postgres.clone()),
        ]
    }
}

/// `cargo xtask servers`: the servers of a developer's day, with the data of the day before.
pub(crate) fn run(mut args: Args) -> Result<()> {
    let folder =
        args.value("--dir")?.map_or_else(|| paths::target().join("servers"), PathBuf::from);
    let offline = args.flag("--offline");
    args.finish()?;
    system::ensure(system::Purpose::Demo, offline)?;
    progress::step("Starting PostgreSQL and Redis");
    fs::create_dir_all(&folder)?;
    let _lock = lock(&folder)?;
    let keys = Keys::load_or_create(&folder, Keys::shared)?;
    let mut servers = Servers::start(&folder, keys, Durability::Volatile)?;
    servers.postgres.create_database("campanella")?;
    let mut lines = String::new();
    let mut variables = servers.product_variables("campanella");
    variables.push(("CAMPANELLA_MIGRATE_DATABASE_URL", servers.postgres.owner_url("campanella")));
    variables.extend(servers.test_variables());
    for (name, value) in variables {
        writeln!(lines, "export {name}={value}")?;
    }
    keys::write_private(&folder.join("env"), lines.as_bytes())?;
    progress::plain(&format!(
        "\n{lines}\n# the same lines: . {}/env     stop: Ctrl-C",
        folder.display()
    ));
    loop {
        servers.check()?;
        if interrupt::pause(Duration::from_secs(1)).is_err() {
            return Ok(());
        }
    }
}

/// Refuses a second run on the same folder; the lock goes with the process.
pub(crate) fn lock(folder: &Path) -> Result<fs::File> {
    let file = fs::File::create(folder.join("lock"))?;
    if file.try_lock().is_err() {
        bail!("another run uses {}; stop it first, or choose another --dir", folder.display());
    }
    Ok(file)
}

/// A port of the loopback that nobody listened on a moment ago.
pub(crate) fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// Removes the cluster whose data belong to `folder`; nothing may run in it.
pub(crate) fn remove_cluster(folder: &Path) -> Result<()> {
    place::remove(folder)
}
