//! The way through a form, derived from the answers given so far.

use super::{Answers, FormContext, FormDefinition, Question, QuestionKind, Step, validate_step};
use crate::school_service::SchoolService;

/// The steps and questions that these answers make visible.
#[derive(Clone, Copy, Debug)]
pub struct Journey<'a> {
    definition: &'a FormDefinition,
    answers: &'a Answers,
    offered: &'a [SchoolService],
}

impl<'a> Journey<'a> {
    /// The journey of one draft; `offered` are the services whose window takes applications now
    /// (and, when a filed application is being changed, those already asked for). For reading a
    /// filed application pass `&SchoolService::ALL`: its own answers decide.
    pub const fn new(
        definition: &'a FormDefinition,
        answers: &'a Answers,
        offered: &'a [SchoolService],
    ) -> Self {
        Self { definition, answers, offered }
    }

    /// The visible steps, in order.
    pub fn steps(&self) -> Vec<&'a Step> {
        self.definition.steps.iter().filter(|step| self.shows_step(step)).collect()
    }

    /// A visible step.
    pub fn step(&self, key: &str) -> Option<&'a Step> {
        self.definition.step(key).filter(|step| self.shows_step(step))
    }

    /// The visible questions of a step, in order.
    pub fn questions(&self, step: &'a Step) -> Vec<&'a Question> {
        if self.wants(step) {
            step.questions.iter().filter(|question| self.condition_holds(question)).collect()
        } else {
            Vec::new()
        }
    }

    /// Whether a question is visible; unknown keys are not.
    pub fn shows(&self, question_key: &str) -> bool {
        let found = self.definition.questions().find(|(_, question)| question.key == question_key);
        found.is_some_and(|(step, question)| self.wants(step) && self.condition_holds(question))
    }

    /// The first step.
    pub fn first(&self) -> Option<&'a Step> {
        self.steps().into_iter().next()
    }

    /// The step after this one; `None` after the last, where the summary comes.
    pub fn next_after(&self, key: &str) -> Option<&'a Step> {
        let at = self.definition.steps.iter().position(|step| step.key == key)?;
        self.definition.steps.iter().skip(at + 1).find(|step| self.shows_step(step))
    }

    /// The step before this one; `None` before the first.
    pub fn previous_before(&self, key: &str) -> Option<&'a Step> {
        let at = self.definition.steps.iter().position(|step| step.key == key)?;
        self.definition.steps.iter().take(at).rev().find(|step| self.shows_step(step))
    }

    /// Position among the visible steps, from 1, and how many there are.
    pub fn progress(&self, key: &str) -> Option<(usize, usize)> {
        let steps = self.steps();
        let at = steps.iter().position(|step| step.key == key)?;
        Some((at + 1, steps.len()))
    }

    /// The first visible step with something missing or wrong; `None` when all is well.
    pub fn first_incomplete(&self, ctx: &FormContext<'_>) -> Option<&'a Step> {
        self.steps()
            .into_iter()
            .find(|step| !validate_step(self.definition, step, self.answers, ctx).is_empty())
    }

    /// The answers to visible questions only: what a submitted document holds. Hidden answers stay
    /// in the draft, in case the family changes its mind.
    pub fn visible_answers(&self) -> Answers {
        let mut visible = Answers::new();
        for question in self.steps().into_iter().flat_map(|step| self.questions(step)) {
            for field in question.fields() {
                visible.set_all(field.clone(), self.answers.all(&field).to_vec());
            }
        }
        visible
    }

    /// The services asked for, in the order of the product.
    pub fn services(&self) -> Vec<SchoolService> {
        let asked = |service: &SchoolService| {
            self.definition.questions().any(|(_, question)| {
                question.kind == QuestionKind::Services
                    && self.answers.holds(&question.key, service.tag())
            })
        };
        SchoolService::ALL.into_iter().filter(asked).collect()
    }

    fn shows_step(&self, step: &'a Step) -> bool {
        !self.questions(step).is_empty()
    }

    /// Whether the step belongs to everybody or to a service that is asked for and offered.
    fn wants(&self, step: &Step) -> bool {
        step.school_service.is_none_or(|service| {
            self.offered.contains(&service) && self.services().contains(&service)
        })
    }

    /// A condition holds only while the question it looks at is itself visible. Conditions look
    /// back at earlier questions, so the recursion ends.
    fn condition_holds(&self, question: &Question) -> bool {
        question.shown_when.as_ref().is_none_or(|condition| {
            condition.question != question.key
                && self.shows(&condition.question)
                && condition.is.iter().any(|value| self.answers.holds(&condition.question, value))
        })
    }
}
