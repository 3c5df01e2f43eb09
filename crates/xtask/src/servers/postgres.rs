//! A private PostgreSQL cluster: made when it is not there, started, asked, stopped.

use std::fs;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::{free_port, place};
use crate::child::{self, Running, StopBy};
use crate::keys::{self, Keys};
use crate::{account, paths, run};

const ROLES: &str = include_str!("roles.sql");
const DATABASE: &str = include_str!("database.sql");
const OLDEST: u32 = 15;

/// Whether what was committed must survive a power cut.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durability {
    /// The demo: as in earnest.
    Durable,
    /// Tests and development: fast, and lost with the machine.
    Volatile,
}

/// A running cluster.
pub(crate) struct Postgres {
    server: Running,
    programs: PathBuf,
    port: u16,
    keys: Keys,
}

impl Postgres {
    /// Starts the cluster of `folder` and sees to its roles.
    pub(crate) fn start(folder: &Path, keys: &Keys, durability: Durability) -> Result<Self> {
        let programs = programs().context("PostgreSQL 15 or newer is not installed")?;
        let data = place::home(folder, durability)?;
        if !data.join("PG_VERSION").exists() {
            create_cluster(&programs, &data, keys, durability)?;
        }
        stop_leftover(&programs, &data);
        let port = free_port()?;
        let command = server_command(&programs, &data, port, durability);
        let log = folder.join("log/postgresql.log");
        let server = Running::start("PostgreSQL", command, &log, StopBy::Int)?;
        let mut postgres = Self { server, programs, port, keys: keys.clone() };
        postgres.wait()?;
        postgres.create_roles()?;
        Ok(postgres)
    }

    fn wait(&mut self) -> Result<()> {
        let asker = self.programs.join("pg_isready");
        let port = self.port.to_string();
        self.server.wait_until(Duration::from_mins(1), || {
            let mut ask = Command::new(&asker);
            ask.args(["-q", "-h", "127.0.0.1", "-p", &port, "-d", "postgres"]);
            ask.status().is_ok_and(|status| status.success())
        })
    }

    fn create_roles(&self) -> Result<()> {
        let passwords = format!(
            "\\set owner_password '{}'\n\\set app_password '{}'\n",
            self.keys.owner, self.keys.app
        );
        self.execute(&self.superuser_url("postgres"), &format!("{passwords}{ROLES}"))
    }

    /// Makes a database owned by the owner role, unless it is there.
    pub(crate) fn create_database(&self, name: &str) -> Result<()> {
        let script = format!("\\set database '{name}'\n{DATABASE}");
        self.execute(&self.superuser_url("postgres"), &script)
    }

    /// Runs a script with psql; the first error ends it.
    pub(crate) fn execute(&self, url: &str, script: &str) -> Result<()> {
        let mut psql = Command::new(self.programs.join("psql"));
        psql.args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", "-"]);
        // Not as an argument: the list of processes shows arguments, and the address holds a password.
        psql.env("PGSERVICEFILE", "/dev/null").envs(connection_variables(url)?);
        psql.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = psql.spawn().context("cannot start psql")?;
        if let Some(mut input) = child.stdin.take() {
            // A script that fails early leaves the rest unread; its own message says why.
            drop(std::io::Write::write_all(&mut input, script.as_bytes()));
        }
        let output = child.wait_with_output()?;
        if !output.status.success() {
            bail!("psql: {}", String::from_utf8_lossy(&output.stderr).trim());
        }
        Ok(())
    }

    /// Fails, with the end of its log, when the server is gone.
    pub(crate) fn check(&mut self) -> Result<()> {
        self.server.check()
    }

    /// The port it listens on.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Address for the superuser.
    pub(crate) fn superuser_url(&self, database: &str) -> String {
        self.url("postgres", &self.keys.postgres, database)
    }

    /// Address for the role that owns the schema.
    pub(crate) fn owner_url(&self, database: &str) -> String {
        self.url("campanella_owner", &self.keys.owner, database)
    }

    /// Address for the role of the running programs.
    pub(crate) fn app_url(&self, database: &str) -> String {
        self.url("campanella_app", &self.keys.app, database)
    }

    fn url(&self, role: &str, password: &str, database: &str) -> String {
        format!("postgres://{role}:{password}@{}:{}/{database}", Ipv4Addr::LOCALHOST, self.port)
    }
}

/// The folder with `initdb` and `postgres` of the newest usable version.
pub(crate) fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = versions
        .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .filter(|version| *version >= OLDEST)
        .filter(|version| Path::new(&format!("/usr/lib/postgresql/{version}/bin/initdb")).is_file())
        .max();
    match newest {
        Some(version) => Some(PathBuf::from(format!("/usr/lib/postgresql/{version}/bin"))),
        None => paths::program("initdb").and_then(|file| file.parent().map(Path::to_owned)),
    }
}

fn create_cluster(programs: &Path, data: &Path, keys: &Keys, durability: Durability) -> Result<()> {
    let password = data.with_extension("password");
    keys::write_private(&password, keys.postgres.as_bytes())?;
    let user = account::unprivileged("postgres");
    if let Some(user) = user {
        let (uid, gid) = account::numbers(user)?;
        std::os::unix::fs::chown(&password, Some(uid), Some(gid))?;
    }
    let mut initdb = child::command(programs.join("initdb"), user, StopBy::Term);
    initdb.args(["--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8"]);
    initdb.arg("--pwfile").arg(&password).arg("-D").arg(data);
    match durability {
        Durability::Durable => initdb.arg("--auth=scram-sha-256"),
        // The server checks the password itself: an unoptimised client would need 0.1 s for each connection.
        Durability::Volatile => initdb.args(["--auth=password", "--no-sync"]),
    };
    let made = run::captured(initdb);
    fs::remove_file(&password)?;
    made.map(drop)
}

fn server_command(programs: &Path, data: &Path, port: u16, durability: Durability) -> Command {
    let user = account::unprivileged("postgres");
    let mut command = child::command(programs.join("postgres"), user, StopBy::Int);
    command.arg("-D").arg(data).args(["-p", &port.to_string()]);
    let mut set = |setting: &str| {
        command.args(["-c", setting]);
    };
    set("listen_addresses=127.0.0.1");
    set("unix_socket_directories=");
    set("max_connections=300");
    // Statements and their values are personal data: the log names the error and nothing else.
    set("log_error_verbosity=terse");
    set("log_min_error_statement=panic");
    if durability == Durability::Volatile {
        set("fsync=off");
        set("synchronous_commit=off");
        set("full_page_writes=off");
    }
    command.stdin(Stdio::null());
    command
}

/// A run that was cut off may have left its server behind; the caller holds the folder's lock.
fn stop_leftover(programs: &Path, data: &Path) {
    if !data.join("postmaster.pid").exists() {
        return;
    }
    let user = account::unprivileged("postgres");
    let mut stop = child::command(programs.join("pg_ctl"), user, StopBy::Term);
    stop.args(["stop", "-w", "-m", "fast", "-D"]).arg(data);
    stop.stdout(Stdio::null()).stderr(Stdio::null());
    drop(stop.status());
}

/// `postgres://role:password@host:port/database` as the variables of libpq.
fn connection_variables(url: &str) -> Result<Vec<(&'static str, String)>> {
    let take = || {
        let (login, place) = url.strip_prefix("postgres://")?.split_once('@')?;
        let (role, password) = login.split_once(':')?;
        let (address, database) = place.split_once('/')?;
        let (host, port) = address.split_once(':')?;
        Some([role, password, host, port, database].map(str::to_owned))
    };
    let [role, password, host, port, database] = take().context("not an address of PostgreSQL")?;
    Ok(vec![
        ("PGUSER", role),
        ("PGPASSWORD", password),
        ("PGHOST", host),
        ("PGPORT", port),
        ("PGDATABASE", database),
    ])
}
