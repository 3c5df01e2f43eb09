//! Public check of the verification code printed on a document.

use crate::{FormState, Message, Page, Sample, Typed, form::form_fields};
use jiff::Timestamp;
use serde::Serialize;

form_fields! {
    /// Fields of the document check.
    DocumentCheckField {
        /// The code printed on the document.
        Code = "code",
    }
}

/// Asks for a code and says what it belongs to; nothing personal is ever shown.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DocumentCheck {
    /// What was typed and what is wrong.
    pub form: FormState<DocumentCheckField>,
    /// What the code belongs to.
    pub found: Option<CheckedDocument>,
}

/// What a document is, without naming anybody.
#[derive(Clone, Debug, Serialize)]
pub struct CheckedDocument {
    /// Registration number of the application.
    pub number: String,
    /// When that version was sent.
    pub submitted_at: Timestamp,
    /// Whether a later version has replaced it.
    pub replaced: bool,
}

impl DocumentCheck {
    /// No document has this code.
    pub const UNKNOWN: Message = Message::new("errors.document_unknown");
}

impl Page for DocumentCheck {
    const TEMPLATE: &'static str = "enrol/document_check.html";

    fn typed(&self) -> Typed {
        Typed::GoesAlong
    }

    fn samples(now: Timestamp) -> Vec<Sample<Self>> {
        let typed = || FormState::default().value(DocumentCheckField::Code, "ABCD-EFGH-JKLM");
        let found = |replaced| {
            Some(CheckedDocument { number: "2026/000123".into(), submitted_at: now, replaced })
        };
        let unknown = typed().error(DocumentCheckField::Code, Self::UNKNOWN);
        vec![
            Sample::new("fresh", Self::default()),
            Sample::new("found", Self { form: typed(), found: found(false) }),
            Sample::new("replaced", Self { form: typed(), found: found(true) }),
            Sample::new("unknown", Self { form: unknown, found: None }),
        ]
    }
}
