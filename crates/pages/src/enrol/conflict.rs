//! Two tabs changed the same step: both versions side by side, nothing typed is lost.

use crate::{
    Page, Sample, Typed,
    errors::{Resend, ResendField},
    sample,
};
use domain::ids::DraftId;
use jiff::Timestamp;
use serde::Serialize;

/// Shown with status 409 to the later of two tabs.
#[derive(Clone, Debug, Serialize)]
pub struct Conflict {
    /// The draft.
    pub draft: DraftId,
    /// Key of the step.
    pub step: String,
    /// Heading of the step.
    pub title: String,
    /// When the other version was saved.
    pub saved_at: Timestamp,
    /// The answers that differ.
    pub rows: Vec<ConflictRow>,
    /// What was typed here, ready to be sent again; `fields` must carry the revision that is
    /// saved now (`_revision`), or it would meet the same conflict.
    pub mine: Resend,
    /// Files were chosen here: they must be chosen again.
    pub with_files: bool,
}

/// One answer in both versions, in words.
#[derive(Clone, Serialize)]
pub struct ConflictRow {
    /// The question.
    pub label: String,
    /// Typed in this tab.
    pub mine: Vec<String>,
    /// Saved from elsewhere.
    pub saved: Vec<String>,
}

/// Answers are personal: they must not reach a log through `{:?}`.
impl std::fmt::Debug for ConflictRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ConflictRow(…)")
    }
}

impl Page for Conflict {
    const TEMPLATE: &'static str = "enrol/conflict.html";

    fn typed(&self) -> Typed {
        Typed::OnlyHere
    }

    fn samples(now: Timestamp) -> Vec<Sample<Self>> {
        let row = |label: &str, mine: &[&str], saved: &[&str]| ConflictRow {
            label: label.into(),
            mine: mine.iter().map(|line| (*line).to_owned()).collect(),
            saved: saved.iter().map(|line| (*line).to_owned()).collect(),
        };
        let field =
            |name: &str, value: &str| ResendField { name: name.into(), value: value.into() };
        let page = Self {
            draft: sample::draft(),
            step: "pupil".into(),
            title: "Alunno".into(),
            saved_at: now,
            rows: vec![
                row("Telefono", &["0555 000 222"], &["0555 000 333"]),
                row("Note", &["Prova"], &[]),
            ],
            mine: Resend {
                href: format!("/montesole/iscrizioni/{}/passo/pupil", sample::draft()),
                multipart: false,
                fields: vec![field("phone", "0555 000 222"), field("_revision", "9")],
            },
            with_files: true,
        };
        vec![Sample::new("two_tabs", page)]
    }
}
