//! «Cambio Password».

use crate::{FormState, Page, Sample, form::form_fields, sample, words};
use domain::{ids::DraftId, password::PasswordProblem};
use jiff::Timestamp;
use serde::Serialize;

form_fields! {
    /// Fields of a form that sets a password.
    PasswordField {
        /// The new password.
        New = "new_password": secret,
        /// The same once more.
        Repeat = "repeat_password": secret,
    }
}

/// Choosing a personal password; rules are listed and checked while typing.
#[derive(Clone, Debug, Serialize)]
pub struct ChangePassword {
    /// The draft.
    pub draft: DraftId,
    /// Whether the present one is temporary, so that there is no way round this page.
    pub temporary: bool,
    /// What is wrong.
    pub form: FormState<PasswordField>,
}

impl Page for ChangePassword {
    const TEMPLATE: &'static str = "enrol/change_password.html";

    fn samples(_now: Timestamp) -> Vec<Sample<Self>> {
        let page = |temporary, form| Self { draft: sample::draft(), temporary, form };
        let leaked = words::password_problem(PasswordProblem::Leaked);
        vec![
            Sample::new("temporary", page(true, FormState::default())),
            Sample::new("own_wish", page(false, FormState::default())),
            Sample::new(
                "leaked",
                page(true, FormState::default().error(PasswordField::New, leaked)),
            ),
        ]
    }
}
