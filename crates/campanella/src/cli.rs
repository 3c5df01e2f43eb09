//! The command line.

use crate::settings;
use clap::{Args, Parser, Subcommand, ValueEnum};
use domain::EmailAddress;
use jiff::civil::Date;
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
    /// Keys, metadata and register of SPID and CIE.
    #[command(subcommand)]
    Spid(Spid),
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

/// What to do for SPID and CIE.
#[derive(Debug, Subcommand)]
pub(crate) enum Spid {
    /// Key pairs with which metadata and requests are signed.
    #[command(subcommand)]
    Keys(Keys),
    /// What the federations are handed.
    #[command(subcommand)]
    Metadata(Metadata),
    /// The identity providers that people can come from.
    #[command(subcommand)]
    Providers(Providers),
    /// Print a stretch of the register of sign-ins, as lines of JSON; who asks for it must say why.
    Register(Register),
}

/// What to do about identity providers.
#[derive(Debug, Subcommand)]
pub(crate) enum Providers {
    /// Read their metadata now, as `work` does every six hours; running replicas follow within seconds.
    Refresh,
}

/// What to do with metadata.
#[derive(Debug, Subcommand)]
pub(crate) enum Metadata {
    /// Judge the metadata of the comuni as the federations will.
    Check {
        /// Folder name of one tenant; without it, all that have [digital_identity].
        #[arg(long)]
        tenant: Option<String>,
    },
    /// Judge a metadata file from elsewhere; needs no database.
    CheckFile {
        /// The file.
        file: PathBuf,
        /// By which rules.
        #[arg(long, value_enum)]
        profile: Profile,
    },
    /// Write the ZIP for onboarding: every document, and a summary.
    Export {
        /// Folder name of a tenant; repeat it for several.
        #[arg(long = "tenant", required = true)]
        tenants: Vec<String>,
        /// The file to write.
        #[arg(long)]
        out: PathBuf,
    },
}

/// Rules of a metadata file.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Profile {
    /// SPID, a public body by itself.
    Public,
    /// SPID, a public body under a full aggregator.
    PubAgFull,
    /// CIE.
    Cie,
}

/// Whose keys.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Owner {
    /// Those of this tenant (folder name).
    #[arg(long)]
    pub(crate) tenant: Option<String>,
    /// Those of the operator, for the comuni it aggregates.
    #[arg(long)]
    pub(crate) operator: bool,
}

/// What to do with key pairs.
#[derive(Debug, Subcommand)]
pub(crate) enum Keys {
    /// Make a pair with a self-signed certificate after the federations' profile. The first signs at once, a later one
    /// is published beside it.
    New {
        #[command(flatten)]
        owner: Owner,
        /// Days for which the certificate is good.
        #[arg(long, default_value_t = 1095, value_parser = clap::value_parser!(u32).range(1..=3650))]
        days: u32,
    },
    /// Make a private key and a request for a certificate that somebody else issues.
    Request {
        #[command(flatten)]
        owner: Owner,
        /// The folder to write them into.
        #[arg(long)]
        out: PathBuf,
    },
    /// Keep a pair that was made elsewhere.
    Import {
        #[command(flatten)]
        owner: Owner,
        /// The private key (PEM, not encrypted).
        #[arg(long)]
        private_key: PathBuf,
        /// Its certificate (PEM).
        #[arg(long)]
        certificate: PathBuf,
    },
    /// List the pairs.
    List {
        #[command(flatten)]
        owner: Owner,
    },
    /// Let the next pair sign; the one before stays published.
    Roll {
        #[command(flatten)]
        owner: Owner,
    },
    /// Give the next pair up before it has signed anything, and erase its private half.
    Discard {
        #[command(flatten)]
        owner: Owner,
    },
    /// Publish the previous pair no longer, and erase its private half.
    Retire {
        #[command(flatten)]
        owner: Owner,
    },
}

/// A stretch of the register.
#[derive(Debug, Args)]
pub(crate) struct Register {
    /// Folder name of the tenant.
    #[arg(long)]
    pub(crate) tenant: String,
    /// First day.
    #[arg(long)]
    pub(crate) from: Date,
    /// Last day.
    #[arg(long)]
    pub(crate) to: Date,
    /// Why it is read; goes into the audit trail.
    #[arg(long)]
    pub(crate) reason: String,
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
