//! The variables: name, meaning, what they take. Help and refusals speak from this table.

use std::{
    fmt::Write as _,
    net::{IpAddr, Ipv4Addr, SocketAddr},
};

/// How the names of all variables begin.
pub(crate) const PREFIX: &str = "CAMPANELLA_";

/// Where requests are answered unless said otherwise: on this machine only.
pub(super) const DEFAULT_LISTEN: SocketAddr =
    SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);

/// One environment variable.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Variable {
    /// Name without the prefix.
    pub(crate) name: &'static str,
    /// What it is for.
    pub(crate) meaning: &'static str,
    /// What values it takes.
    pub(crate) allowed: &'static str,
}

impl Variable {
    /// Name as in the environment.
    pub(crate) fn full_name(self) -> String {
        format!("{PREFIX}{}", self.name)
    }
}

macro_rules! variables {
    ($($name:ident: $meaning:literal, $allowed:literal;)*) => {
        $(pub(super) const $name: Variable =
            Variable { name: stringify!($name), meaning: $meaning, allowed: $allowed };)*

        /// Every variable.
        pub(crate) const VARIABLES: &[Variable] = &[$($name),*];
    };
}

variables! {
    DATABASE_URL: "the database, as the application role", "postgres://user:password@host:5432/database";
    MIGRATE_DATABASE_URL: "the database, as the schema's owner; for `migrate` and `doctor` only",
        "postgres://user:password@host:5432/database";
    REDIS_URL: "budgets shared by all replicas", "redis://:password@host:6379, or rediss:// with TLS";
    OPERATOR_KEY: "wraps the keys of all tenants; losing it is losing every sealed answer",
        "32 random octets in base64; make them with: openssl rand -base64 32";
    OLD_OPERATOR_KEYS: "operator keys used before, which still unwrap", "keys like OPERATOR_KEY, separated by commas";
    LISTEN: "where `serve` answers requests", "an IP address with port; by default 127.0.0.1:8080";
    METRICS_LISTEN: "where `serve` and `work` show their figures, at /metrics",
        "an IP address with port; without it there are no figures";
    PUBLIC_URL: "where browsers reach the platform; links in mails begin with it",
        "https://host without a path; http:// only for localhost";
    SMTP_URL: "the mail relay",
        "smtps://user:password@host:465, smtp+starttls://user:password@host:587, or smtp://127.0.0.1:25";
    SMTP_CA_FILE: "certificate authorities of the relay, beside the public ones", "the path of a PEM file";
    LOG: "what is logged", "a filter such as info or info,web=debug; by default info";
    LOG_FORMAT: "how it is logged, on the standard error", "text or json; by default text";
    TRUSTED_PROXIES: "how many proxies of ours stand in front", "a number from 0; by default 0";
    OTLP_ENDPOINT: "collector of traces (OTLP over gRPC)", "http://host:4317; without it there are no traces";
    HASH_PERMITS: "passwords hashed at the same time, 19 MiB each", "a number from 1; by default 4";
    DB_MAX_CONNECTIONS: "most database connections of this process", "a number from 1 to 1000; by default 10";
    SPID_REGISTRY_URL: "the registry of SPID's identity providers, read by `work`",
        "https://… ; http:// only on this machine, for trials";
    SPID_REGISTRY_CERTIFICATE: "who signs that registry; nothing else is believed", "the path of a PEM file";
    CIE_METADATA_URL: "metadata of CIE's identity provider", "https://… ; http:// only on this machine, for trials";
    EIDAS_METADATA_URL: "metadata of the Italian eIDAS node", "https://… ; http:// only on this machine, for trials";
    EIDAS_CERTIFICATE: "who signs the eIDAS node's metadata", "the path of a PEM file; without it TLS must do";
    SIGNED_RESPONSES: "identity providers that sign their whole answer; one signed in part is then refused",
        "their entityIDs, separated by commas; by default the signed assertion is enough";
    AGGREGATOR_FILE: "the operator as SPID's aggregator of comuni", "the path of a TOML file; see tenants/README.md";
    IDENTITY_LOGOS: "the federations' brand images with their logos.toml", "the path of a folder; without it names are shown";
    WORK_SLOTS: "jobs that `work` does at the same time", "a number from 1; by default 4";
}

/// The part of `--help` about the environment.
pub(crate) fn help() -> String {
    let mut text = String::from("Environment variables; unknown ones are refused:\n");
    for variable in VARIABLES {
        let (name, meaning) = (variable.full_name(), variable.meaning);
        let _ =
            write!(text, "\n  {name}\n          {meaning}\n          takes {}", variable.allowed);
    }
    text
}
