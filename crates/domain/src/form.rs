//! Enrolment forms: what a tenant asks, what a family answers, and how the two are judged.

mod address;
mod answers;
mod asserted;
mod binding;
mod carry_over;
mod changes;
mod check;
mod definition;
mod display;
mod field_error;
mod journey;
mod options;
mod place;
mod prefill;
mod question;
mod text;
mod validate;
mod value;
mod warning;

pub use address::{AddressPart, RawAddress};
pub use answers::{Answers, AttachedFile};
pub use asserted::take_asserted;
pub use binding::Binding;
pub use carry_over::{Told, carry_over};
pub use changes::Changes;
pub use check::{DefinitionProblem, validate_definition};
pub use definition::{FORM_SCHEMA, FormDefinition, Step};
pub use display::{DisplayAnswer, DisplayStep, DisplayValue, display, display_steps};
pub use field_error::{FieldError, FieldErrorKind};
pub use journey::Journey;
pub use options::{ClassGroup, class_groups};
pub use prefill::{PrefillSource, prefill};
pub use question::{
    ChoiceOption, FileType, Prefill, Question, QuestionKind, Reader, Retention, ShownWhen,
};
pub use text::LocalisedText;
pub use validate::{FormContext, validate_all, validate_step};
pub use value::{parse_amount, parse_date, parse_phone};
pub use warning::{Warning, WarningKind, warnings};

#[cfg(test)]
mod tests;
