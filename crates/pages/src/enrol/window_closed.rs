//! The window closed while the family was writing: the draft stays.

use super::{WindowCard, WindowCardState};
use crate::{Page, Sample, sample};
use domain::ids::DraftId;
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

/// Shown instead of a step or of the summary when nothing can be sent any more, or not yet.
#[derive(Clone, Debug, Serialize)]
pub struct WindowClosed {
    /// The draft.
    pub draft: DraftId,
    /// The services of the draft with their windows.
    pub windows: Vec<WindowCard>,
    /// Last day on which the draft is kept; none when nothing was saved.
    pub kept_until: Option<Date>,
}

impl Page for WindowClosed {
    const TEMPLATE: &'static str = "enrol/window_closed.html";

    fn samples(now: Timestamp) -> Vec<Sample<Self>> {
        let card = WindowCard {
            service: "Mensa scolastica".into(),
            about: None,
            state: WindowCardState::Closed,
            opens_at: now,
            closes_at: Some(now),
        };
        let upcoming = WindowCard { state: WindowCardState::Upcoming, ..card.clone() };
        let kept_until = Some(Date::constant(2026, 12, 6));
        let draft = sample::draft();
        vec![
            Sample::new("closed", Self { draft, windows: vec![card], kept_until }),
            Sample::new("not_yet", Self { draft, windows: vec![upcoming], kept_until: None }),
        ]
    }
}
