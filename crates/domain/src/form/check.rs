//! Judging a form before it is published: every mistake, each with its place.

mod question;

use super::{Binding, FORM_SCHEMA, FormDefinition, Question, QuestionKind, ShownWhen, Step};
use crate::school_service::SchoolService;
use std::{collections::BTreeSet, fmt};

/// One mistake in a form definition, worded for the operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefinitionProblem {
    /// Position and key of the step, when the mistake is in one.
    pub step: Option<(usize, String)>,
    /// Position within the step and key of the question.
    pub question: Option<(usize, String)>,
    /// The key of the file that is wrong, such as `shown_when`; empty for the whole.
    pub field: &'static str,
    /// What is wrong and what is allowed.
    pub message: String,
}

impl fmt::Display for DefinitionProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((_, key)) = &self.step {
            write!(f, "step \"{key}\": ")?;
        }
        if let Some((_, key)) = &self.question {
            write!(f, "question \"{key}\": ")?;
        }
        if !self.field.is_empty() {
            write!(f, "{}: ", self.field)?;
        }
        f.write_str(&self.message)
    }
}

/// All mistakes of a form; none means that it can be published.
pub fn validate_definition(definition: &FormDefinition) -> Vec<DefinitionProblem> {
    let mut check = Check { definition, problems: Vec::new() };
    check.whole();
    for (index, step) in definition.steps.iter().enumerate() {
        check.step(index, step);
        for (position, question) in step.questions.iter().enumerate() {
            let at = At { index, step, position, question };
            check.identity(&at);
            check.condition(&at);
            question::check(&at, &mut check.problems);
        }
    }
    check.mandatory();
    check.problems
}

/// Where a question stands.
struct At<'a> {
    index: usize,
    step: &'a Step,
    position: usize,
    question: &'a Question,
}

impl At<'_> {
    fn problem(&self, field: &'static str, message: impl Into<String>) -> DefinitionProblem {
        DefinitionProblem {
            step: Some((self.index, self.step.key.clone())),
            question: Some((self.position, self.question.key.clone())),
            field,
            message: message.into(),
        }
    }
}

struct Check<'a> {
    definition: &'a FormDefinition,
    problems: Vec<DefinitionProblem>,
}

impl<'a> Check<'a> {
    fn whole(&mut self) {
        if self.definition.schema != FORM_SCHEMA {
            self.form("schema", format!("unknown version; this program reads {FORM_SCHEMA}"));
        }
        if self.definition.steps.is_empty() {
            self.form("step", "a form has at least one step".to_owned());
        }
    }

    fn form(&mut self, field: &'static str, message: String) {
        self.problems.push(DefinitionProblem { step: None, question: None, field, message });
    }

    fn step(&mut self, index: usize, step: &Step) {
        let twice = self.definition.steps.iter().take(index).any(|earlier| earlier.key == step.key);
        let mut problem = |field, message: &str| {
            self.problems.push(DefinitionProblem {
                step: Some((index, step.key.clone())),
                question: None,
                field,
                message: message.to_owned(),
            });
        };
        if !is_slug(&step.key) {
            problem("key", SLUG);
        }
        if twice {
            problem("key", "another step has the same key");
        }
        if step.questions.is_empty() {
            problem("question", "a step asks at least one question");
        }
        let asked_before = self
            .definition
            .steps
            .iter()
            .take(index)
            .flat_map(|step| &step.questions)
            .any(|question| question.kind == QuestionKind::Services);
        if step.school_service.is_some() && !asked_before {
            let message = "the services must be asked (kind \"services\") in an earlier step";
            problem("school_service", message);
        }
    }

    /// Keys and meanings are used once.
    fn identity(&mut self, at: &At<'_>) {
        let question = at.question;
        if !is_slug(&question.key) {
            self.problems.push(at.problem("key", SLUG));
        }
        if self.earlier(at).any(|earlier| earlier.key == question.key) {
            let message = "another question of this form has the same key";
            self.problems.push(at.problem("key", message));
        }
        if question.binds.is_some() && self.earlier(at).any(|e| e.binds == question.binds) {
            self.problems.push(at.problem("binds", "another question has this meaning already"));
        }
        let school_asked = self.earlier(at).any(|e| e.binds == Some(Binding::SchoolCode));
        if question.kind == QuestionKind::SchoolClass && !school_asked {
            let message = "kind \"school_class\" needs an earlier question bound to school.code";
            self.problems.push(at.problem("kind", message));
        }
    }

    fn condition(&mut self, at: &At<'_>) {
        let Some(condition) = &at.question.shown_when else { return };
        let earlier = self.earlier(at).find(|earlier| earlier.key == condition.question);
        let message = match earlier {
            None => Some(format!("no earlier question has the key \"{}\"", condition.question)),
            Some(earlier) => refused_condition(condition, earlier),
        };
        self.problems.extend(message.map(|message| at.problem("shown_when", message)));
    }

    /// Without these answers no application can be filed: always asked, of everybody.
    fn mandatory(&mut self) {
        for binding in Binding::MANDATORY {
            let found = self.definition.questions().find(|(_, q)| q.binds == Some(binding));
            match found {
                None => self.form("", format!("no question binds \"{binding}\"; it is mandatory")),
                Some((step, question)) => {
                    let always = question.required
                        && question.shown_when.is_none()
                        && step.school_service.is_none();
                    if !always {
                        let message = format!(
                            "question \"{}\" binds \"{binding}\": it must be required, without \
                             shown_when, in a step without school_service",
                            question.key
                        );
                        self.form("", message);
                    }
                }
            }
        }
    }

    /// The questions before this one.
    fn earlier(&self, at: &At<'a>) -> impl Iterator<Item = &'a Question> + use<'a> {
        let (index, position) = (at.index, at.position);
        self.definition.steps.iter().enumerate().take(index + 1).flat_map(move |(i, step)| {
            let count = if i < index { step.questions.len() } else { position };
            step.questions.iter().take(count)
        })
    }
}

/// Why a condition can never be judged.
fn refused_condition(condition: &ShownWhen, earlier: &Question) -> Option<String> {
    let possible: BTreeSet<&str> = match earlier.kind {
        QuestionKind::YesNo => BTreeSet::from(["yes", "no"]),
        QuestionKind::Choice => earlier.options.iter().map(|o| o.value.as_str()).collect(),
        QuestionKind::Services => SchoolService::ALL.iter().map(|s| s.tag()).collect(),
        _ => {
            return Some(format!(
                "\"{}\" is of kind \"{}\"; allowed are choice, yes_no, services",
                earlier.key,
                earlier.kind.tag()
            ));
        }
    };
    if condition.is.is_empty() {
        return Some("`is` lists at least one answer".to_owned());
    }
    let unknown = condition.is.iter().find(|value| !possible.contains(value.as_str()))?;
    let allowed = possible.into_iter().collect::<Vec<_>>().join(", ");
    Some(format!("\"{unknown}\" is no answer of \"{}\"; allowed are {allowed}", earlier.key))
}

const SLUG: &str =
    "a key has lower-case letters, digits and underscores, a letter first, at most 40 characters";

fn is_slug(key: &str) -> bool {
    let word = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    key.len() <= 40
        && key.bytes().all(word)
        && key.bytes().next().is_some_and(|b| b.is_ascii_lowercase())
}

#[cfg(test)]
mod tests;
