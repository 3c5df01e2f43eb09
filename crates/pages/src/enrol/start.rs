//! Start page of a comune.

use crate::{
    Page, Sample,
    identity::{DoorPurpose, Doors, sample_doors},
};
use domain::school_service::SchoolService;
use jiff::{Timestamp, ToSpan as _};
use serde::Serialize;

/// What can be enrolled for, until when, and through which door.
#[derive(Clone, Debug, Serialize)]
pub struct Start {
    /// «2026/2027».
    pub school_year: String,
    /// One card per service.
    pub windows: Vec<WindowCard>,
    /// Whether any window takes applications now (open or late).
    pub taking: bool,
    /// Whether the tenant opens the door by codice fiscale.
    pub credential_door: bool,
    /// The doors by digital identity, with the words for enrolling, or for coming back while nothing is taken; none
    /// when all of them are closed.
    pub doors: Option<Doors>,
    /// What the tenant's form needs beyond the usual, in the reader's language: documents to attach.
    pub needs: Vec<String>,
    /// How long it takes, in minutes.
    pub minutes: u64,
    /// The term in days for the office's answer.
    pub answer_days: u64,
}

/// One service with its window.
#[derive(Clone, Debug, Serialize)]
pub struct WindowCard {
    /// Name of the service in the reader's language, or of the window on the service's own page.
    pub service: String,
    /// Where more is said about it; nothing on that page itself.
    pub about: Option<SchoolService>,
    /// Where the window stands.
    pub state: WindowCardState,
    /// When it opens or opened.
    pub opens_at: Timestamp,
    /// When it closes or closed; required for `Late` and `Closed`.
    pub closes_at: Option<Timestamp>,
}

/// Where a window stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WindowCardState {
    /// Not open yet.
    Upcoming,
    /// Open.
    Open,
    /// Closed, late applications are taken.
    Late,
    /// Closed.
    Closed,
}

impl Page for Start {
    const TEMPLATE: &'static str = "enrol/start.html";

    fn samples(now: Timestamp) -> Vec<Sample<Self>> {
        let near = |hours: i64| now.saturating_add(hours.hours()).unwrap_or(now);
        let card = |service: &str, state, opens: i64, closes: Option<i64>| WindowCard {
            service: service.into(),
            about: Some(SchoolService::Canteen),
            state,
            opens_at: near(opens),
            closes_at: closes.map(near),
        };
        let page = |windows: Vec<WindowCard>, taking| Self {
            school_year: "2026/2027".into(),
            windows,
            taking,
            credential_door: true,
            doors: None,
            needs: vec!["Copia del documento d'identità del genitore".into()],
            minutes: 15,
            answer_days: 30,
        };
        let open = card("Mensa scolastica", WindowCardState::Open, -240, Some(500));
        let upcoming = card("Trasporto scolastico", WindowCardState::Upcoming, 100, Some(800));
        let late = card("Mensa scolastica", WindowCardState::Late, -900, Some(-30));
        let closed = card("Trasporto scolastico", WindowCardState::Closed, -900, Some(-30));
        let always = card("Pre-scuola", WindowCardState::Open, -900, None);
        let both = page(vec![open.clone(), upcoming.clone()], true);
        let doors = |purpose| Some(sample_doors(purpose));
        vec![
            Sample::new("open", page(vec![open, upcoming.clone()], true)),
            Sample::new("every_door", Self { doors: doors(DoorPurpose::Enrol), ..both.clone() }),
            Sample::new(
                "identity_only",
                Self { credential_door: false, doors: doors(DoorPurpose::Enrol), ..both },
            ),
            Sample::new("late", page(vec![late, closed.clone(), always], true)),
            Sample::new("closed", page(vec![closed.clone()], false)),
            Sample::new(
                "every_door_closed",
                Self { doors: doors(DoorPurpose::Portal), ..page(vec![closed], false) },
            ),
            Sample::new(
                "no_door",
                Self { credential_door: false, needs: vec![], ..page(vec![upcoming], false) },
            ),
        ]
    }
}
