//! «Verifica Email»: the address that gets the code.

use crate::{FormState, Message, Page, Sample, Typed, form::form_fields, sample, words};
use domain::{form::FieldErrorKind, ids::DraftId};
use jiff::Timestamp;
use serde::Serialize;

form_fields! {
    /// Fields of «Verifica Email».
    EmailAddressField {
        /// «Email».
        Email = "email",
    }
}

/// Asks for the address; «Comune» is fixed and comes from the frame.
#[derive(Clone, Debug, Serialize)]
pub struct EmailAddress {
    /// The draft.
    pub draft: DraftId,
    /// What was typed and what is wrong.
    pub form: FormState<EmailAddressField>,
}

impl Page for EmailAddress {
    const TEMPLATE: &'static str = "enrol/email_address.html";

    fn typed(&self) -> Typed {
        Typed::GoesAlong
    }

    fn samples(_now: Timestamp) -> Vec<Sample<Self>> {
        use EmailAddressField::Email;
        let page = |form| Self { draft: sample::draft(), form };
        let wrong = FormState::default()
            .value(Email, "a@b@c")
            .error(Email, words::field_error(FieldErrorKind::BadEmail));
        let often = FormState::default()
            .value(Email, "anna.prova@example.it")
            .general(Message::new("errors.code_budget").with("minutes", 12));
        vec![
            Sample::new("fresh", page(FormState::default())),
            Sample::new("two_signs", page(wrong)),
            Sample::new("too_often", page(often)),
        ]
    }
}
