//! Signing in to the office, and leaving it.

use crate::{FormState, FrameKind, Message, Page, Sample, form::form_fields};
use jiff::Timestamp;
use serde::Serialize;

form_fields! {
    /// Fields of the office's sign-in.
    OfficeSignInField {
        /// Address.
        Email = "email",
        /// Password.
        Password = "password": secret,
        /// Code of the authenticator app.
        Code = "code": secret,
    }
}

/// Address, password and code together: one answer for everything that is wrong.
#[derive(Clone, Debug, Default, Serialize)]
pub struct OfficeSignIn {
    /// What was typed and what is wrong.
    pub form: FormState<OfficeSignInField>,
}

impl OfficeSignIn {
    /// Address, password or code is wrong.
    pub const WRONG: Message = Message::new("errors.office_sign_in.wrong");
    /// Too many wrong tries.
    pub const PAUSED: Message = Message::new("errors.office_sign_in.paused");
}

impl Page for OfficeSignIn {
    const TEMPLATE: &'static str = "office/sign_in.html";
    const FRAME: FrameKind = FrameKind::Office;

    fn samples(_now: Timestamp) -> Vec<Sample<Self>> {
        let typed = FormState::default().value(OfficeSignInField::Email, "ufficio@example.it");
        vec![
            Sample::new("fresh", Self::default()),
            Sample::new("wrong", Self { form: typed.clone().general(Self::WRONG) }),
            Sample::new("paused", Self { form: typed.general(Self::PAUSED) }),
        ]
    }
}

/// The officer has left.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SignedOut {}

impl Page for SignedOut {
    const TEMPLATE: &'static str = "office/signed_out.html";
    const FRAME: FrameKind = FrameKind::Office;

    fn samples(_now: Timestamp) -> Vec<Sample<Self>> {
        vec![Sample::new("left", Self {})]
    }
}
