//! A short text in several languages, Italian always among them.

use crate::Locale;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Text written by a tenant. Plain text: never markup, never a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "BTreeMap<Locale, String>", into = "BTreeMap<Locale, String>")]
pub struct LocalisedText(BTreeMap<Locale, String>);

/// A text that cannot be shown to everybody.
#[derive(Debug, thiserror::Error)]
pub enum LocalisedTextError {
    /// The binding language is missing.
    #[error("the Italian text is missing; write it as `it = \"…\"`")]
    ItalianMissing,
    /// A language is there with nothing in it.
    #[error("the text in `{0}` is empty; write it or leave the language out")]
    Empty(Locale),
}

impl TryFrom<BTreeMap<Locale, String>> for LocalisedText {
    type Error = LocalisedTextError;
    fn try_from(texts: BTreeMap<Locale, String>) -> Result<Self, Self::Error> {
        if !texts.contains_key(&Locale::It) {
            return Err(LocalisedTextError::ItalianMissing);
        }
        match texts.iter().find(|(_, text)| text.trim().is_empty()) {
            Some((locale, _)) => Err(LocalisedTextError::Empty(*locale)),
            None => Ok(Self(texts)),
        }
    }
}

impl From<LocalisedText> for BTreeMap<Locale, String> {
    fn from(text: LocalisedText) -> Self {
        text.0
    }
}

impl LocalisedText {
    /// A text in Italian only.
    pub fn italian(text: impl Into<String>) -> Self {
        Self(BTreeMap::from([(Locale::It, text.into())]))
    }

    /// The text in a language, or in Italian where that language is missing.
    pub fn get(&self, locale: Locale) -> &str {
        self.0.get(&locale).or_else(|| self.0.get(&Locale::It)).map_or("", String::as_str)
    }

    /// Whether the text exists in that very language.
    pub fn has(&self, locale: Locale) -> bool {
        self.0.contains_key(&locale)
    }
}

#[cfg(test)]
mod tests {
    use super::LocalisedText;
    use crate::Locale;

    #[test]
    fn falls_back_to_italian() {
        let text: LocalisedText = serde_json::from_str(r#"{"it":"Alunno"}"#).unwrap();
        assert_eq!(text.get(Locale::En), "Alunno");
        assert!(!text.has(Locale::En));
        assert_eq!(serde_json::to_string(&text).unwrap(), r#"{"it":"Alunno"}"#);
    }

    #[test]
    fn italian_is_mandatory_and_nothing_is_empty() {
        let missing = serde_json::from_str::<LocalisedText>(r#"{"en":"Pupil"}"#).unwrap_err();
        assert!(missing.to_string().contains("the Italian text is missing"));
        let empty = serde_json::from_str::<LocalisedText>(r#"{"it":"A","en":" "}"#).unwrap_err();
        assert!(empty.to_string().contains("the text in `en` is empty"));
        assert!(serde_json::from_str::<LocalisedText>(r#"{"it":"A","xx":"B"}"#).is_err());
    }
}
