//! The binary: one program, several roles (`serve`, `work`, `migrate`, …).

mod cli;
mod clock;
mod commands;
mod compose;
mod connections;
mod settings;
mod stop;
mod telemetry;
mod watch;

use clap::Parser as _;
use std::{io::Write as _, process::ExitCode};

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = cli::Arguments::parse();
    match commands::run(arguments.command).await {
        Ok(code) => code,
        Err(error) => {
            // Every cause on its own line; none holds a secret or personal data.
            let mut console = std::io::stderr().lock();
            let _ = writeln!(console, "error: {error}");
            for cause in error.chain().skip(1) {
                let _ = writeln!(console, "  because: {cause}");
            }
            ExitCode::FAILURE
        }
    }
}
