//! Enrolment windows as tenants write them: civil times of Europe/Rome.

use domain::{
    SchoolService, SchoolYear,
    enrolment_window::{Window, WindowKind, parse_rome, rome_civil, rome_instant},
};
use jiff::{Timestamp, civil};
use serde::{Deserialize, Serialize};

/// One window of `tenant.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WindowSettings {
    /// The school year enrolled for: `2026-2027`.
    pub school_year: SchoolYear,
    /// The service enrolled for.
    pub school_service: SchoolService,
    /// `new` or `renewal`.
    pub kind: WindowKind,
    /// First instant that counts: `2026-09-08 08:00`.
    pub opens_at: Opening,
    /// First instant that no longer counts, or the last day that does: `2026-10-13`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes_at: Option<Closing>,
    /// Whether late applications are taken after the closing.
    #[serde(default)]
    pub late_applications: bool,
    /// What the demo shows in its place.
    #[serde(default)]
    pub demo: DemoState,
}

/// The state a window is given in the demo, relative to the day it runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DemoState {
    /// Opens in ten days.
    NotYetOpen,
    /// Opened a week ago, closes in thirty days.
    #[default]
    Open,
    /// Closed ten days ago.
    Closed,
    /// Closed three days ago, late applications taken.
    OpenLate,
}

impl WindowSettings {
    /// The window as the domain judges it.
    pub fn window(&self) -> Window {
        Window {
            school_year: self.school_year,
            school_service: self.school_service,
            kind: self.kind,
            opens_at: self.opens_at.0,
            closes_at: self.closes_at.map(|closing| closing.0),
            late_applications: self.late_applications,
        }
    }
}

/// An opening instant; a bare day means its first moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Opening(pub(crate) Timestamp);

/// A closing instant, itself outside; a bare day means that the whole day counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Closing(pub(crate) Timestamp);

/// Not a civil time.
#[derive(Debug, thiserror::Error)]
#[error("not a time; write it like \"2026-09-08 08:00\" (Europe/Rome) or \"2026-09-08\"")]
pub struct CivilTimeError;

impl Opening {
    /// The instant.
    pub const fn instant(self) -> Timestamp {
        self.0
    }
}

impl Closing {
    /// The first instant that no longer counts.
    pub const fn instant(self) -> Timestamp {
        self.0
    }
}

impl TryFrom<String> for Opening {
    type Error = CivilTimeError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let civil = parse_rome(&text).or_else(|| day(&text).map(civil::DateTime::from));
        civil.and_then(rome_instant).map(Self).ok_or(CivilTimeError)
    }
}

impl TryFrom<String> for Closing {
    type Error = CivilTimeError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let next_day = || day(&text)?.tomorrow().ok().map(civil::DateTime::from);
        let civil = parse_rome(&text).or_else(next_day);
        civil.and_then(rome_instant).map(Self).ok_or(CivilTimeError)
    }
}

impl From<Opening> for String {
    fn from(opening: Opening) -> Self {
        written(opening.0)
    }
}

impl From<Closing> for String {
    fn from(closing: Closing) -> Self {
        written(closing.0)
    }
}

fn day(text: &str) -> Option<civil::Date> {
    if text.len() == 10 { text.parse().ok() } else { None }
}

fn written(instant: Timestamp) -> String {
    rome_civil(instant).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

#[cfg(test)]
mod tests {
    use super::{Closing, Opening};

    fn opening(text: &str) -> Option<String> {
        Opening::try_from(text.to_owned()).ok().map(Into::into)
    }

    fn closing(text: &str) -> Option<String> {
        Closing::try_from(text.to_owned()).ok().map(Into::into)
    }

    #[test]
    fn a_bare_day_counts_whole() {
        assert_eq!(opening("2026-09-08").as_deref(), Some("2026-09-08 00:00:00"));
        assert_eq!(closing("2026-10-13").as_deref(), Some("2026-10-14 00:00:00"));
        assert_eq!(closing("2026-10-13 12:00").as_deref(), Some("2026-10-13 12:00:00"));
    }

    #[test]
    fn what_is_written_reads_back() {
        for text in ["2026-09-08 08:00:00", "2026-12-24 23:59:59"] {
            assert_eq!(opening(text).as_deref(), Some(text));
            assert_eq!(closing(text).as_deref(), Some(text));
        }
    }

    #[test]
    fn other_ways_to_write_a_time_are_refused() {
        for text in ["08/09/2026", "2026-09-31", "2026-09-08T08:00:00Z", "2026-09-08 8", "domani"] {
            assert_eq!(opening(text), None, "{text}");
            assert_eq!(closing(text), None, "{text}");
        }
    }
}
