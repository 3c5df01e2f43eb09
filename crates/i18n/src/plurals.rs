//! Plural forms: `key.one`, `key.few`, … chosen by the rules of the language.

use crate::catalogue::{Args, t, try_t};
use domain::Locale;
use icu_locale_core::Locale as IcuLocale;
use icu_plurals::{PluralCategory, PluralRules, PluralRulesOptions};

/// The text for a number of things. `%{count}` is filled in; every language has `key.other`, which also stands in for
/// the form `many` that Italian, French and Spanish have for millions only.
pub fn plural(locale: Locale, key: &str, count: u64, args: Args<'_>) -> String {
    let number = count.to_string();
    let mut all = args.to_vec();
    all.push(("count", &number));
    try_t(locale, &format!("{key}.{}", suffix(locale, count)), &all)
        .unwrap_or_else(|| t(locale, &format!("{key}.other"), &all))
}

fn suffix(locale: Locale, count: u64) -> &'static str {
    let category = IcuLocale::try_from_str(locale.tag())
        .ok()
        .and_then(|tag| PluralRules::try_new(tag.into(), PluralRulesOptions::default()).ok())
        .map_or(PluralCategory::Other, |rules| rules.category_for(count));
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

/// The forms that each plural text of a language has, sorted.
#[cfg(test)]
pub(crate) fn forms(locale: Locale) -> Vec<&'static str> {
    use std::collections::BTreeSet;
    let numbers = (0..200).chain([1_000, 1_000_000]);
    let mut forms: BTreeSet<_> = numbers.map(|number| suffix(locale, number)).collect();
    forms.insert("other");
    if matches!(locale, Locale::It | Locale::Fr | Locale::Es) {
        forms.remove("many");
    }
    forms.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::{forms, plural, suffix};
    use domain::Locale;

    #[test]
    fn languages_have_as_many_forms_as_they_need() {
        assert_eq!(forms(Locale::It), ["one", "other"]);
        assert_eq!(forms(Locale::Ro), ["few", "one", "other"]);
        assert_eq!(forms(Locale::Uk), ["few", "many", "one", "other"]);
        assert_eq!(forms(Locale::Ar), ["few", "many", "one", "other", "two", "zero"]);
        assert_eq!(forms(Locale::ZhHans), ["other"]);
    }

    #[test]
    fn the_language_chooses_the_form() {
        assert_eq!(
            [0, 1, 2, 1_000_000].map(|n| suffix(Locale::It, n)),
            ["other", "one", "other", "many"]
        );
        assert_eq!(
            [0, 1, 2, 3, 11, 100].map(|n| suffix(Locale::Ar, n)),
            ["zero", "one", "two", "few", "many", "other"]
        );
        assert_eq!([1, 2, 5, 21].map(|n| suffix(Locale::Uk, n)), ["one", "few", "many", "one"]);
        assert_eq!([1, 2, 20].map(|n| suffix(Locale::Ro, n)), ["one", "few", "other"]);
        assert_eq!(suffix(Locale::ZhHans, 1), "other");
        assert!(plural(Locale::It, "shared.days", 1_000_000, &[]).ends_with("giorni"));
        assert_eq!(plural(Locale::It, "shared.days", 1, &[]), "1 giorno");
        assert_eq!(plural(Locale::En, "shared.days", 30, &[]), "30 days");
    }
}
