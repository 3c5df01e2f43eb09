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
    /// What the mail brings.
    pub mailed: Mailed,
    /// Whether a filed application was changed.
    pub changed: bool,
    /// Whether it was sent after the closing.
    pub late: bool,
}

/// What the mail after sending brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mailed {
    /// Summary and letter.
    Letter,
    /// The summary, and in the letter's place a single-use link to choose a password.
    Link,
    /// The summary alone: whoever comes by a digital identity chooses no password.
    Summary,
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
            mailed: Mailed::Letter,
            changed: false,
            late: false,
        };
        vec![
            Sample::new("sent", page.clone()),
            Sample::new("identity", Self { mailed: Mailed::Summary, ..page.clone() }),
            Sample::new(
                "changed_late",
                Self { changed: true, late: true, mailed: Mailed::Link, ..page.clone() },
            ),
        ]
    }
}
