//! Refusing: the reason is written for the family.

use crate::{FormState, FrameKind, Message, Page, Sample, form::form_fields};
use domain::ids::ApplicationId;
use jiff::Timestamp;
use serde::Serialize;

form_fields! {
    /// Fields of the refusal.
    RefuseField {
        /// Why.
        Reason = "reason",
    }
}

/// Asks for the reason, which the family will read (L. 241/90 art. 3).
#[derive(Clone, Debug, Serialize)]
pub struct Refuse {
    /// The application.
    pub application: ApplicationId,
    /// Registration number.
    pub number: String,
    /// Version the officer read.
    pub version: i32,
    /// Services that will be refused.
    pub services: Vec<String>,
    /// What was typed and what is wrong.
    pub form: FormState<RefuseField>,
}

impl Refuse {
    /// No reason was given.
    pub const REASON_MISSING: Message = Message::new("errors.office.reason_missing");
}

impl Page for Refuse {
    const TEMPLATE: &'static str = "office/refuse.html";
    const FRAME: FrameKind = FrameKind::Office;

    fn samples(_now: Timestamp) -> Vec<Sample<Self>> {
        let page = |form: FormState<RefuseField>| Self {
            application: ApplicationId::from(crate::sample::draft().uuid()),
            number: "2026/000001".into(),
            version: 1,
            services: vec!["Mensa scolastica".into()],
            form,
        };
        let missing = FormState::default().error(RefuseField::Reason, Self::REASON_MISSING);
        vec![
            Sample::new("fresh", page(FormState::default())),
            Sample::new("missing", page(missing)),
        ]
    }
}
