//! «Inserimento Codice sicurezza».

use crate::{FormState, Message, Page, Sample, Typed, form::form_fields, sample};
use domain::ids::DraftId;
use jiff::Timestamp;
use serde::Serialize;

form_fields! {
    /// Fields of «Inserimento Codice sicurezza».
    EmailCodeField {
        /// «Codice sicurezza».
        Code = "code": secret,
    }
}

/// Asks for the six digits; the code can be sent again and the address corrected.
#[derive(Clone, Serialize)]
pub struct EmailCode {
    /// The draft.
    pub draft: DraftId,
    /// The address the code went to, as typed.
    pub address: String,
    /// Whether the page follows a sending: then it says that the code is on its way.
    pub sent: bool,
    /// What is wrong.
    pub form: FormState<EmailCodeField>,
}

/// The address is personal: it must not reach a log through `{:?}`.
impl std::fmt::Debug for EmailCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "EmailCode({}, {:?})", self.draft, self.form)
    }
}

impl EmailCode {
    /// A wrong code; `left` tries remain.
    pub fn wrong(left: u8) -> Message {
        Message::new("errors.code.wrong").with("left", left)
    }
    /// The code has run out of time or was replaced.
    pub const EXPIRED: Message = Message::new("errors.code.expired");
    /// The code has run out of tries.
    pub const SPENT: Message = Message::new("errors.code.spent");
    /// Not six digits.
    pub const NOT_SIX_DIGITS: Message = Message::new("errors.code.not_six_digits");
    /// Asked again too early.
    pub fn too_early(seconds: u64) -> Message {
        Message::new("errors.code.too_early").with("seconds", seconds)
    }
}

impl Page for EmailCode {
    const TEMPLATE: &'static str = "enrol/email_code.html";

    fn typed(&self) -> Typed {
        Typed::GoesAlong
    }

    fn samples(_now: Timestamp) -> Vec<Sample<Self>> {
        use EmailCodeField::Code;
        let address = || "anna.prova@example.it".to_owned();
        let page = |sent, form| Self { draft: sample::draft(), address: address(), sent, form };
        let wrong = |message| page(false, FormState::default().error(Code, message));
        vec![
            Sample::new("sent", page(true, FormState::default())),
            Sample::new("wrong", wrong(Self::wrong(3))),
            Sample::new("not_six_digits", wrong(Self::NOT_SIX_DIGITS)),
            Sample::new("expired", wrong(Self::EXPIRED)),
            Sample::new("spent", wrong(Self::SPENT)),
            Sample::new(
                "too_early",
                page(false, FormState::default().general(Self::too_early(40))),
            ),
        ]
    }
}
