//! The real program, built and run as an operator runs it.

use crate::{
    app::{OPERATOR_KEY, TestApp},
    database::APP,
    environment,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use std::{
    net::{Ipv4Addr, TcpListener},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::LazyLock,
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    task::spawn_blocking,
    time::sleep,
};

/// A program of a test build is slow to start on a busy machine.
const PATIENCE: Duration = Duration::from_secs(40);
const GLANCE: Duration = Duration::from_millis(100);

static PROGRAM: LazyLock<PathBuf> = LazyLock::new(environment::program);

/// The program and the environment that it is told.
#[derive(Clone, Default)]
pub struct Program {
    variables: Vec<(&'static str, String)>,
}

/// What a command said before it ended.
#[derive(Debug)]
pub struct Ran {
    /// Exit code.
    pub code: i32,
    /// Standard output.
    pub output: String,
    /// Standard error.
    pub errors: String,
}

/// A role that runs until it is stopped; it ends with the value at the latest.
pub struct Role {
    child: Child,
    log: PathBuf,
    _folder: tempfile::TempDir,
}

impl Program {
    /// Told nothing at all.
    pub fn bare() -> Self {
        Self::default()
    }

    /// Told what the product of the test was told: the same database, keys and mail server.
    pub fn beside(app: &TestApp) -> Self {
        Self::bare()
            .with("CAMPANELLA_DATABASE_URL", app.database.url(APP))
            .with("CAMPANELLA_REDIS_URL", environment::redis_url())
            .with("CAMPANELLA_OPERATOR_KEY", STANDARD.encode(OPERATOR_KEY))
            .with("CAMPANELLA_SMTP_URL", format!("smtp://{}", app.sink.addr()))
            .with("CAMPANELLA_PUBLIC_URL", app.worker.settings.public_url.clone())
    }

    /// Told one thing more, or otherwise.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.variables.retain(|(known, _)| *known != name);
        self.variables.push((name, value.into()));
        self
    }

    /// Runs a command to its end.
    pub async fn run(&self, words: &[&str]) -> Ran {
        let mut command = self.command(words);
        let ended = spawn_blocking(move || command.output()).await.expect("nothing panics");
        let ended = ended.expect("the program starts");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ran {
            code: ended.status.code().expect("no signal ends it"),
            output: text(&ended.stdout),
            errors: text(&ended.stderr),
        }
    }

    /// Starts a role.
    pub fn start(&self, role: &str) -> Role {
        let folder = tempfile::tempdir().expect("a folder for the log");
        let log = folder.path().join("log");
        let file = std::fs::File::create(&log).expect("a new file");
        let errors = file.try_clone().expect("the same file");
        let child = self.command(&[role]).stdout(file).stderr(errors).spawn();
        Role { child: child.expect("the program starts"), log, _folder: folder }
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM.as_path());
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("CAMPANELLA_")) {
            command.env_remove(name);
        }
        command.args(words).stdin(Stdio::null());
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }
}

impl Role {
    /// Everything logged so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).expect("the log is text")
    }

    /// Waits until something is so; a program that ended before fails the test.
    pub async fn until(&mut self, what: &str, mut so: impl AsyncFnMut() -> bool) {
        let waiting = async {
            while !so().await {
                let ended = self.child.try_wait().expect("the program can be asked");
                assert_eq!(ended, None, "waiting until {what}: {}", self.log());
                sleep(GLANCE).await;
            }
        };
        let in_time = tokio::time::timeout(PATIENCE, waiting).await.is_ok();
        assert!(in_time, "waited in vain until {what}: {}", self.log());
    }

    /// Asks it to stop, as an orchestrator does; its exit code.
    pub async fn stop(mut self) -> Option<i32> {
        let told = Command::new("kill").arg("-TERM").arg(self.child.id().to_string()).status();
        assert!(told.expect("a system with signals").success());
        let mut ended = None;
        for _ in 0..400 {
            ended = self.child.try_wait().expect("the program can be asked");
            if ended.is_some() {
                break;
            }
            sleep(GLANCE).await;
        }
        ended.and_then(|status| status.code())
    }
}

impl Drop for Role {
    fn drop(&mut self) {
        // One that has ended already cannot be killed.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A port of the loopback that nobody listened on a moment ago.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    listener.local_addr().expect("a bound port").port()
}

/// The whole answer to a request for a page, its status line first; nothing where nobody answers.
pub async fn get(port: u16, path: &str) -> Option<String> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.ok()?;
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nAccept-Language: it\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.ok()?;
    Some(String::from_utf8_lossy(&answer).into_owned())
}
