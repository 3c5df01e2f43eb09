//! First step: the privacy notice.

use crate::{
    FormState, Message, Page, Sample, Typed, form::form_fields, journey::Progress, sample,
};
use domain::ids::DraftId;
use jiff::Timestamp;
use serde::Serialize;

form_fields! {
    /// Fields of the first step.
    PrivacyField {
        /// «Ho letto e compreso l'informativa sulla privacy».
        Understood = "understood",
    }
}

/// Shows the notice and asks whether it was understood.
#[derive(Clone, Debug, Serialize)]
pub struct Privacy {
    /// The draft.
    pub draft: DraftId,
    /// Where the family stands.
    pub progress: Progress,
    /// The tenant's notice in the reader's language.
    pub notice: NoticeView,
    /// The box; its value is `yes`.
    pub form: FormState<PrivacyField>,
    /// Whether a filed application is being changed: there is no draft to save.
    pub changing: bool,
}

/// A privacy notice.
#[derive(Clone, Debug, Serialize)]
pub struct NoticeView {
    /// Heading.
    pub title: String,
    /// The notice, paragraph by paragraph.
    pub paragraphs: Vec<String>,
    /// Its version, recorded with the application.
    pub version: String,
}

impl Privacy {
    /// The box was not ticked.
    pub const MISSING: Message = Message::new("errors.privacy_missing");
}

impl Page for Privacy {
    const TEMPLATE: &'static str = "enrol/privacy.html";

    fn typed(&self) -> Typed {
        Typed::GoesAlong
    }

    fn samples(_now: Timestamp) -> Vec<Sample<Self>> {
        let notice = NoticeView {
            title: "Informativa sul trattamento dei dati personali".into(),
            paragraphs: vec![
                "Il Comune tratta i dati che scrivi per iscrivere l'alunno ai servizi scolastici."
                    .into(),
                "I dati sono conservati per il tempo indicato accanto a ogni domanda.".into(),
            ],
            version: "2026-1".into(),
        };
        let page = |form| Self {
            draft: sample::draft(),
            progress: sample::progress(0),
            notice: notice.clone(),
            form,
            changing: false,
        };
        vec![
            Sample::new("fresh", page(FormState::default())),
            Sample::new(
                "missing",
                page(FormState::default().error(PrivacyField::Understood, Self::MISSING)),
            ),
        ]
    }
}
