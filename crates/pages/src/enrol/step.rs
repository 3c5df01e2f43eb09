//! One step of the form.

use crate::{
    Page, Sample, Typed,
    form::ErrorLine,
    journey::Progress,
    question::{QuestionView, sample_questions},
    sample,
};
use domain::{Locale, ids::DraftId};
use jiff::Timestamp;
use serde::Serialize;

/// A step with its questions. Its form posts to the step's own address with the buttons of
/// [`crate::action::Action`], the hidden revision, and `_remove=<attachment>` to drop a file.
///
/// The script posts the same fields with `_action=autosave` and without files, and reads JSON:
/// `{"revision": 8, "saved_at": "17:24"}` with 200; 409 when another tab was faster; 401 when the
/// session is gone; anything else counts as "not saved".
#[derive(Clone, Debug, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the page")]
pub struct Step {
    /// The draft.
    pub draft: DraftId,
    /// Key of the step.
    pub step: String,
    /// Heading of the step.
    pub title: String,
    /// A paragraph below it; empty for none.
    pub intro: String,
    /// Where the family stands.
    pub progress: Progress,
    /// The questions.
    pub questions: Vec<QuestionView>,
    /// The summary of errors.
    pub errors: Vec<ErrorLine>,
    /// Revision of the draft that this page was made from.
    pub revision: i64,
    /// Whether any question takes files.
    pub has_files: bool,
    /// Whether the family came from the summary and returns to it.
    pub from_summary: bool,
    /// Whether the summary comes next: the button then says «Vai al riepilogo iscrizione».
    pub last: bool,
    /// Whether saving the draft for the first time will mail a temporary password.
    pub first_save: bool,
    /// Whether a filed application is being changed: there is no draft to save then.
    pub changing: bool,
}

impl Page for Step {
    const TEMPLATE: &'static str = "enrol/step.html";

    fn typed(&self) -> Typed {
        Typed::GoesAlong
    }

    fn samples(_now: Timestamp) -> Vec<Sample<Self>> {
        let page = |step: &str, title: &str, current, answered| {
            let (questions, errors) = sample_questions(step, answered, Locale::It);
            Self {
                draft: sample::draft(),
                step: step.into(),
                title: title.into(),
                intro: if current == 1 {
                    "Scrivi i dati come sono sulla tessera sanitaria.".into()
                } else {
                    String::new()
                },
                progress: sample::progress(current),
                has_files: step == "canteen",
                questions,
                errors,
                revision: 7,
                from_summary: false,
                last: current == 3,
                first_save: current == 1,
                changing: false,
            }
        };
        vec![
            Sample::new("pupil", page("pupil", "Alunno", 1, false)),
            Sample::new("pupil_errors", page("pupil", "Alunno", 1, true)),
            Sample::new("guardian_fixed", page("guardian", "Genitore", 2, true)),
            Sample::new("canteen", page("canteen", "Mensa", 3, false)),
            Sample::new("canteen_errors", page("canteen", "Mensa", 3, true)),
            Sample::new(
                "from_summary",
                Self { from_summary: true, changing: true, ..page("pupil", "Alunno", 1, false) },
            ),
        ]
    }
}
