//! Settings of the program: environment variables that begin with `CAMPANELLA_`, and nothing else.

mod identity;
mod reader;
mod values;
mod variables;

use anyhow::{Context as _, Result, bail};
use reader::Reader;
use secrecy::{ExposeSecret as _, SecretString};
use std::{collections::BTreeMap, net::SocketAddr, path::PathBuf};
use variables as v;

pub(crate) use values::LogFormat;
#[cfg(test)]
pub(crate) use variables::VARIABLES;
pub(crate) use variables::help;

/// Everything the environment says. What a command needs and does not find, it asks for by name.
#[derive(Debug)]
pub(crate) struct Settings {
    database_url: Option<SecretString>,
    migrate_database_url: Option<SecretString>,
    redis_url: Option<SecretString>,
    operator_key: Option<SecretString>,
    old_operator_keys: Vec<SecretString>,
    public_url: Option<String>,
    smtp_url: Option<SecretString>,
    smtp_ca_file: Option<PathBuf>,
    db_max_connections: u32,
    pub(crate) listen: SocketAddr,
    pub(crate) metrics_listen: Option<SocketAddr>,
    pub(crate) log: String,
    pub(crate) log_format: LogFormat,
    pub(crate) trusted_proxies: usize,
    pub(crate) otlp_endpoint: Option<String>,
    pub(crate) hash_permits: usize,
    pub(crate) work_slots: usize,
    spid_registry_url: Option<String>,
    spid_registry_certificate: Option<PathBuf>,
    cie_metadata_url: Option<String>,
    eidas_metadata_url: Option<String>,
    eidas_certificate: Option<PathBuf>,
    signed_responses: Vec<String>,
    aggregator_file: Option<PathBuf>,
    identity_logos: Option<PathBuf>,
}

impl Settings {
    /// Reads the environment; refuses unknown names and values that cannot work, all at once.
    pub(crate) fn from_environment() -> Result<Self> {
        let mut found = BTreeMap::new();
        for (name, value) in std::env::vars_os() {
            let Some(name) = name.to_str().filter(|name| name.starts_with(v::PREFIX)) else {
                continue;
            };
            let value = value.into_string().ok();
            let value = value.with_context(|| format!("{name} is not UTF-8 text"))?;
            found.insert(name.to_owned(), value);
        }
        Self::read(found)
    }

    fn read(found: BTreeMap<String, String>) -> Result<Self> {
        let mut reader = Reader::new(found);
        let settings = Self::take(&mut reader);
        let problems = reader.finish();
        if problems.is_empty() {
            return Ok(settings);
        }
        bail!("the settings are refused:\n{}", problems.join("\n"))
    }

    fn take(reader: &mut Reader) -> Self {
        Self {
            database_url: reader.optional(v::DATABASE_URL, values::database_url),
            migrate_database_url: reader.optional(v::MIGRATE_DATABASE_URL, values::database_url),
            redis_url: reader.optional(v::REDIS_URL, values::redis_url),
            operator_key: reader.optional(v::OPERATOR_KEY, values::operator_key),
            old_operator_keys: reader
                .optional(v::OLD_OPERATOR_KEYS, values::operator_keys)
                .unwrap_or_default(),
            public_url: reader.optional(v::PUBLIC_URL, values::public_url),
            smtp_url: reader.optional(v::SMTP_URL, values::smtp_url),
            smtp_ca_file: reader.optional(v::SMTP_CA_FILE, values::file),
            db_max_connections: reader.with_default(
                v::DB_MAX_CONNECTIONS,
                values::small_number,
                10,
            ),
            listen: reader.with_default(v::LISTEN, values::address, v::DEFAULT_LISTEN),
            metrics_listen: reader.optional(v::METRICS_LISTEN, values::address),
            log: reader.with_default(v::LOG, values::log_filter, "info".to_owned()),
            log_format: reader.with_default(v::LOG_FORMAT, values::log_format, LogFormat::Text),
            trusted_proxies: reader.with_default(v::TRUSTED_PROXIES, values::count, 0),
            otlp_endpoint: reader.optional(v::OTLP_ENDPOINT, values::otlp_endpoint),
            hash_permits: reader.with_default(v::HASH_PERMITS, values::at_least_one, 4),
            work_slots: reader.with_default(v::WORK_SLOTS, values::at_least_one, 4),
            spid_registry_url: reader.optional(v::SPID_REGISTRY_URL, values::metadata_url),
            spid_registry_certificate: reader.optional(v::SPID_REGISTRY_CERTIFICATE, values::file),
            cie_metadata_url: reader.optional(v::CIE_METADATA_URL, values::metadata_url),
            eidas_metadata_url: reader.optional(v::EIDAS_METADATA_URL, values::metadata_url),
            eidas_certificate: reader.optional(v::EIDAS_CERTIFICATE, values::file),
            signed_responses: reader
                .optional(v::SIGNED_RESPONSES, values::entity_ids)
                .unwrap_or_default(),
            aggregator_file: reader.optional(v::AGGREGATOR_FILE, values::file),
            identity_logos: reader.optional(v::IDENTITY_LOGOS, values::folder),
        }
    }

    /// The database, as the application role.
    pub(crate) fn storage(&self) -> Result<storage::Settings> {
        let database_url = required(self.database_url.as_ref(), v::DATABASE_URL)?.clone();
        Ok(storage::Settings { database_url, max_connections: self.db_max_connections })
    }

    /// The database, as the schema's owner.
    pub(crate) fn owner_url(&self) -> Result<&SecretString> {
        required(self.migrate_database_url.as_ref(), v::MIGRATE_DATABASE_URL)
    }

    /// The shared budgets.
    pub(crate) fn limits(&self) -> Result<limits::Settings> {
        let redis_url = required(self.redis_url.as_ref(), v::REDIS_URL)?.clone();
        Ok(limits::Settings { redis_url, local_keys: 100_000 })
    }

    /// The operator's keys.
    pub(crate) fn secrets(&self) -> Result<secrets::Settings> {
        let operator_key = required(self.operator_key.as_ref(), v::OPERATOR_KEY)?.clone();
        Ok(secrets::Settings { operator_key, old_operator_keys: self.old_operator_keys.clone() })
    }

    /// The way to the mail relay.
    pub(crate) fn mail(&self) -> Result<mail::Settings> {
        let url = required(self.smtp_url.as_ref(), v::SMTP_URL)?.expose_secret();
        Ok(mail::Settings { ca_file: self.smtp_ca_file.clone(), ..mail::Settings::new(url) })
    }

    /// Address under which browsers reach the platform, without a slash at the end.
    pub(crate) fn public_url(&self) -> Result<&str> {
        required(self.public_url.as_deref(), v::PUBLIC_URL)
    }

    /// Host of that address, where it is set.
    pub(crate) fn shared_host(&self) -> Option<String> {
        tenants::host_of(self.public_url.as_deref()?.split_once("://")?.1)
    }
}

fn required<T>(value: Option<T>, variable: v::Variable) -> Result<T> {
    value.with_context(|| {
        format!("{} is not set; it takes {}", variable.full_name(), variable.allowed)
    })
}

#[cfg(test)]
mod tests;
