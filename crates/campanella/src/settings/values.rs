//! Reading single values; `None` is a value that cannot work.

use secrecy::SecretString;
use std::{net::SocketAddr, path::PathBuf};
use tracing_subscriber::EnvFilter;

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// One object per line, for machines.
    Json,
}

/// Whether the address is one, the crate that sends knows.
pub(super) fn smtp_url(text: &str) -> Option<SecretString> {
    let usable = mail::Transport::new(&mail::Settings::new(text)).is_ok();
    usable.then(|| SecretString::from(text))
}

pub(super) fn database_url(text: &str) -> Option<SecretString> {
    has_scheme(text, &["postgres", "postgresql"]).then(|| SecretString::from(text))
}

pub(super) fn redis_url(text: &str) -> Option<SecretString> {
    has_scheme(text, &["redis", "rediss"]).then(|| SecretString::from(text))
}

/// Whether the key is one, the crate with the ciphers knows.
pub(super) fn operator_key(text: &str) -> Option<SecretString> {
    let settings = secrets::Settings { operator_key: text.into(), old_operator_keys: Vec::new() };
    secrets::OperatorKeys::new(&settings).ok().map(|_| SecretString::from(text))
}

pub(super) fn operator_keys(text: &str) -> Option<Vec<SecretString>> {
    text.split(',').map(|key| operator_key(key.trim())).collect()
}

/// Scheme and host, perhaps a port. Plain HTTP would lose the cookies everywhere but on this machine.
pub(super) fn public_url(text: &str) -> Option<String> {
    let text = text.strip_suffix('/').unwrap_or(text);
    let (scheme, authority) = text.split_once("://")?;
    let host = match authority.rsplit_once(':') {
        Some((host, port)) => port.parse::<u16>().ok().map(|_| host)?,
        None => authority,
    };
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-');
    if host.is_empty() || !host.chars().all(plain) {
        return None;
    }
    let local = matches!(host, "localhost" | "127.0.0.1") || host.ends_with(".localhost");
    (scheme == "https" || scheme == "http" && local).then(|| text.to_owned())
}

pub(super) fn entity_ids(text: &str) -> Option<Vec<String>> {
    let ids: Vec<String> = text.split(',').map(|id| id.trim().to_owned()).collect();
    ids.iter().all(|id| has_scheme(id, &["https", "http"])).then_some(ids)
}

pub(super) fn file(text: &str) -> Option<PathBuf> {
    let path = PathBuf::from(text);
    path.is_file().then_some(path)
}

pub(super) fn folder(text: &str) -> Option<PathBuf> {
    let path = PathBuf::from(text);
    path.is_dir().then_some(path)
}

/// Plain HTTP stays on this machine.
pub(super) fn metadata_url(text: &str) -> Option<String> {
    let (scheme, rest) = text.split_once("://")?;
    let authority = rest.split('/').next()?;
    let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
    let local = matches!(host, "localhost" | "127.0.0.1");
    let plain = !text.contains(|c: char| c.is_whitespace() || c.is_control());
    let good = plain && !host.is_empty() && (scheme == "https" || scheme == "http" && local);
    good.then(|| text.to_owned())
}

pub(super) fn address(text: &str) -> Option<SocketAddr> {
    text.parse().ok()
}

pub(super) fn log_filter(text: &str) -> Option<String> {
    EnvFilter::builder().parse(text).ok().map(|_| text.to_owned())
}

pub(super) fn log_format(text: &str) -> Option<LogFormat> {
    match text {
        "text" => Some(LogFormat::Text),
        "json" => Some(LogFormat::Json),
        _ => None,
    }
}

pub(super) fn otlp_endpoint(text: &str) -> Option<String> {
    has_scheme(text, &["http"]).then(|| text.to_owned())
}

pub(super) fn count(text: &str) -> Option<usize> {
    text.parse().ok()
}

pub(super) fn at_least_one(text: &str) -> Option<usize> {
    count(text).filter(|number| *number >= 1)
}

pub(super) fn small_number(text: &str) -> Option<u32> {
    text.parse().ok().filter(|number| (1..=1000).contains(number))
}

fn has_scheme(text: &str, schemes: &[&str]) -> bool {
    text.split_once("://")
        .is_some_and(|(scheme, rest)| schemes.contains(&scheme) && !rest.is_empty())
}
