//! Dates, times and amounts as people read them. Digits are always ASCII, the clock is Rome's.

use crate::{catalogue::t, isolated};
use domain::Locale;
use jiff::{Timestamp, Zoned, civil, tz::TimeZone};

static ROME: TimeZone = jiff::tz::get!("Europe/Rome");

/// The instant on the wall clock of Europe/Rome, where every deadline is stated.
pub fn rome(at: Timestamp) -> Zoned {
    at.to_zoned(ROME.clone())
}

/// `08/09/2025`, the same in every language: documents and pages must agree.
pub fn date(day: civil::Date) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}

/// `08/09/2025 17:24:12`, as in the notices' status box.
pub fn date_time(at: Timestamp) -> String {
    let local = rome(at);
    format!(
        "{} {:02}:{:02}:{:02}",
        date(local.date()),
        local.hour(),
        local.minute(),
        local.second()
    )
}

/// `17:24`.
pub fn short_time(at: Timestamp) -> String {
    let local = rome(at);
    format!("{:02}:{:02}", local.hour(), local.minute())
}

/// `lunedì 8 settembre 2025`.
pub fn long_date(locale: Locale, day: civil::Date) -> String {
    let weekday =
        t(locale, &format!("shared.weekday.d{}", day.weekday().to_monday_one_offset()), &[]);
    let month = t(locale, &format!("shared.month.m{:02}", day.month()), &[]);
    let (number, year) = (day.day().to_string(), day.year().to_string());
    t(
        locale,
        "shared.format.long_date",
        &[("weekday", &weekday), ("day", &number), ("month", &month), ("year", &year)],
    )
}

/// `lunedì 8 settembre 2025, ore 17:24`.
pub fn long_date_time(locale: Locale, at: Timestamp) -> String {
    let day = long_date(locale, rome(at).date());
    t(locale, "shared.format.long_date_time", &[("date", &day), ("time", &short_time(at))])
}

/// What stands between things that are listed.
pub const fn comma(locale: Locale) -> &'static str {
    match locale {
        Locale::Ar => "، ",
        Locale::ZhHans => "、",
        _ => ", ",
    }
}

/// Things one after the other, with the comma of the language; one in another direction keeps to itself.
pub fn list<T: AsRef<str>>(locale: Locale, items: &[T]) -> String {
    let own = items.iter().map(|item| isolated(locale, item.as_ref()));
    own.collect::<Vec<_>>().join(comma(locale))
}

/// `1.234,56 €` in Italian, `€1,234.56` in English, with ASCII digits in every language. The amount is whole cents.
pub fn money(locale: Locale, cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    let (units, rest) = (cents.unsigned_abs() / 100, cents.unsigned_abs() % 100);
    match locale {
        Locale::En | Locale::ZhHans => format!("{sign}€{}.{rest:02}", grouped(units, ',')),
        Locale::Fr | Locale::Sq | Locale::Uk => {
            format!("{sign}{},{rest:02}\u{a0}€", grouped(units, '\u{a0}'))
        }
        // Arabic as in Italy and in the Maghreb.
        Locale::It | Locale::Es | Locale::Ro | Locale::Ar => {
            format!("{sign}{},{rest:02} €", grouped(units, '.'))
        }
    }
}

fn grouped(units: u64, separator: char) -> String {
    let digits = units.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_follow_rome_in_summer_and_winter() {
        let summer: Timestamp = "2025-09-08T15:24:12Z".parse().unwrap();
        let winter: Timestamp = "2025-12-31T23:30:00Z".parse().unwrap();
        assert_eq!(date_time(summer), "08/09/2025 17:24:12");
        assert_eq!(date_time(winter), "01/01/2026 00:30:00");
        assert_eq!(short_time(summer), "17:24");
    }

    #[test]
    fn long_dates_use_the_words_of_the_language() {
        let at: Timestamp = "2025-09-08T15:24:12Z".parse().unwrap();
        assert_eq!(long_date_time(Locale::It, at), "lunedì 8 settembre 2025, ore 17:24");
        assert_eq!(long_date(Locale::En, rome(at).date()), "Monday 8 September 2025");
    }

    #[test]
    fn amounts_use_the_separators_of_the_language() {
        assert_eq!(money(Locale::It, 123_456), "1.234,56 €");
        assert_eq!(money(Locale::En, 123_456_789), "€1,234,567.89");
        assert_eq!(money(Locale::It, -5), "-0,05 €");
        assert_eq!(money(Locale::It, 100), "1,00 €");
        assert_eq!(money(Locale::Uk, 123_456), "1\u{a0}234,56\u{a0}€");
        assert_eq!(money(Locale::ZhHans, 123_456), "€1,234.56");
    }
}
