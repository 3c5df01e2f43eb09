//! «Vai al riepilogo iscrizione»: everything in words, then sending.

use super::privacy::NoticeView;
use crate::{
    FormState, Message, Page, Sample, Typed,
    form::form_fields,
    journey::{Progress, Section},
    sample,
};
use domain::ids::DraftId;
use jiff::Timestamp;
use serde::Serialize;

form_fields! {
    /// Fields of the summary.
    SummaryField {
        /// The declarations are made.
        Declarations = "declarations",
        /// The privacy box, required for sending.
        Privacy = "privacy",
    }
}

/// The summary. «Invia Iscrizione» posts here; a double press is the operation's concern, the
/// script only disables the button.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
    /// The draft.
    pub draft: DraftId,
    /// «2026/2027».
    pub school_year: String,
    /// Where the family stands.
    pub progress: Progress,
    /// All visible steps in words.
    pub sections: Vec<Section>,
    /// What is missing or wrong; sending is offered only when there is nothing.
    pub incomplete: Vec<Incomplete>,
    /// The declarations (DPR 445/2000), one sentence each.
    pub declarations: Vec<String>,
    /// The privacy notice, to be read again.
    pub notice: NoticeView,
    /// The sentence of the privacy box: the tenant's, or the product's own.
    pub privacy_sentence: String,
    /// The boxes; their value is `yes`.
    pub form: FormState<SummaryField>,
    /// Revision of the draft that this page was made from.
    pub revision: i64,
    /// First step, for «Modifica Iscrizione».
    pub first_step: String,
    /// Whether the window is closed and the application will be marked late.
    pub late: bool,
    /// Whether a filed application is being changed.
    pub changing: bool,
    /// Services sent before that stay as they are.
    pub kept: String,
    /// Services sent before that this sending takes back.
    pub withdrawn: String,
}

/// A step with something missing.
#[derive(Clone, Debug, Serialize)]
pub struct Incomplete {
    /// Key of the step.
    pub step: String,
    /// Heading of the step.
    pub title: String,
    /// How many answers are missing or wrong.
    pub count: usize,
}

impl Summary {
    /// The declarations were not made.
    pub const DECLARATIONS_MISSING: Message = Message::new("errors.declarations_missing");
    /// The privacy box was not ticked.
    pub const PRIVACY_MISSING: Message = Message::new("errors.privacy_missing");
}

impl Page for Summary {
    const TEMPLATE: &'static str = "enrol/summary.html";

    fn typed(&self) -> Typed {
        if self.incomplete.is_empty() { Typed::GoesAlong } else { Typed::Nothing }
    }

    fn samples(_now: Timestamp) -> Vec<Sample<Self>> {
        let page = |form| Self {
            draft: sample::draft(),
            school_year: "2026/2027".into(),
            progress: sample::progress(4),
            sections: sample::sections(),
            incomplete: vec![],
            declarations: vec![
                "I dati che ho indicato sono veri.".into(),
                "Comunicherò ogni cambiamento.".into(),
            ],
            notice: NoticeView {
                title: "Informativa sul trattamento dei dati personali".into(),
                paragraphs: vec!["Il Comune tratta i dati per iscrivere l'alunno.".into()],
                version: "2026-1".into(),
            },
            privacy_sentence: "Ho letto e compreso l'informativa sulla privacy".into(),
            form,
            revision: 12,
            first_step: "pupil".into(),
            late: false,
            changing: false,
            kept: String::new(),
            withdrawn: String::new(),
        };
        let incomplete =
            vec![Incomplete { step: "canteen".into(), title: "Mensa".into(), count: 2 }];
        let unticked = FormState::default()
            .error(SummaryField::Declarations, Self::DECLARATIONS_MISSING)
            .error(SummaryField::Privacy, Self::PRIVACY_MISSING);
        vec![
            Sample::new("ready", page(FormState::default())),
            Sample::new("unticked", page(unticked)),
            Sample::new("incomplete", Self { incomplete, ..page(FormState::default()) }),
            Sample::new(
                "late_change",
                Self { late: true, changing: true, ..page(FormState::default()) },
            ),
            Sample::new(
                "services_change",
                Self {
                    changing: true,
                    kept: "Refezione scolastica".into(),
                    withdrawn: "Trasporto scolastico".into(),
                    ..page(FormState::default())
                },
            ),
        ]
    }
}
