//! Expected words: the catalogue's, so that a test breaks when the rule changes and not when a comma does.

use domain::Locale;

/// The Italian text of a key.
pub fn it(key: &str) -> String {
    i18n::t(Locale::It, key, &[])
}

/// The Italian text of a key with one value in it.
pub fn it_with(key: &str, name: &str, value: &str) -> String {
    i18n::t(Locale::It, key, &[(name, value)])
}

/// The English text of a key.
pub fn en(key: &str) -> String {
    i18n::t(Locale::En, key, &[])
}
