//! The demo's officers: created once per comune, their credentials kept in the demo's folder.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::keys;

/// An officer and what `campanella officers create` said about the way in.
#[derive(Serialize, Deserialize)]
pub(crate) struct Officer {
    pub(crate) tenant: String,
    credentials: Map<String, Value>,
}

impl Officer {
    /// Reads the one line of JSON that the command prints.
    pub(crate) fn from_output(tenant: &str, output: &str) -> Result<Self> {
        let line = output.lines().rev().find(|line| line.starts_with('{'));
        let credentials = serde_json::from_str(line.context("officers create printed no JSON")?)?;
        Ok(Self { tenant: tenant.to_owned(), credentials })
    }

    /// Name and value of each credential, for the developer's eyes.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (&str, String)> {
        self.credentials.iter().map(|(name, value)| {
            (name.as_str(), value.as_str().map_or_else(|| value.to_string(), str::to_owned))
        })
    }
}

/// The officers of an earlier run.
pub(crate) fn read(folder: &Path) -> Result<Vec<Officer>> {
    let Ok(text) = fs::read(folder.join("officers.json")) else { return Ok(Vec::new()) };
    serde_json::from_slice(&text).context("officers.json is damaged; try --reset")
}

/// Keeps them for the next run.
pub(crate) fn write(folder: &Path, officers: &[Officer]) -> Result<()> {
    keys::write_private(&folder.join("officers.json"), &serde_json::to_vec_pretty(officers)?)
}

#[cfg(test)]
mod tests {
    use super::Officer;

    #[test]
    fn credentials_are_read_from_the_last_json_line() {
        let output = "a word before\n{\"email\":\"ufficio@montesole.example\",\"step\":30}\n";
        let officer = Officer::from_output("montesole", output).unwrap();
        let lines: Vec<_> = officer.lines().collect();
        assert_eq!(
            lines,
            [("email", "ufficio@montesole.example".to_owned()), ("step", "30".to_owned())]
        );
        assert!(Officer::from_output("montesole", "nothing").is_err());
    }
}
