//! What came of a family's walk.

use super::Family;
use std::{fmt, time::Duration};

/// One page as it was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// Method and path, without the comune and without ids.
    pub page: String,
    /// Status of the answer; nothing for the wait for a mail.
    pub status: Option<u16>,
    /// From asking to the last byte.
    pub took: Duration,
}

/// Where a family stopped, and why. Never carries what it typed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{page}: {why}")]
pub struct Refusal {
    /// The page, as in [`Visit::page`].
    pub page: String,
    /// Status of the answer, if there was one.
    pub status: Option<u16>,
    /// What the page or the wire said.
    pub why: String,
}

impl Refusal {
    pub(super) fn new(page: &str, why: impl Into<String>) -> Self {
        Self { page: page.to_owned(), status: None, why: why.into() }
    }

    /// Whether the portal refused for want of budget (429) or was not able (5xx).
    pub fn is_overload(&self) -> bool {
        self.status.is_some_and(|status| status == 429 || status >= 500)
    }
}

/// How far a family came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    /// Not even a saved draft.
    Nothing,
    /// «Salva Bozza».
    Draft,
    /// «Invia Iscrizione».
    Sent,
    /// Sent again after a change.
    Changed,
}

/// What came of one walk.
#[derive(Clone)]
pub struct Outcome {
    /// Name of the comune.
    pub portal: String,
    /// Who walked.
    pub family: Family,
    /// How far they came.
    pub reached: Reached,
    /// Registration number, once sent.
    pub registration: Option<String>,
    /// Password that opens the door with the pupil's codice fiscale, if the family knows one.
    pub password: Option<Password>,
    /// Downloaded documents: name and bytes.
    pub documents: Vec<(String, usize)>,
    /// Every page in order.
    pub visits: Vec<Visit>,
    /// Why the walk ended early; nothing when all went well.
    pub refusal: Option<Refusal>,
}

/// A password and where it comes from.
#[derive(Clone, PartialEq, Eq)]
pub enum Password {
    /// Mailed at «Salva Bozza»; must be changed at first use.
    Temporary(String),
    /// Chosen by the family.
    Chosen(String),
}

/// Walkers are invented, but a test's output shows no names nevertheless.
impl fmt::Debug for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outcome")
            .field("portal", &self.portal)
            .field("family", &self.family)
            .field("reached", &self.reached)
            .field("registration", &self.registration)
            .field("documents", &self.documents)
            .field("visits", &self.visits.len())
            .field("refusal", &self.refusal)
            .finish_non_exhaustive()
    }
}
