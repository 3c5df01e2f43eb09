//! Plural forms: `key.one`, `key.few`, … chosen by the rules of the language.

use crate::catalogue::{Args, t, try_t};
use domain::Locale;
use icu_locale_core::Locale as IcuLocale;
use icu_plurals::{PluralCategory, PluralRules, PluralRulesOptions};

/// The text for a number of things. `%{count}` is filled in; every language has `key.other`.
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
        // Italian, French and Spanish have "many" only for millions: the words are those of "other".
        PluralCategory::Many | PluralCategory::Other => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::{plural, suffix};
    use domain::Locale;

    #[test]
    fn the_language_chooses_the_form() {
        assert_eq!(
            [0, 1, 2, 1_000_000].map(|n| suffix(Locale::It, n)),
            ["other", "one", "other", "other"]
        );
        assert_eq!(plural(Locale::It, "shared.days", 1, &[]), "1 giorno");
        assert_eq!(plural(Locale::En, "shared.days", 30, &[]), "30 days");
    }
}
