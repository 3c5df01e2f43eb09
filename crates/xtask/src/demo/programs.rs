//! The demo's programs: what they are told, how they are started, when they are ready.

use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, bail};

use super::Options;
use super::federations::Federations;
use super::officers::{self, Officer};
use crate::child::{self, StopBy};
use crate::servers::{Servers, free_port};
use crate::{keys, paths, progress, run};

/// The built programs.
pub(crate) struct Programs {
    campanella: PathBuf,
    simulators: PathBuf,
}

impl Programs {
    /// Where cargo has put those of a profile.
    pub(crate) fn of_profile(profile: &str) -> Self {
        let folder = paths::target().join(profile);
        Self { campanella: folder.join("campanella"), simulators: folder.join("simulators") }
    }
}

/// Everything that runs; the programs end before the servers do.
pub(crate) struct Running {
    children: Vec<child::Running>,
    servers: Servers,
    programs: Programs,
    folder: PathBuf,
    variables: Vec<(&'static str, String)>,
    port: u16,
    mailbox: u16,
    federations: Federations,
}

impl Running {
    /// Chooses the ports, and starts the mail server and the identity providers.
    pub(crate) fn start(
        programs: Programs,
        servers: Servers,
        options: &Options,
        tenants: &[String],
    ) -> Result<Self> {
        let folder = &options.folder;
        let port = free_from(options.port)?;
        let (smtp, mailbox) = (free_port()?, free_from(8025)?);
        let federations = Federations::new(folder, free_from(mailbox.saturating_add(1))?, tenants)?;
        let mut variables = servers.product_variables("campanella");
        variables.extend([
            ("CAMPANELLA_LISTEN", format!("{}:{port}", Ipv4Addr::LOCALHOST)),
            ("CAMPANELLA_PUBLIC_URL", format!("http://localhost:{port}")),
            ("CAMPANELLA_SMTP_URL", format!("smtp://{}:{smtp}", Ipv4Addr::LOCALHOST)),
            ("CAMPANELLA_LOG", "info".to_owned()),
            ("CAMPANELLA_TRUSTED_PROXIES", "0".to_owned()),
        ]);
        variables.extend(federations.variables());
        let mut running = Self {
            children: Vec::new(),
            servers,
            programs,
            folder: folder.to_owned(),
            variables,
            port,
            mailbox,
            federations,
        };
        running.start_mail(smtp)?;
        running.start_providers()?;
        Ok(running)
    }

    fn start_mail(&mut self, smtp: u16) -> Result<()> {
        progress::step("Starting the mail server");
        let mailbox = self.mailbox;
        let mut command = child::command(&self.programs.simulators, None, StopBy::Term);
        command.arg("smtp").args(["--smtp", &format!("{}:{smtp}", Ipv4Addr::LOCALHOST)]);
        command.args(["--http", &format!("{}:{mailbox}", Ipv4Addr::LOCALHOST)]);
        command.arg("--dir").arg(self.folder.join("mail"));
        self.spawn("mail", command, || listens(smtp) && listens(mailbox))
    }

    fn start_providers(&mut self) -> Result<()> {
        progress::step("Starting the identity providers");
        let certificate = self.federations.certificate();
        drop(fs::remove_file(&certificate));
        let mut command = child::command(&self.programs.simulators, None, StopBy::Term);
        command.arg("identity").args(self.federations.arguments(&self.portal()));
        self.spawn("identity", command, || certificate.exists())
    }

    /// The portal's address, without a slash at the end.
    pub(crate) fn portal(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// The address of the page that shows every mail.
    pub(crate) fn mailbox(&self) -> String {
        format!("http://{}:{}/", Ipv4Addr::LOCALHOST, self.mailbox)
    }

    /// The address of the page that lists the invented identity providers.
    pub(crate) fn providers(&self) -> String {
        self.federations.page()
    }

    /// Brings database and tenants up to date; gives back the officers, new or known.
    pub(crate) fn prepare(&self, tenants: &[String]) -> Result<Vec<Officer>> {
        progress::step("Database, comuni and officers");
        // Only this command speaks as the owner of the schema.
        let mut migrate = self.campanella(&["migrate"]);
        migrate
            .env("CAMPANELLA_MIGRATE_DATABASE_URL", self.servers.postgres.owner_url("campanella"));
        run::captured(migrate)?;
        let mut apply = self.campanella(&["tenants", "apply", "--demo-windows"]);
        apply.arg(paths::root().join("tenants"));
        run::captured(apply)?;
        self.open_identity_doors()?;
        let mut officers = officers::read(&self.folder)?;
        for slug in tenants {
            if officers.iter().any(|officer| officer.tenant == *slug) {
                continue;
            }
            let email = format!("ufficio.scuola@{slug}.example");
            let mut create = self.campanella(&["officers", "create", "--tenant", slug]);
            create.args(["--email", &email, "--name", "Olga Prova"]);
            officers.push(Officer::from_output(slug, &run::captured(create)?)?);
            officers::write(&self.folder, &officers)?;
        }
        Ok(officers)
    }

    /// Makes the keys that are missing, and lets the product know the providers, whose own keys are new.
    fn open_identity_doors(&self) -> Result<()> {
        for owner in self.federations.key_owners() {
            let list = [&["spid", "keys", "list"], owner.as_slice()].concat();
            if !run::captured(self.campanella(&list))?.contains("signing") {
                let new = [&["spid", "keys", "new"], owner.as_slice()].concat();
                run::captured(self.campanella(&new))?;
            }
        }
        run::captured(self.campanella(&["spid", "providers", "refresh"]))?;
        Ok(())
    }

    /// Starts the web role and the job role, and waits until they are ready.
    pub(crate) fn serve(&mut self) -> Result<()> {
        progress::step("Starting Campanella");
        let (web, jobs) = (free_port()?, free_port()?);
        let serve = self.role("serve", web);
        let port = self.port;
        self.spawn("serve", serve, || answers(port, "/readyz"))?;
        let work = self.role("work", jobs);
        self.spawn("work", work, || listens(jobs))
    }

    /// Walks a handful of invented families through the portal, once; gives back what was said about them.
    pub(crate) fn load_families(&mut self, tenants: &[String]) -> Result<String> {
        let file = self.folder.join("families.txt");
        if let Ok(known) = fs::read_to_string(&file) {
            return Ok(known);
        }
        progress::step("Some families enrol their children");
        // Families of a run that was stopped are known to the portal already: every attempt invents others.
        let attempts = self.folder.join("families.attempts");
        let earlier = fs::read_to_string(&attempts).ok().and_then(|text| text.parse::<u64>().ok());
        let seed = (earlier.unwrap_or(0) + 1).to_string();
        fs::write(&attempts, &seed)?;
        let mut command = child::command(&self.programs.simulators, None, StopBy::Term);
        command.args(["families", "--portal", &self.portal(), "--mailbox", &self.mailbox()]);
        command.args(["--seed", &seed]);
        for slug in tenants {
            command.args(["--tenant", slug]);
        }
        let said = run::captured(command).or_else(|error| {
            self.check()?;
            Err(error)
        })?;
        keys::write_private(&file, said.as_bytes())?;
        Ok(said)
    }

    /// Fails, with the end of its log, when anything is gone.
    pub(crate) fn check(&mut self) -> Result<()> {
        for child in &mut self.children {
            child.check()?;
        }
        self.servers.check()
    }

    fn campanella(&self, words: &[&str]) -> Command {
        let mut command = child::command(&self.programs.campanella, None, StopBy::Term);
        command.args(words).current_dir(paths::root());
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    fn role(&self, role: &str, metrics: u16) -> Command {
        let mut command = self.campanella(&[role]);
        command.env("CAMPANELLA_METRICS_LISTEN", format!("{}:{metrics}", Ipv4Addr::LOCALHOST));
        command
    }

    fn spawn(&mut self, name: &str, command: Command, ready: impl FnMut() -> bool) -> Result<()> {
        let log = self.folder.join("log").join(format!("{name}.log"));
        let mut child = child::Running::start(name, command, &log, StopBy::Term)?;
        let waited = child.wait_until(Duration::from_mins(1), ready);
        self.children.push(child);
        waited
    }
}

/// The wanted port or the next one that is free.
fn free_from(wanted: u16) -> Result<u16> {
    for port in wanted..wanted.saturating_add(50) {
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return Ok(port);
        }
    }
    bail!("no free port from {wanted} on")
}

fn listens(port: u16) -> bool {
    TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok()
}

fn answers(port: u16, path: &str) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
        let mut status = [0; 12];
        stream.read_exact(&mut status)?;
        Ok(status.ends_with(b" 200"))
    };
    ask().unwrap_or(false)
}
