//! A form as a tenant publishes it: steps with questions, for one school year.

use super::{Binding, LocalisedText, Question};
use crate::{SchoolYear, school_service::SchoolService};
use serde::{Deserialize, Serialize};

/// The version of the file format that this program reads.
pub const FORM_SCHEMA: u16 = 1;

/// A whole form; it is frozen with every application that answers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormDefinition {
    /// Version of the file format.
    pub schema: u16,
    /// The school year; in files it may be left to the file's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school_year: Option<SchoolYear>,
    /// The steps, in order.
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
}

/// One page of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Name of the step in URLs.
    pub key: String,
    /// Heading.
    pub title: LocalisedText,
    /// A paragraph below the heading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intro: Option<LocalisedText>,
    /// Shown only when this service is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school_service: Option<SchoolService>,
    /// The questions, in order.
    #[serde(rename = "question")]
    pub questions: Vec<Question>,
}

impl FormDefinition {
    /// The step with this key.
    pub fn step(&self, key: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.key == key)
    }

    /// The question with this key.
    pub fn question(&self, key: &str) -> Option<&Question> {
        self.questions().map(|(_, question)| question).find(|question| question.key == key)
    }

    /// All questions with their steps, in order.
    pub fn questions(&self) -> impl Iterator<Item = (&Step, &Question)> {
        self.steps.iter().flat_map(|step| step.questions.iter().map(move |q| (step, q)))
    }

    /// The question that carries a meaning.
    pub fn bound(&self, binding: Binding) -> Option<&Question> {
        self.questions().map(|(_, question)| question).find(|q| q.binds == Some(binding))
    }

    /// The step that asks a question.
    pub fn step_of(&self, question_key: &str) -> Option<&Step> {
        self.questions().find(|(_, question)| question.key == question_key).map(|(step, _)| step)
    }
}
