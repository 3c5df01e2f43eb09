//! What visitors say about a page: stars, and what the stars are for (criterion C.SE.1.7 of AgID's model).

use crate::{enrolment_window::rome_date, school_service::SchoolService};
use jiff::{Timestamp, ToSpan as _, civil::Date};
use std::{fmt, str::FromStr};

/// Longest free text, in characters.
pub const LONGEST_TEXT: usize = 200;

/// Months for which ratings are kept.
const KEPT_MONTHS: i32 = 24;

/// From one to five.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stars(i16);

impl Stars {
    /// Fewest first.
    pub const ALL: [Self; 5] = [Self(1), Self(2), Self(3), Self(4), Self(5)];

    /// How many.
    pub const fn number(self) -> i16 {
        self.0
    }

    /// The stars with that number.
    pub fn from_number(number: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|stars| stars.0 == number)
    }

    /// Whether they praise: four and five do, and are asked what was liked instead of what was hard.
    pub const fn praise(self) -> bool {
        self.0 >= 4
    }
}

/// Not from one to five.
#[derive(Debug, thiserror::Error)]
#[error("not from one to five")]
pub struct NoStars;

impl FromStr for Stars {
    type Err = NoStars;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().ok().and_then(Self::from_number).ok_or(NoStars)
    }
}

/// What the stars are for; whether it was liked or hard follows from them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// The directions were clear, or at times were not.
    Clear,
    /// They were complete, or at times were not.
    Complete,
    /// It was plain how to go on, or at times was not.
    OnTheWay,
    /// No technical problems, or some.
    Technical,
    /// Something else.
    Other,
}

impl Aspect {
    /// In the order of the criterion.
    pub const ALL: [Self; 5] =
        [Self::Clear, Self::Complete, Self::OnTheWay, Self::Technical, Self::Other];

    /// Its word in forms and translation keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Complete => "complete",
            Self::OnTheWay => "on_the_way",
            Self::Technical => "technical",
            Self::Other => "something_else",
        }
    }

    /// Its number in the database.
    pub const fn number(self) -> i16 {
        match self {
            Self::Clear => 1,
            Self::Complete => 2,
            Self::OnTheWay => 3,
            Self::Technical => 4,
            Self::Other => 5,
        }
    }

    /// The aspect with that word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|aspect| aspect.code() == code)
    }

    /// The aspect with that number.
    pub fn from_number(number: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|aspect| aspect.number() == number)
    }
}

/// Which page has the box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RatedPage {
    /// The end of an enrolment.
    Submitted,
    /// What is said about a service.
    Service(SchoolService),
}

/// No page with a box.
#[derive(Debug, thiserror::Error)]
#[error("no page that is rated")]
pub struct UnknownPage;

impl fmt::Display for RatedPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Submitted => f.write_str("submitted"),
            Self::Service(service) => write!(f, "service-{service}"),
        }
    }
}

impl FromStr for RatedPage {
    type Err = UnknownPage;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "submitted" {
            return Ok(Self::Submitted);
        }
        let service = text.strip_prefix("service-").and_then(|tag| tag.parse().ok());
        service.map(Self::Service).ok_or(UnknownPage)
    }
}

/// More than [`LONGEST_TEXT`] characters.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the text is too long")]
pub struct TooLong;

/// The free text as it is kept, on one line; `None` when nothing was said.
pub fn text(typed: &str) -> Result<Option<String>, TooLong> {
    let words = typed.split(|c: char| c.is_whitespace() || c.is_control());
    let line = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if line.chars().count() > LONGEST_TEXT {
        return Err(TooLong);
    }
    Ok((!line.is_empty()).then_some(line))
}

/// The first day whose ratings are still kept.
pub fn kept_from(now: Timestamp) -> Date {
    rome_date(now).checked_sub(KEPT_MONTHS.months()).unwrap_or(Date::MIN)
}

#[cfg(test)]
mod tests {
    use super::{Aspect, LONGEST_TEXT, RatedPage, Stars, TooLong, kept_from, text};
    use crate::school_service::SchoolService;

    #[test]
    fn stars_are_one_to_five_and_four_praise() {
        let numbers: Vec<i16> = Stars::ALL.into_iter().map(Stars::number).collect();
        assert_eq!(numbers, [1, 2, 3, 4, 5]);
        assert!(["0", "6", "", "x", "-1", "70000"].iter().all(|t| t.parse::<Stars>().is_err()));
        let praise: Vec<bool> = Stars::ALL.into_iter().map(Stars::praise).collect();
        assert_eq!(praise, [false, false, false, true, true]);
    }

    #[test]
    fn codes_and_numbers_read_back() {
        for aspect in Aspect::ALL {
            assert_eq!(Aspect::from_code(aspect.code()), Some(aspect));
            assert_eq!(Aspect::from_number(aspect.number()), Some(aspect));
        }
        for page in [RatedPage::Submitted, RatedPage::Service(SchoolService::Canteen)] {
            assert_eq!(page.to_string().parse::<RatedPage>().unwrap(), page);
        }
        assert!("service-x".parse::<RatedPage>().is_err() && "".parse::<RatedPage>().is_err());
    }

    #[test]
    fn free_text_is_one_line_of_bounded_length() {
        assert_eq!(text(" a\r\n\u{0}b\t c "), Ok(Some("a b c".to_owned())));
        assert_eq!(text(" \n "), Ok(None));
        assert!(text(&"è".repeat(LONGEST_TEXT)).is_ok());
        assert_eq!(text(&"è".repeat(LONGEST_TEXT + 1)), Err(TooLong));
    }

    #[test]
    fn ratings_are_kept_for_two_years() {
        let now = "2028-02-29T10:00:00Z".parse().unwrap();
        assert_eq!(kept_from(now).to_string(), "2026-02-28");
    }
}
