//! When enrolments for one school service are taken.

use crate::{SchoolYear, school_service::SchoolService};
use jiff::{Timestamp, civil, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// Whom a window is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WindowKind {
    /// Families not yet on the portal.
    New,
    /// Families already enrolled.
    Renewal,
}

/// The period in which applications for one school service and year are taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// The school year enrolled for.
    pub school_year: SchoolYear,
    /// The service enrolled for.
    pub school_service: SchoolService,
    /// Whom it is for.
    pub kind: WindowKind,
    /// First instant that counts.
    pub opens_at: Timestamp,
    /// First instant that no longer counts; what arrived before it does.
    pub closes_at: Option<Timestamp>,
    /// Whether applications are still taken, marked late, after the closing.
    pub late_applications: bool,
}

/// Where a window stands at one instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum WindowState {
    /// Not open yet.
    NotYetOpen {
        /// When it opens.
        opens_at: Timestamp,
    },
    /// Open.
    Open {
        /// When it closes, if that is known.
        closes_at: Option<Timestamp>,
    },
    /// Closed; nothing is taken any more.
    Closed {
        /// When it closed.
        closed_at: Timestamp,
    },
    /// Closed, yet late applications are taken and marked as such.
    OpenLate {
        /// When it closed.
        closed_at: Timestamp,
    },
}

impl Window {
    /// Where the window stands at the instant of arrival `now`.
    pub fn state(&self, now: Timestamp) -> WindowState {
        if now < self.opens_at {
            return WindowState::NotYetOpen { opens_at: self.opens_at };
        }
        match self.closes_at {
            Some(closed_at) if now >= closed_at && self.late_applications => {
                WindowState::OpenLate { closed_at }
            }
            Some(closed_at) if now >= closed_at => WindowState::Closed { closed_at },
            closes_at => WindowState::Open { closes_at },
        }
    }
}

impl WindowState {
    /// Whether an application that arrives now is taken.
    pub const fn accepts(self) -> bool {
        matches!(self, Self::Open { .. } | Self::OpenLate { .. })
    }

    /// Whether an application that arrives now is late.
    pub const fn is_late(self) -> bool {
        matches!(self, Self::OpenLate { .. })
    }
}

/// A civil time in Europe/Rome, as tenants write it: `2026-09-08 08:00`, with or without seconds.
pub fn parse_rome(text: &str) -> Option<civil::DateTime> {
    let text = text.trim();
    if !text.contains(' ') || text.len() > 19 {
        return None;
    }
    text.parse().ok()
}

/// The instant of a civil time in Europe/Rome; in the hour that clocks skip, the instant after it.
pub fn rome_instant(civil: civil::DateTime) -> Option<Timestamp> {
    civil.to_zoned(rome()?).ok().map(|zoned| zoned.timestamp())
}

/// The civil time in Europe/Rome of an instant.
pub fn rome_civil(instant: Timestamp) -> civil::DateTime {
    instant.to_zoned(rome().unwrap_or(TimeZone::UTC)).datetime()
}

/// The calendar day in Europe/Rome of an instant.
pub fn rome_date(instant: Timestamp) -> civil::Date {
    rome_civil(instant).date()
}

/// The last minute that counts, for people: a closing at midnight reads "23:59 of the day before".
pub fn last_moment(closes_at: Timestamp) -> civil::DateTime {
    let civil = rome_civil(closes_at);
    if civil.time() == civil::Time::midnight() {
        civil.checked_sub(jiff::SignedDuration::from_mins(1)).unwrap_or(civil)
    } else {
        civil
    }
}

/// The zone of all deadlines; its data is built into the program.
fn rome() -> Option<TimeZone> {
    TimeZone::get("Europe/Rome").ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(text: &str) -> Timestamp {
        rome_instant(parse_rome(text).unwrap()).unwrap()
    }

    fn window(closes_at: Option<&str>, late_applications: bool) -> Window {
        Window {
            school_year: SchoolYear::starting(2026).unwrap(),
            school_service: SchoolService::Canteen,
            kind: WindowKind::New,
            opens_at: instant("2026-09-08 08:00"),
            closes_at: closes_at.map(instant),
            late_applications,
        }
    }

    #[test]
    fn opens_at_the_very_instant() {
        let window = window(Some("2026-10-14 00:00"), false);
        let early = window.state(instant("2026-09-08 07:59:59"));
        assert_eq!(early, WindowState::NotYetOpen { opens_at: window.opens_at });
        assert!(!early.accepts());
        assert!(window.state(window.opens_at).accepts());
    }

    #[test]
    fn what_arrived_before_the_closing_instant_counts() {
        let window = window(Some("2026-10-14 00:00"), false);
        assert!(window.state(instant("2026-10-13 23:59:59")).accepts());
        let closed_at = instant("2026-10-14 00:00");
        assert_eq!(window.state(closed_at), WindowState::Closed { closed_at });
    }

    #[test]
    fn late_applications_are_taken_and_marked() {
        let state = window(Some("2026-10-14 00:00"), true).state(instant("2026-11-02 09:00"));
        assert!(state.accepts() && state.is_late());
    }

    #[test]
    fn without_a_closing_it_stays_open() {
        let state = window(None, false).state(instant("2027-05-01 00:00"));
        assert_eq!(state, WindowState::Open { closes_at: None });
    }

    #[test]
    fn civil_times_are_those_of_rome_in_summer_and_winter() {
        assert_eq!(instant("2026-09-08 08:00").to_string(), "2026-09-08T06:00:00Z");
        assert_eq!(instant("2026-12-08 08:00").to_string(), "2026-12-08T07:00:00Z");
        assert_eq!(rome_civil(instant("2026-12-08 08:00")).to_string(), "2026-12-08T08:00:00");
        assert!(parse_rome("2026-09-08").is_none());
        assert!(parse_rome("8/9/2026 08:00").is_none());
    }

    #[test]
    fn a_closing_at_midnight_is_shown_on_the_day_before() {
        let shown = last_moment(instant("2026-10-14 00:00"));
        assert_eq!(shown.to_string(), "2026-10-13T23:59:00");
        let noon = last_moment(instant("2026-10-14 12:00"));
        assert_eq!(noon.to_string(), "2026-10-14T12:00:00");
    }
}
