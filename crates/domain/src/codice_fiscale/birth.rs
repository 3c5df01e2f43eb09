//! Date of birth and sex inside a code's base form.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Letters of the months, January first.
const MONTHS: &str = "ABCDEHLMPRST";

/// Added to the day of birth of females.
const FEMALE_DAYS: i8 = 40;

/// Sex as registered at birth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Sex {
    /// Femmina
    #[serde(rename = "F")]
    Female,
    /// Maschio
    #[serde(rename = "M")]
    Male,
}

impl Sex {
    /// F or M, as registries write it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Female => "F",
            Self::Male => "M",
        }
    }
}

/// Whose code it is; decides between two centuries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// At most 20 years old.
    Pupil,
    /// At least 18 years old.
    Guardian,
}

/// Number of the month, 1 to 12.
pub(super) fn month(letter: char) -> Option<i8> {
    (1..).zip(MONTHS.chars()).find(|(_, month)| *month == letter).map(|(number, _)| number)
}

/// Letter of a month 1 to 12.
pub(super) fn month_letter(month: i8) -> Option<char> {
    (1..).zip(MONTHS.chars()).find(|(number, _)| *number == month).map(|(_, letter)| letter)
}

/// Day as written in the code: 1–31, for females 41–71.
pub(super) fn coded_day(day: i8, sex: Sex) -> i8 {
    match sex {
        Sex::Female => day.saturating_add(FEMALE_DAYS),
        Sex::Male => day,
    }
}

/// Sex that the day tells.
pub(super) fn sex(base: &str) -> Sex {
    if number::<i8>(base, 9).is_some_and(|day| day > FEMALE_DAYS) { Sex::Female } else { Sex::Male }
}

/// Whether the date exists in one of the two centuries.
pub(super) fn exists(base: &str) -> bool {
    candidates(base).next().is_some()
}

/// The plausible date for the holder, not after `today`.
pub(super) fn date(base: &str, today: Date, holder: Holder) -> Option<Date> {
    let past = || candidates(base).filter(|date| *date <= today);
    let plausible = |date: &Date| match (holder, age(*date, today)) {
        (Holder::Pupil, age) => age <= 20,
        (Holder::Guardian, age) => age >= 18,
    };
    past().find(plausible).or_else(|| past().next())
}

/// Existing readings of the two-digit year, the latest first.
fn candidates(base: &str) -> impl Iterator<Item = Date> {
    let year = number::<i16>(base, 6);
    let month = base.chars().nth(8).and_then(month);
    let day =
        number::<i8>(base, 9).map(|day| if day > FEMALE_DAYS { day - FEMALE_DAYS } else { day });
    [2000, 1900]
        .into_iter()
        .filter_map(move |century| Date::new(century + year?, month?, day?).ok())
}

/// The two digits from an offset counted from 0.
fn number<T: std::str::FromStr>(base: &str, from: usize) -> Option<T> {
    base.get(from..from + 2)?.parse().ok()
}

/// Completed years.
fn age(born: Date, today: Date) -> i16 {
    let had_birthday = (today.month(), today.day()) >= (born.month(), born.day());
    today.year() - born.year() - i16::from(!had_birthday)
}
