//! The reader's language at hand: texts, dates and times for one document.

use domain::{Locale, SchoolYear};
use jiff::{
    Timestamp,
    civil::{Date, DateTime},
};

/// Shorthand for the catalogue in one language.
#[derive(Clone, Copy)]
pub(crate) struct Words {
    locale: Locale,
}

impl Words {
    pub(crate) const fn new(locale: Locale) -> Self {
        Self { locale }
    }

    /// Whether this is the language of the binding text.
    pub(crate) fn binding(self) -> bool {
        self.locale == Locale::It
    }

    /// A text without placeholders.
    pub(crate) fn say(self, key: &str) -> String {
        i18n::t(self.locale, key, &[])
    }

    /// A text with placeholders.
    pub(crate) fn with(self, key: &str, args: &[(&str, &str)]) -> String {
        i18n::t(self.locale, key, args)
    }

    /// Things one after the other.
    pub(crate) fn list(self, items: &[String]) -> String {
        i18n::list(self.locale, items)
    }

    /// What stands between things.
    pub(crate) const fn comma(self) -> &'static str {
        i18n::comma(self.locale)
    }

    /// A text about a number of things.
    pub(crate) fn count(self, key: &str, count: u32) -> String {
        i18n::plural(self.locale, key, u64::from(count), &[])
    }

    /// "Anno scolastico 2026/2027"
    pub(crate) fn school_year(self, year: SchoolYear) -> String {
        self.with("documents.shared.school_year", &[("year", &year.label())])
    }

    /// "martedì 8 settembre 2026"
    pub(crate) fn long_date(self, day: Date) -> String {
        i18n::long_date(self.locale, day)
    }

    /// "martedì 8 settembre 2026, ore 17:24"
    pub(crate) fn long_date_time(self, at: Timestamp) -> String {
        i18n::long_date_time(self.locale, at)
    }

    /// "08/09/2026, ore 08:00", for a table cell.
    pub(crate) fn moment(self, at: DateTime) -> String {
        let time = format!("{:02}:{:02}", at.hour(), at.minute());
        self.with("documents.shared.moment", &[("date", &i18n::date(at.date())), ("time", &time)])
    }
}
