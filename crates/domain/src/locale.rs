//! The languages the product speaks.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A language of the interface. Italian is the binding text.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Locale {
    /// Italiano
    #[default]
    It,
    /// English
    En,
}

/// A language tag that is not offered.
#[derive(Debug, thiserror::Error)]
#[error("unknown language; known are: it, en")]
pub struct UnknownLocale;

impl Locale {
    /// All languages, Italian first.
    pub const ALL: [Self; 2] = [Self::It, Self::En];

    /// BCP 47 tag, as in `lang` and in the locale files.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::It => "it",
            Self::En => "en",
        }
    }

    /// The language's own name, for the chooser.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::It => "Italiano",
            Self::En => "English",
        }
    }

    /// Writing direction, as in the `dir` attribute.
    pub const fn direction(self) -> &'static str {
        match self {
            Self::It | Self::En => "ltr",
        }
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl FromStr for Locale {
    type Err = UnknownLocale;
    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|locale| locale.tag() == tag).ok_or(UnknownLocale)
    }
}
