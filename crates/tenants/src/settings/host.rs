//! Host names, compared as the web compares them.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A host name in lower case, without port and without trailing dot.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Host(String);

/// Not a host name.
#[derive(Debug, thiserror::Error)]
#[error(
    "not a host name; write it like \"iscrizioni.comune.example.it\": lower case, no scheme, no port"
)]
pub struct HostError;

impl TryFrom<String> for Host {
    type Error = HostError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let label = |label: &str| {
            let word = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
            (1..=63).contains(&label.len())
                && label.bytes().all(word)
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let numeric = text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let named = text.len() <= 253 && text.contains('.') && text.split('.').all(label);
        if named && !numeric { Ok(Self(text)) } else { Err(HostError) }
    }
}

impl From<Host> for String {
    fn from(host: Host) -> Self {
        host.0
    }
}

impl Host {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Host;

    #[test]
    fn only_plain_host_names_are_taken() {
        assert!(Host::try_from("iscrizioni.comune.example.it".to_owned()).is_ok());
        for wrong in [
            "",
            "localhost",
            "A.it",
            "a.it:80",
            "https://a.it",
            "a.it.",
            "-a.it",
            "a..it",
            "127.0.0.1",
            "a b.it",
            "è.it",
        ] {
            assert!(Host::try_from(wrong.to_owned()).is_err(), "{wrong}");
        }
    }
}
