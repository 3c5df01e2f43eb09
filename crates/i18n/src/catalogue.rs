//! Look-up of a text by key, with its placeholders filled.

use crate::isolation;
use domain::Locale;
use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicUsize, Ordering},
};

/// Values for the `%{name}` placeholders of a text.
pub type Args<'a> = &'a [(&'a str, &'a str)];

static MISSING: AtomicUsize = AtomicUsize::new(0);

/// The text for a key. A missing key or placeholder is counted and shown as the key itself,
/// because a page with one odd word serves a family better than no page.
pub fn t(locale: Locale, key: &str, args: Args<'_>) -> String {
    try_t(locale, key, args).unwrap_or_else(|| {
        MISSING.fetch_add(1, Ordering::Relaxed);
        key.to_owned()
    })
}

/// The text for a key, or nothing when the key is unknown in Italian too.
pub fn try_t(locale: Locale, key: &str, args: Args<'_>) -> Option<String> {
    generated::find(locale.tag(), key).map(|text| fill(locale, &text, args))
}

/// How many look-ups have failed since the program started; tests demand zero.
pub fn missing_count() -> usize {
    MISSING.load(Ordering::Relaxed)
}

/// Every key of one language with its text, without fallback, for checks.
pub fn locale_keys(locale: Locale) -> BTreeMap<String, String> {
    generated::messages(locale.tag())
}

fn fill(locale: Locale, text: &str, args: Args<'_>) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("%{") {
        filled.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            filled.push_str("%{");
            rest = after;
            continue;
        };
        if let Some((_, value)) = args.iter().find(|(known, _)| *known == name) {
            isolation::push(locale, value, &mut filled);
        } else {
            MISSING.fetch_add(1, Ordering::Relaxed);
            filled.push_str(name);
        }
        rest = tail;
    }
    filled.push_str(rest);
    filled
}

/// What the macro writes; its functions are hidden by their authors, so nothing else sees them.
#[expect(clippy::disallowed_methods, reason = "the macro itself mentions the global locale")]
mod generated {
    use std::collections::BTreeMap;

    rust_i18n::i18n!("../../locales", fallback = "it");

    pub(super) fn find(locale: &str, key: &str) -> Option<String> {
        _rust_i18n_try_translate(locale, key).map(std::borrow::Cow::into_owned)
    }

    pub(super) fn messages(locale: &str) -> BTreeMap<String, String> {
        _rust_i18n_backend()
            .messages_for_locale(locale)
            .unwrap_or_default()
            .into_iter()
            .map(|(key, text)| (key.into_owned(), text.into_owned()))
            .collect()
    }
}

#[cfg(test)]
mod tests;
