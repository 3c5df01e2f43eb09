//! Questions of a form as the step page shows them.

mod attributes;
mod build;
mod samples;

pub use build::StepInput;
pub(crate) use samples::questions as sample_questions;

use crate::Message;
use serde::Serialize;

/// One question with what was typed. Build it with [`StepInput`].
#[derive(Clone, Serialize)]
pub struct QuestionView {
    /// Name and id of the control.
    pub field: String,
    /// Which control it is.
    pub widget: Widget,
    /// The question.
    pub label: String,
    /// A hint; empty when there is none.
    pub help: String,
    /// Why it is asked.
    pub purpose: String,
    /// Whether an answer is needed.
    pub required: bool,
    /// Whether it cannot be changed here.
    pub locked: bool,
    /// What was typed, exactly.
    pub value: String,
    /// What can be chosen: radio buttons and boxes.
    pub options: Vec<OptionView>,
    /// What can be chosen: lists, grouped.
    pub groups: Vec<OptionGroup>,
    /// The fields of an address.
    pub parts: Vec<PartView>,
    /// The upload control, for files.
    pub upload: Option<UploadView>,
    /// Longest answer in characters; 0 means no limit in the page.
    pub maxlength: u16,
    /// Value of `autocomplete`.
    pub autocomplete: &'static str,
    /// What is wrong.
    pub error: Option<Message>,
    /// What does not fit; shown, never a block.
    pub doubt: Option<Message>,
    /// When it is asked at all.
    pub condition: Option<ConditionView>,
}

/// Typed text is personal: it must not reach a log through `{:?}`.
impl std::fmt::Debug for QuestionView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "QuestionView({}, {:?})", self.field, self.widget)
    }
}

/// The control of a question. Up to five choices are radio buttons, more are a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Widget {
    /// One line.
    Text,
    /// Several lines.
    Textarea,
    /// A day as dd/mm/yyyy: one field, because three or a picker are slow for a birth date.
    Date,
    /// Sixteen capital letters and digits.
    CodiceFiscale,
    /// A municipality or state by name.
    Municipality,
    /// Telephone.
    Phone,
    /// E-mail.
    Email,
    /// Euro.
    Amount,
    /// Five fields.
    Address,
    /// One of a few.
    Radios,
    /// Several.
    Boxes,
    /// One of many.
    Select,
    /// A single box, for declarations.
    Tick,
    /// Files.
    Files,
}

impl Widget {
    /// Whether the control has a state in which it shows its answer and sends it, but does not let it be changed.
    pub(crate) const fn can_be_locked(self) -> bool {
        !matches!(
            self,
            Self::Address | Self::Radios | Self::Boxes | Self::Select | Self::Tick | Self::Files
        )
    }
}

/// One thing to choose.
#[derive(Clone, Debug, Serialize)]
pub struct OptionView {
    /// What is sent.
    pub value: String,
    /// What is shown.
    pub label: String,
    /// Whether it is chosen.
    pub selected: bool,
    /// A line below it; empty when there is none.
    pub note: String,
}

/// Choices under a heading.
#[derive(Clone, Debug, Serialize)]
pub struct OptionGroup {
    /// Heading; empty for none.
    pub label: String,
    /// The choices.
    pub options: Vec<OptionView>,
}

/// One field of an address.
#[derive(Clone, Serialize)]
pub struct PartView {
    /// Name and id of the control: `residence.street`.
    pub field: String,
    /// Which part: `street`, `number`, `cap`, `municipality`, `province`.
    pub part: &'static str,
    /// Key of its label.
    pub label: &'static str,
    /// What was typed.
    pub value: String,
    /// Whether it is needed.
    pub required: bool,
    /// Longest text.
    pub maxlength: u16,
    /// Value of `autocomplete`.
    pub autocomplete: &'static str,
    /// What is wrong.
    pub error: Option<Message>,
}

/// The files of a question.
#[derive(Clone, Serialize)]
pub struct UploadView {
    /// Files already stored.
    pub files: Vec<FileView>,
    /// Value of `accept`.
    pub accept: String,
    /// The same in words: «PDF, JPEG».
    pub accept_words: String,
    /// Most files.
    pub most: usize,
    /// Whether no further file fits.
    pub full: bool,
}

/// A stored file.
#[derive(Clone, Serialize)]
pub struct FileView {
    /// Its id.
    pub id: String,
    /// Its name as uploaded.
    pub name: String,
}

/// When a question is asked.
#[derive(Clone, Debug, Serialize)]
pub struct ConditionView {
    /// The earlier question.
    pub field: String,
    /// The answers that make this one appear, separated by spaces.
    pub is: String,
    /// Whether it is asked, by what is known now. The script keeps this up to date.
    pub holds: bool,
    /// The condition in words, for pages without scripts: «Dieta: Per motivi di salute».
    pub words: String,
}
