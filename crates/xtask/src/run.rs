//! Commands that run to their end: waited for, stopped with us, their output shown or kept.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::child::Running;
use crate::{interrupt, progress};

/// Runs a command that talks to the terminal itself; fails when it fails.
pub(crate) fn visible(command: Command) -> Result<()> {
    let what = describe(&command);
    let status = finish(Running::attached(command)?)?;
    if status.success() { Ok(()) } else { bail!("{what} failed ({status})") }
}

/// Runs a command and gives back what it wrote to its output; fails, with its errors, when it fails.
pub(crate) fn captured(mut command: Command) -> Result<String> {
    let what = describe(&command);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = Running::attached(command)?;
    let output = running.output().map(slurp);
    let errors = running.errors().map(slurp);
    let status = finish(running)?;
    let text =
        |reader: Option<Slurp>| reader.and_then(|reader| reader.join().ok()).unwrap_or_default();
    let output = text(output);
    if !status.success() {
        bail!("{what} failed ({status}): {}", text(errors).trim());
    }
    Ok(output)
}

type Slurp = std::thread::JoinHandle<String>;

fn slurp(mut pipe: impl Read + Send + 'static) -> Slurp {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        drop(pipe.read_to_end(&mut bytes));
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// Runs a chatty command: its output goes to `log`, its latest line to the terminal.
pub(crate) fn logged(mut command: Command, log: &Path) -> Result<()> {
    let what = describe(&command);
    if let Some(folder) = log.parent() {
        fs::create_dir_all(folder)?;
    }
    let file = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(file.try_clone()?);
    let mut running = Running::attached(command)?;
    let latest = Arc::new(Mutex::new(String::new()));
    let reader = running.output().map(|output| follow(output, file, Arc::clone(&latest)));
    let status = watch(running, &latest)?;
    if let Some(reader) = reader {
        drop(reader.join());
    }
    if status.success() {
        return Ok(());
    }
    bail!("{what} failed ({status}). End of {}:\n{}", log.display(), tail(log, 25))
}

fn follow(
    output: impl Read + Send + 'static,
    mut log: File,
    latest: Arc<Mutex<String>>,
) -> std::thread::JoinHandle<()> {
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            drop(writeln!(log, "{line}"));
            if let Ok(mut slot) = latest.lock() {
                *slot = line;
            }
        }
    })
}

/// Waits for the command; a watcher sees its latest line change, a log file gets a sign of life.
fn watch(mut running: Running, latest: &Mutex<String>) -> Result<ExitStatus> {
    let watched = progress::is_watched();
    let every = if watched { Duration::from_millis(200) } else { Duration::from_secs(15) };
    let mut shown = Instant::now();
    let status = loop {
        if let Some(status) = running.ended()? {
            break status;
        }
        if shown.elapsed() >= every {
            shown = Instant::now();
            let line = latest.lock().map(|line| line.clone()).unwrap_or_default();
            if watched { progress::status(&line) } else { progress::note(&format!("… {line}")) }
        }
        interrupt::pause(Duration::from_millis(50))?;
    };
    if watched {
        progress::clear_status();
    }
    Ok(status)
}

fn finish(mut running: Running) -> Result<ExitStatus> {
    loop {
        if let Some(status) = running.ended()? {
            return Ok(status);
        }
        interrupt::pause(Duration::from_millis(30))?;
    }
}

/// The last lines of a log file, for an error message.
pub(crate) fn tail(log: &Path, lines: usize) -> String {
    let text =
        fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let all: Vec<&str> = text.lines().collect();
    let from = all.len().saturating_sub(lines);
    all.get(from..).unwrap_or_default().join("\n")
}

/// The command as one would type it, without its environment.
pub(crate) fn describe(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str()).to_string_lossy();
    let words = command.get_args().map(|word| word.to_string_lossy());
    std::iter::once(name).chain(words).take(8).collect::<Vec<_>>().join(" ")
}
