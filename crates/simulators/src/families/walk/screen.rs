//! Which screen a page is, told by the controls it has.

use super::control;
use crate::families::page::{Form, Page};

/// A screen of the journey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Screen {
    /// Codice fiscale and password.
    Door,
    /// «Verifica Email».
    Email,
    /// «Inserimento Codice sicurezza».
    Code,
    /// «Cambio Password».
    ChangePassword,
    /// The privacy notice.
    Privacy,
    /// A step of the form.
    Step,
    /// The summary.
    Summary,
    /// With the three documents.
    Sent,
    /// Start page, saved draft, status of a draft: nothing but links.
    Other,
}

/// Controls that tell forms apart, besides those of [`control`].
const UNDERSTOOD: &str = "understood";
const REVISION: &str = "_revision";
/// As many documents as there are after sending.
const DOCUMENTS: usize = 3;

impl Screen {
    /// The screen that a page is.
    pub(super) fn of(page: &Page) -> Self {
        let has = |names: &[&str]| page.form_with(names).is_some();
        if page.links_to(".pdf").len() >= DOCUMENTS {
            Self::Sent
        } else if has(&[control::NEW_PASSWORD]) {
            Self::ChangePassword
        } else if has(&[UNDERSTOOD]) {
            Self::Privacy
        } else if page.forms.iter().any(is_step) {
            Self::Step
        } else if has(&[REVISION]) {
            Self::Summary
        } else if has(&[control::CODE]) {
            Self::Code
        } else if has(&[control::CODICE_FISCALE, control::PASSWORD]) {
            Self::Door
        } else if has(&[control::EMAIL]) {
            Self::Email
        } else {
            Self::Other
        }
    }

    /// The form that the screen is about.
    pub(super) fn form(self, page: &Page) -> Option<&Form> {
        match self {
            Self::Privacy => page.form_with(&[UNDERSTOOD]),
            Self::Step => page.forms.iter().find(|form| is_step(form)),
            Self::Summary => page.form_with(&[REVISION]),
            _ => None,
        }
    }
}

fn is_step(form: &Form) -> bool {
    form.has(REVISION) && form.has_button(control::ACTION, "next")
}
