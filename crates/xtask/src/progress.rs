//! What the developer sees while a command works; the only place that prints.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line speaks on its terminal"
)]

use std::io::{IsTerminal, Write};

/// A new piece of work begins.
pub(crate) fn step(text: &str) {
    println!("\n==> {text}");
}

/// A detail of the present step.
pub(crate) fn note(text: &str) {
    println!("    {text}");
}

/// Text meant to be read or copied as it stands.
pub(crate) fn plain(text: &str) {
    println!("{text}");
}

/// A failure about which everything has been said already.
#[derive(Debug)]
pub(crate) struct Said;

impl std::fmt::Display for Said {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("failed as said above")
    }
}

impl std::error::Error for Said {}

/// The last word of a command that failed, with every cause.
pub(crate) fn failure(error: &anyhow::Error) {
    if !error.is::<Said>() {
        eprintln!("\nerror: {error:#}");
    }
}

/// Whether somebody watches, so that a line may be rewritten in place.
pub(crate) fn is_watched() -> bool {
    std::io::stdout().is_terminal()
}

/// Shows where a long command stands, in one line that the next call overwrites.
pub(crate) fn status(text: &str) {
    let short: String = text.chars().filter(|c| !c.is_control()).take(100).collect();
    print!("\r\x1b[2K    {short}");
    drop(std::io::stdout().flush());
}

/// Removes the line left by [`status`].
pub(crate) fn clear_status() {
    print!("\r\x1b[2K");
    drop(std::io::stdout().flush());
}
