//! The list of applications: counters, search, pages.

use crate::{
    FrameKind, Page, Sample,
    words::{Tone, state_tone},
};
use domain::{application::State, ids::ApplicationId};
use jiff::Timestamp;
use serde::Serialize;

/// The list, searched and filtered by the query of its address; the search text never leaves the page's own form.
#[derive(Clone, Serialize)]
pub struct Applications {
    /// What was searched for.
    pub text: String,
    /// Counters, each a filter; the first is "all".
    pub counts: Vec<StateCount>,
    /// The lines, last sent first.
    pub rows: Vec<ApplicationRow>,
    /// Query of the next page.
    pub next: Option<String>,
    /// The search found more than it shows.
    pub cut: bool,
    /// Whether the tenant has any application at all.
    pub any: bool,
    /// Value of the active filter; empty for all.
    pub state: String,
}

/// What was searched for may be a name.
impl std::fmt::Debug for Applications {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Applications({} rows)", self.rows.len())
    }
}

/// How many applications are in a state.
#[derive(Clone, Debug, Serialize)]
pub struct StateCount {
    /// Value of the filter; empty for all.
    pub code: String,
    /// The state in words.
    pub word: String,
    /// How many.
    pub count: i64,
    /// Whether it is the active filter.
    pub active: bool,
}

/// One line.
#[derive(Clone, Serialize)]
pub struct ApplicationRow {
    /// The application.
    pub application: ApplicationId,
    /// Registration number.
    pub number: String,
    /// «Cognome Nome».
    pub pupil: String,
    /// Name of the school.
    pub school: String,
    /// State in words.
    pub word: String,
    /// Colour of its badge.
    pub tone: Tone,
    /// Last sending.
    pub submitted_at: Timestamp,
}

impl Page for Applications {
    const TEMPLATE: &'static str = "office/applications.html";
    const FRAME: FrameKind = FrameKind::Office;

    fn samples(now: Timestamp) -> Vec<Sample<Self>> {
        let id = ApplicationId::from(crate::sample::draft().uuid());
        let row = |number: &str, pupil: &str, state: State| ApplicationRow {
            application: id,
            number: number.into(),
            pupil: pupil.into(),
            school: "Primaria Esempio".into(),
            word: crate::words::state(domain::Locale::It, state),
            tone: state_tone(state),
            submitted_at: now,
        };
        let count = |code: &str, word: &str, count, active| StateCount {
            code: code.into(),
            word: word.into(),
            count,
            active,
        };
        let full = Self {
            text: String::new(),
            counts: vec![count("", "Tutte", 2, true), count("submitted", "Inviata", 1, false)],
            rows: vec![
                row("2026/000002", "Esempio Luca", State::Submitted),
                row("2026/000001", "Prova Anna", State::Confirmed),
            ],
            next: Some("after=2026".into()),
            cut: false,
            any: true,
            state: String::new(),
        };
        let cut = Self { text: "pro".into(), next: None, cut: true, ..full.clone() };
        let none = Self { text: "zeta".into(), rows: vec![], next: None, ..full.clone() };
        let empty = Self { text: String::new(), any: false, counts: vec![], ..none.clone() };
        vec![
            Sample::new("full", full),
            Sample::new("cut", cut),
            Sample::new("none_found", none),
            Sample::new("empty", empty),
        ]
    }
}
