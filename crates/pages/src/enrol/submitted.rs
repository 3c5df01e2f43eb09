//! After «Invia Iscrizione»: number, dates, downloads.

use crate::{Page, Sample, sample};
use domain::ids::DraftId;
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

/// The application is in the office.
#[derive(Clone, Serialize)]
pub struct Submitted {
    /// The draft.
    pub draft: DraftId,
    /// Registration number: «2026/000123».
    pub number: String,
    /// When it was sent.
    pub submitted_at: Timestamp,
    /// Last day for the office's answer.
    pub answer_by: Date,
    /// Address that gets the mail.
    pub mailed_to: String,
    /// Whether the letter comes by a single-use link instead of as an attachment.
    pub letter_by_link: bool,
    /// Whether a filed application was changed.
    pub changed: bool,
    /// Whether it was sent after the closing.
    pub late: bool,
}

/// The address is personal: it must not reach a log through `{:?}`.
impl std::fmt::Debug for Submitted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Submitted({})", self.number)
    }
}

impl Page for Submitted {
    const TEMPLATE: &'static str = "enrol/submitted.html";

    fn samples(now: Timestamp) -> Vec<Sample<Self>> {
        let page = Self {
            draft: sample::draft(),
            number: "2026/000123".into(),
            submitted_at: now,
            answer_by: Date::constant(2026, 10, 7),
            mailed_to: "anna.prova@example.it".into(),
            letter_by_link: false,
            changed: false,
            late: false,
        };
        vec![
            Sample::new("sent", page.clone()),
            Sample::new(
                "changed_late",
                Self { changed: true, late: true, letter_by_link: true, ..page },
            ),
        ]
    }
}
