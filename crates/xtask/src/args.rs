//! The words typed after `cargo xtask`: flags, values and the rest.

use anyhow::{Context, Result, bail};

/// Arguments not yet used; whatever is left at the end is a mistake of the caller.
pub(crate) struct Args(Vec<String>);

impl Args {
    pub(crate) fn from_environment() -> Self {
        Self(std::env::args().skip(1).collect())
    }

    /// Takes the first word, if there is one.
    pub(crate) fn positional(&mut self) -> Option<String> {
        if self.0.is_empty() { None } else { Some(self.0.remove(0)) }
    }

    /// Takes `--name`; true when it was there.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|word| word != name);
        self.0.len() != before
    }

    /// Takes `--name value` or `--name=value`.
    pub(crate) fn value(&mut self, name: &str) -> Result<Option<String>> {
        let prefix = format!("{name}=");
        if let Some(at) = self.0.iter().position(|word| word.starts_with(&prefix)) {
            return Ok(self.0.remove(at).strip_prefix(&prefix).map(str::to_owned));
        }
        let Some(at) = self.0.iter().position(|word| word == name) else { return Ok(None) };
        self.0.remove(at);
        if at >= self.0.len() {
            bail!("{name} needs a value");
        }
        Ok(Some(self.0.remove(at)))
    }

    /// Takes a number given as `--name N`.
    pub(crate) fn number(&mut self, name: &str) -> Result<Option<u16>> {
        self.value(name)?
            .map(|text| text.parse().with_context(|| format!("{name} {text}: not a port number")))
            .transpose()
    }

    /// Takes everything that is left.
    pub(crate) fn rest(self) -> Vec<String> {
        self.0
    }

    /// Refuses whatever nobody asked for.
    pub(crate) fn finish(self) -> Result<()> {
        match self.0.first() {
            None => Ok(()),
            Some(word) => {
                bail!("{word:?} means nothing here; `cargo xtask help` lists the options")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Args;

    fn args(words: &[&str]) -> Args {
        Args(words.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn values_are_taken_in_both_spellings() {
        let mut both = args(&["--port", "81", "--dir=x", "--reset"]);
        assert_eq!(both.number("--port").unwrap(), Some(81));
        assert_eq!(both.value("--dir").unwrap().as_deref(), Some("x"));
        assert!(both.flag("--reset"));
        assert!(both.finish().is_ok());
    }

    #[test]
    fn unknown_words_and_missing_values_are_refused() {
        assert!(args(&["--prot", "81"]).finish().is_err());
        assert!(args(&["--port"]).value("--port").is_err());
        assert!(args(&["--port", "many"]).number("--port").is_err());
    }
}
