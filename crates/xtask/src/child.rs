//! Processes that we start: each in a group of its own, none of which outlives us.

use std::fs::File;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, ChildStdout, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::{interrupt, paths, run};

/// How a process is asked to end.
#[derive(Clone, Copy)]
pub(crate) enum StopBy {
    /// SIGINT: what PostgreSQL calls a fast shutdown.
    Int,
    /// SIGTERM: what everybody else understands.
    Term,
}

impl StopBy {
    fn name(self) -> &'static str {
        match self {
            Self::Int => "INT",
            Self::Term => "TERM",
        }
    }
}

/// A process that ends when this value is dropped.
pub(crate) struct Running {
    name: String,
    child: Child,
    log: Option<PathBuf>,
    stop: StopBy,
}

/// A command whose process the kernel ends when ours dies, even by SIGKILL; as `user` if one is given.
///
/// `setpriv` (util-linux, on every Debian) does both; elsewhere only the guards are left.
pub(crate) fn command(program: impl AsRef<Path>, user: Option<&str>, stop: StopBy) -> Command {
    let Some(setpriv) = paths::program("setpriv") else { return Command::new(program.as_ref()) };
    let mut command = Command::new(setpriv);
    command.args(["--pdeathsig", stop.name()]);
    if let Some(user) = user {
        command.args(["--reuid", user, "--regid", user, "--init-groups"]);
        command.current_dir("/").env("HOME", "/nonexistent");
    }
    command.arg("--").arg(program.as_ref());
    command
}

impl Running {
    /// Starts a process that writes to the log file `log`.
    pub(crate) fn start(
        name: &str,
        mut command: Command,
        log: &Path,
        stop: StopBy,
    ) -> Result<Self> {
        let file = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
        command.stdout(file.try_clone()?).stderr(file);
        let child = command
            .process_group(0)
            .spawn()
            .with_context(|| format!("cannot start {}", run::describe(&command)))?;
        Ok(Self { name: name.to_owned(), child, log: Some(log.to_owned()), stop })
    }

    /// Starts a process whose output is where the caller has put it.
    pub(crate) fn attached(mut command: Command) -> Result<Self> {
        let name = run::describe(&command);
        let child =
            command.process_group(0).spawn().with_context(|| format!("cannot start {name}"))?;
        Ok(Self { name, child, log: None, stop: StopBy::Term })
    }

    /// The pipe of its output, where one was asked for.
    pub(crate) fn output(&mut self) -> Option<ChildStdout> {
        self.child.stdout.take()
    }

    /// The pipe of its errors, where one was asked for.
    pub(crate) fn errors(&mut self) -> Option<ChildStderr> {
        self.child.stderr.take()
    }

    /// Writes `text` to its input and closes it.
    pub(crate) fn feed(&mut self, text: &str) -> Result<()> {
        let mut input = self.child.stdin.take().context("the input is not a pipe")?;
        std::io::Write::write_all(&mut input, text.as_bytes())?;
        Ok(())
    }

    /// How it ended, if it did.
    pub(crate) fn ended(&mut self) -> Result<Option<ExitStatus>> {
        Ok(self.child.try_wait()?)
    }

    /// Fails, with the end of its log, when it is no longer there.
    pub(crate) fn check(&mut self) -> Result<()> {
        let Some(status) = self.ended()? else { return Ok(()) };
        bail!("{} ended by itself ({status}). {}", self.name, self.last_words())
    }

    fn last_words(&self) -> String {
        let log = self.log.as_deref().map(|log| run::tail(log, 20)).unwrap_or_default();
        format!("Its last lines:\n{log}")
    }

    /// Waits until `ready` says yes, as long as the process lives.
    pub(crate) fn wait_until(
        &mut self,
        limit: Duration,
        mut ready: impl FnMut() -> bool,
    ) -> Result<()> {
        let end = Instant::now() + limit;
        while !ready() {
            self.check()?;
            if Instant::now() >= end {
                bail!(
                    "{} was not ready within {} s. {}",
                    self.name,
                    limit.as_secs(),
                    self.last_words()
                );
            }
            interrupt::pause(Duration::from_millis(40))?;
        }
        Ok(())
    }

    /// Asks the whole group to end and makes sure that it does.
    fn stop(&mut self) {
        if !matches!(self.child.try_wait(), Ok(None)) {
            return;
        }
        signal_group(self.child.id(), self.stop.name());
        let end = Instant::now() + Duration::from_secs(15);
        while Instant::now() < end {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        signal_group(self.child.id(), "KILL");
        drop(self.child.wait());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The shell's own `kill` reaches a group; the standard library does not.
fn signal_group(group: u32, signal: &str) {
    let script = format!("kill -s {signal} -- -{group}");
    drop(Command::new("sh").args(["-c", &script]).stderr(Stdio::null()).status());
}
