//! The draft is saved, and is not an application.

use crate::{Page, Sample, sample};
use domain::ids::DraftId;
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

/// After «Salva Bozza».
#[derive(Clone, Serialize)]
pub struct DraftSaved {
    /// The draft.
    pub draft: DraftId,
    /// Last day on which it is kept.
    pub kept_until: Date,
    /// Address that gets the temporary password, on the first save only.
    pub password_mailed_to: Option<String>,
    /// Whether the family came with a digital identity: it comes back with the same, and has no password.
    pub by_identity: bool,
    /// Where the family goes on.
    pub continue_href: String,
    /// When the enrolments close, if known.
    pub closes_at: Option<Timestamp>,
}

/// The address is personal: it must not reach a log through `{:?}`.
impl std::fmt::Debug for DraftSaved {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DraftSaved({})", self.draft)
    }
}

impl Page for DraftSaved {
    const TEMPLATE: &'static str = "enrol/draft_saved.html";

    fn samples(now: Timestamp) -> Vec<Sample<Self>> {
        let page = |address: Option<&str>| Self {
            draft: sample::draft(),
            kept_until: Date::constant(2026, 12, 6),
            password_mailed_to: address.map(str::to_owned),
            by_identity: false,
            continue_href: format!("/montesole/iscrizioni/{}/passo/pupil", sample::draft()),
            closes_at: Some(now),
        };
        vec![
            Sample::new("first", page(Some("anna.prova@example.it"))),
            Sample::new("again", Self { closes_at: None, ..page(None) }),
            Sample::new("identity", Self { by_identity: true, ..page(None) }),
        ]
    }
}
