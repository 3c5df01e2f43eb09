//! Where and how to hand mail over.

use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use std::{net::IpAddr, path::PathBuf, time::Duration};
use url::{Host, Url};

/// How mail leaves the platform.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The relay: `smtps://user:password@host:465` (encrypted at once, the best choice),
    /// `smtp+starttls://user:password@host:587`, or `smtp://127.0.0.1:25` (plain).
    /// User and password are percent-encoded where needed.
    pub smtp_url: SecretString,
    /// Accept plain `smtp://` to another machine too.
    #[serde(default)]
    pub allow_plain: bool,
    /// Extra certificate authorities (PEM) beside the public ones.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
    /// Seconds that connecting and sending may take, each.
    #[serde(default = "default_timeout")]
    pub timeout_seconds: u64,
    /// Most connections at the same time.
    #[serde(default = "default_pool_size")]
    pub pool_size: usize,
    /// Name to greet the relay with; by default the machine's.
    #[serde(default)]
    pub helo_name: Option<String>,
}

/// Settings that cannot work. The address is not repeated: it may hold a password.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// No address.
    #[error(
        "the mail server's address is not readable; write it like \
         smtps://user:password@host:465, smtp+starttls://host:587 or smtp://127.0.0.1:25"
    )]
    Url,
    /// Mails and passwords would travel unencrypted.
    #[error("plain smtp:// is for this machine only; use smtps:// or smtp+starttls://")]
    Plain,
    /// Not a host name.
    #[error("the greeting name is not a host name")]
    HeloName,
    /// The file cannot be read.
    #[error("the certificate file cannot be read")]
    CaFile(#[source] std::io::Error),
    /// The file holds no usable certificate.
    #[error("the certificate file holds no certificate in PEM form")]
    CaContent,
    /// Nothing could ever be sent.
    #[error("pool size and timeout must be above zero")]
    Zero,
}

/// How the connection is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encryption {
    None,
    StartTls,
    Implicit,
}

/// The address, taken apart.
pub(crate) struct Endpoint {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) encryption: Encryption,
    pub(crate) credentials: Option<(String, SecretString)>,
}

const fn default_timeout() -> u64 {
    30
}

const fn default_pool_size() -> usize {
    4
}

impl Settings {
    /// These settings with all defaults.
    pub fn new(smtp_url: impl Into<String>) -> Self {
        Self {
            smtp_url: SecretString::from(smtp_url.into()),
            allow_plain: false,
            ca_file: None,
            timeout_seconds: default_timeout(),
            pool_size: default_pool_size(),
            helo_name: None,
        }
    }

    pub(crate) fn timeout(&self) -> Duration {
        Duration::from_secs(self.timeout_seconds)
    }

    pub(crate) fn endpoint(&self) -> Result<Endpoint, SettingsError> {
        if self.pool_size == 0 || self.timeout_seconds == 0 {
            return Err(SettingsError::Zero);
        }
        let url = Url::parse(self.smtp_url.expose_secret()).map_err(|_| SettingsError::Url)?;
        let (encryption, default_port) = match url.scheme() {
            "smtp" => (Encryption::None, 25),
            "smtp+starttls" => (Encryption::StartTls, 587),
            "smtps" => (Encryption::Implicit, 465),
            _ => return Err(SettingsError::Url),
        };
        let surplus = !matches!(url.path(), "" | "/") || url.query().is_some();
        if surplus || url.fragment().is_some() {
            return Err(SettingsError::Url);
        }
        let host = match url.host() {
            Some(Host::Domain(name)) if is_host_name(name) => name.to_owned(),
            Some(Host::Ipv4(ip)) => ip.to_string(),
            Some(Host::Ipv6(ip)) => ip.to_string(),
            _ => return Err(SettingsError::Url),
        };
        if encryption == Encryption::None && !self.allow_plain && !is_loopback(&host) {
            return Err(SettingsError::Plain);
        }
        let credentials = credentials(&url)?;
        Ok(Endpoint { host, port: url.port().unwrap_or(default_port), encryption, credentials })
    }
}

fn credentials(url: &Url) -> Result<Option<(String, SecretString)>, SettingsError> {
    let decode = |text: &str| percent_decode(text).ok_or(SettingsError::Url);
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        ("", Some(_)) | (_, None) => Err(SettingsError::Url),
        (user, Some(password)) => Ok(Some((decode(user)?, SecretString::from(decode(password)?)))),
    }
}

fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut digit = || char::from(rest.next()?).to_digit(16);
            let value = digit()? * 16 + digit()?;
            bytes.push(u8::try_from(value).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok().filter(|text| !text.contains(char::is_control))
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Letters, digits, hyphens and dots only.
pub(crate) fn is_host_name(name: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    !name.is_empty() && name.len() <= 253 && name.chars().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::{Encryption, Settings, SettingsError};
    use secrecy::ExposeSecret as _;

    #[test]
    fn addresses_are_taken_apart() {
        let endpoint =
            Settings::new("smtps://uf%40ficio:p%3Aw@mail.example.it").endpoint().unwrap();
        assert_eq!((endpoint.host.as_str(), endpoint.port), ("mail.example.it", 465));
        assert_eq!(endpoint.encryption, Encryption::Implicit);
        let (user, password) = endpoint.credentials.unwrap();
        assert_eq!((user.as_str(), password.expose_secret()), ("uf@ficio", "p:w"));
        let endpoint = Settings::new("smtp+starttls://[::1]:2525").endpoint().unwrap();
        assert_eq!((endpoint.host.as_str(), endpoint.port), ("::1", 2525));
    }

    #[test]
    fn plain_is_for_this_machine_unless_said_otherwise() {
        for url in ["smtp://127.0.0.1:2525", "smtp://localhost", "smtp://[::1]"] {
            assert!(Settings::new(url).endpoint().is_ok(), "{url}");
        }
        for url in ["smtp://mail.example.it", "smtp://10.0.0.1", "smtp://localhost.example.it"] {
            assert!(matches!(Settings::new(url).endpoint(), Err(SettingsError::Plain)), "{url}");
        }
        let allowed = Settings { allow_plain: true, ..Settings::new("smtp://mail.example.it") };
        assert!(allowed.endpoint().is_ok());
    }

    #[test]
    fn what_cannot_work_is_refused() {
        for url in [
            "",
            "mail.example.it",
            "http://mail.example.it",
            "smtps://",
            "smtps://mail.example.it/x",
            "smtps://mail.example.it?tls=none",
            "smtps://user@mail.example.it",
            "smtps://u:%0d%0a@mail.example.it",
        ] {
            assert!(matches!(Settings::new(url).endpoint(), Err(SettingsError::Url)), "{url}");
        }
    }

    #[test]
    fn the_password_is_not_shown_and_unknown_keys_are_refused() {
        let json = r#"{"smtp_url": "smtps://u:segreta@mail.example.it"}"#;
        let settings: Settings = serde_json::from_str(json).unwrap();
        assert!(!format!("{settings:?}").contains("segreta"));
        assert!(serde_json::from_str::<Settings>(r#"{"smtp_url": "x", "tls": 1}"#).is_err());
    }
}
