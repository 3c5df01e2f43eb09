//! The command line.

use crate::settings;
use clap::{Args, Parser, Subcommand};
use domain::EmailAddress;
use std::path::PathBuf;

/// Enrolments for the school services of Italian comuni.
#[derive(Debug, Parser)]
#[command(name = "campanella", version, about, after_long_help = settings::help())]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Answer requests of families and officers.
    Serve,
    /// Send mails and erase what has expired.
    Work,
    /// Bring the database schema up to date, as its owner.
    Migrate,
    /// Check or load the tenants' files.
    #[command(subcommand)]
    Tenants(Tenants),
    /// People of the school offices.
    #[command(subcommand)]
    Officers(Officers),
    /// Look whether everything this program needs is there and in order.
    Doctor,
}

/// What to do with tenants' files.
#[derive(Debug, Subcommand)]
pub(crate) enum Tenants {
    /// Read every tenant of a folder and list all mistakes with file, line and key.
    Check {
        /// The folder with one folder per tenant.
        folder: PathBuf,
    },
    /// Load every tenant without mistakes into the database; running programs follow within seconds.
    Apply {
        /// The folder with one folder per tenant.
        folder: PathBuf,
        /// Lay the enrolment windows around today, as each window's `demo` says.
        #[arg(long)]
        demo_windows: bool,
        /// Tell mistakes, but fail only when something else is wrong: one comune's slip must not undo a release.
        #[arg(long)]
        lenient: bool,
    },
}

/// What to do with officers.
#[derive(Debug, Subcommand)]
pub(crate) enum Officers {
    /// Create an account; prints its credentials once, as one line of JSON.
    Create(CreateOfficer),
}

/// A new officer.
#[derive(Debug, Args)]
pub(crate) struct CreateOfficer {
    /// Folder name of the tenant.
    #[arg(long)]
    pub(crate) tenant: String,
    /// Address to sign in with.
    #[arg(long)]
    pub(crate) email: EmailAddress,
    /// Name shown in the history.
    #[arg(long)]
    pub(crate) name: String,
}

#[cfg(test)]
mod tests {
    use super::{Arguments, Command, Tenants};
    use clap::{CommandFactory as _, Parser as _};

    #[test]
    fn the_commands_are_consistent_and_help_names_every_variable() {
        let mut command = Arguments::command();
        command.clone().debug_assert();
        let help = command.render_long_help().to_string();
        for variable in crate::settings::VARIABLES {
            assert!(help.contains(&variable.full_name()), "{}", variable.name);
        }
    }

    #[test]
    fn demo_windows_come_before_or_after_the_folder() {
        for line in [
            ["campanella", "tenants", "apply", "--demo-windows", "tenants"],
            ["campanella", "tenants", "apply", "tenants", "--demo-windows"],
        ] {
            let parsed = Arguments::try_parse_from(line).unwrap();
            let Command::Tenants(Tenants::Apply { demo_windows, .. }) = parsed.command else {
                panic!("another command");
            };
            assert!(demo_windows);
        }
    }
}
