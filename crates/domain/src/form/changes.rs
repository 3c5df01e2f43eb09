//! What a family changed since it last sent: in the questions for everybody, or in those of one service.

use super::{Answers, FormDefinition, QuestionKind, Step};
use crate::school_service::SchoolService;

/// Where two sets of visible answers to the same form differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// An answer that concerns every service differs.
    pub common: bool,
    /// Services whose own answers differ.
    pub services: Vec<SchoolService>,
}

impl Changes {
    /// The differences. Which services are asked for is not among them: that is not an answer about a service.
    pub fn between(definition: &FormDefinition, before: &Answers, after: &Answers) -> Self {
        let mut changes = Self::default();
        for step in definition.steps.iter().filter(|step| differs(step, before, after)) {
            match step.school_service {
                Some(service) => changes.services.push(service),
                None => changes.common = true,
            }
        }
        changes
    }
}

fn differs(step: &Step, before: &Answers, after: &Answers) -> bool {
    let answered = step.questions.iter().filter(|question| question.kind != QuestionKind::Services);
    answered.flat_map(super::Question::fields).any(|field| before.all(&field) != after.all(&field))
}
