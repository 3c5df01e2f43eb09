//! Asking for a password link, and the one answer to it.

use crate::{FormState, Page, Sample, Typed, form::form_fields, words};
use domain::form::FieldErrorKind;
use jiff::Timestamp;
use serde::Serialize;

form_fields! {
    /// Fields of the forgotten-password form.
    ForgottenPasswordField {
        /// «Codice Fiscale Alunno».
        CodiceFiscale = "codice_fiscale",
        /// The verified address.
        Email = "email",
    }
}

/// Asks for the pupil's codice fiscale and the verified address.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ForgottenPassword {
    /// What was typed and what is wrong with its form; never whether it belongs together.
    pub form: FormState<ForgottenPasswordField>,
}

impl Page for ForgottenPassword {
    const TEMPLATE: &'static str = "enrol/forgotten_password.html";

    fn typed(&self) -> Typed {
        Typed::GoesAlong
    }

    fn samples(_now: Timestamp) -> Vec<Sample<Self>> {
        let wrong = FormState::default()
            .value(ForgottenPasswordField::Email, "anna.prova@")
            .error(ForgottenPasswordField::Email, words::field_error(FieldErrorKind::BadEmail));
        vec![
            Sample::new("fresh", Self::default()),
            Sample::new("bad_address", Self { form: wrong }),
        ]
    }
}

/// The same words whether or not code and address belong together.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ForgottenPasswordSent {}

impl Page for ForgottenPasswordSent {
    const TEMPLATE: &'static str = "enrol/forgotten_password_sent.html";

    fn samples(_now: Timestamp) -> Vec<Sample<Self>> {
        vec![Sample::new("sent", Self {})]
    }
}
