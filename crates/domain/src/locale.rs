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
    /// Français
    Fr,
    /// Español
    Es,
    /// Română
    Ro,
    /// Shqip
    Sq,
    /// العربية
    Ar,
    /// 简体中文
    #[serde(rename = "zh-Hans")]
    ZhHans,
    /// Українська
    Uk,
}

/// A language tag that is not offered.
#[derive(Debug, thiserror::Error)]
#[error("unknown language; known are: it, en, fr, es, ro, sq, ar, zh-Hans, uk")]
pub struct UnknownLocale;

impl Locale {
    /// All languages, Italian first.
    pub const ALL: [Self; 9] = [
        Self::It,
        Self::En,
        Self::Fr,
        Self::Es,
        Self::Ro,
        Self::Sq,
        Self::Ar,
        Self::ZhHans,
        Self::Uk,
    ];

    /// BCP 47 tag, as in `lang` and in the locale files.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::It => "it",
            Self::En => "en",
            Self::Fr => "fr",
            Self::Es => "es",
            Self::Ro => "ro",
            Self::Sq => "sq",
            Self::Ar => "ar",
            Self::ZhHans => "zh-Hans",
            Self::Uk => "uk",
        }
    }

    /// The language's own name, for the chooser.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::It => "Italiano",
            Self::En => "English",
            Self::Fr => "Français",
            Self::Es => "Español",
            Self::Ro => "Română",
            Self::Sq => "Shqip",
            Self::Ar => "العربية",
            Self::ZhHans => "中文",
            Self::Uk => "Українська",
        }
    }

    /// A short form of the own name, where there is room for no more.
    pub const fn short_name(self) -> &'static str {
        match self {
            Self::It => "ITA",
            Self::En => "ENG",
            Self::Fr => "FRA",
            Self::Es => "ESP",
            Self::Ro => "RON",
            Self::Sq => "SHQ",
            Self::Ar => "عربي",
            Self::ZhHans => "中文",
            Self::Uk => "УКР",
        }
    }

    /// Whether it is written in Latin letters, for which pages bring a face of their own.
    pub const fn is_latin(self) -> bool {
        match self {
            Self::It | Self::En | Self::Fr | Self::Es | Self::Ro | Self::Sq => true,
            Self::Ar | Self::ZhHans | Self::Uk => false,
        }
    }

    /// Writing direction, as in the `dir` attribute.
    pub const fn direction(self) -> &'static str {
        match self {
            Self::Ar => "rtl",
            Self::It
            | Self::En
            | Self::Fr
            | Self::Es
            | Self::Ro
            | Self::Sq
            | Self::ZhHans
            | Self::Uk => "ltr",
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

#[cfg(test)]
mod tests {
    use super::Locale;

    #[test]
    fn a_tag_is_the_same_word_everywhere() {
        for locale in Locale::ALL {
            assert_eq!(locale.tag().parse::<Locale>().unwrap(), locale);
            assert_eq!(serde_json::to_value(locale).unwrap(), locale.tag());
        }
        assert!("de".parse::<Locale>().is_err());
    }
}
