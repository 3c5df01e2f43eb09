//! Judging the answers of a step.

mod address;
mod people;
mod scalar;

use super::{
    Answers, Binding, FieldError, FieldErrorKind, FormDefinition, Journey, Question, QuestionKind,
    Step,
};
use crate::{CodiceFiscale, EmailAddress, school::School, school_service::SchoolService};
use jiff::civil::Date;

/// What judging needs to know besides the answers.
#[derive(Clone, Copy, Debug)]
pub struct FormContext<'a> {
    /// The day of arrival in Europe/Rome.
    pub today: Date,
    /// The tenant's schools.
    pub schools: &'a [School],
    /// The services whose window takes applications now.
    pub offered: &'a [SchoolService],
    /// The codice fiscale given at the door.
    pub pupil: Option<&'a CodiceFiscale>,
}

/// The errors of one step, in the order of its fields. Hidden questions have none.
pub fn validate_step(
    definition: &FormDefinition,
    step: &Step,
    answers: &Answers,
    ctx: &FormContext<'_>,
) -> Vec<FieldError> {
    let journey = Journey::new(definition, answers, ctx.offered);
    let Some(step) = definition.step(&step.key) else { return Vec::new() };
    let judge = Judge { definition, answers, ctx };
    journey.questions(step).into_iter().flat_map(|question| judge.question(question)).collect()
}

/// The errors of every visible step, by step key; empty when the application can be sent.
pub fn validate_all<'a>(
    definition: &'a FormDefinition,
    answers: &'a Answers,
    ctx: &FormContext<'a>,
) -> Vec<(&'a str, Vec<FieldError>)> {
    Journey::new(definition, answers, ctx.offered)
        .steps()
        .into_iter()
        .map(|step| (step.key.as_str(), validate_step(definition, step, answers, ctx)))
        .filter(|(_, errors)| !errors.is_empty())
        .collect()
}

struct Judge<'a> {
    definition: &'a FormDefinition,
    answers: &'a Answers,
    ctx: &'a FormContext<'a>,
}

impl Judge<'_> {
    fn question(&self, question: &Question) -> Vec<FieldError> {
        if question.kind == QuestionKind::Address {
            return address::errors(question, self.answers);
        }
        let kind = match (self.answers.get(&question.key), question.kind) {
            (None, _) if question.must_be_yes => Some(FieldErrorKind::MustBeYes),
            (None, _) => question.required.then_some(FieldErrorKind::Required),
            (Some(_), QuestionKind::File) => self.files(question),
            (Some(_), QuestionKind::Choice) => self.choice(question),
            (Some(_), QuestionKind::Services) => self.services(question),
            (Some(value), _) => self.scalar(question, value),
        };
        kind.map(|kind| FieldError { field: question.key.clone(), kind }).into_iter().collect()
    }

    fn scalar(&self, question: &Question, value: &str) -> Option<FieldErrorKind> {
        match question.kind {
            QuestionKind::Text => scalar::text(question, value),
            QuestionKind::Date => scalar::date(question, value, self.ctx.today),
            QuestionKind::CodiceFiscale => {
                people::codice_fiscale(self.definition, self.answers, question, self.ctx.pupil)
            }
            QuestionKind::Municipality => scalar::municipality(value),
            QuestionKind::Phone => scalar::phone(value),
            QuestionKind::Email => {
                EmailAddress::parse(value).is_err().then_some(FieldErrorKind::BadEmail)
            }
            QuestionKind::Amount => scalar::amount(value),
            QuestionKind::YesNo => scalar::yes_no(question, value),
            QuestionKind::School => {
                let known = self.ctx.schools.iter().any(|school| school.code == value);
                (!known).then_some(FieldErrorKind::UnknownSchool)
            }
            QuestionKind::SchoolClass => self.school_class(question, value),
            QuestionKind::Address
            | QuestionKind::File
            | QuestionKind::Choice
            | QuestionKind::Services => None,
        }
    }

    fn choice(&self, question: &Question) -> Option<FieldErrorKind> {
        let chosen = self.answers.all(&question.key);
        let known = chosen.iter().all(|value| question.option(value).is_some());
        let count = question.multiple || chosen.len() <= 1;
        (!known || !count).then_some(FieldErrorKind::NotAnOption)
    }

    fn services(&self, question: &Question) -> Option<FieldErrorKind> {
        self.answers.all(&question.key).iter().find_map(|value| {
            match value.parse::<SchoolService>() {
                Ok(service) if self.ctx.offered.contains(&service) => None,
                Ok(_) => Some(FieldErrorKind::ServiceNotOpen),
                Err(_) => Some(FieldErrorKind::NotAnOption),
            }
        })
    }

    /// A class must be one of the chosen school's, unless that school publishes none.
    fn school_class(&self, question: &Question, value: &str) -> Option<FieldErrorKind> {
        let code = self.answers.bound(self.definition, Binding::SchoolCode)?;
        let school = self.ctx.schools.iter().find(|school| school.code == code)?;
        if school.classes.is_empty() {
            return scalar::text(question, value);
        }
        (!school.classes.iter().any(|class| class == value)).then_some(FieldErrorKind::UnknownClass)
    }

    fn files(&self, question: &Question) -> Option<FieldErrorKind> {
        let files = self.answers.files(&question.key).len();
        let max = question.most_files();
        if files == 0 {
            question.required.then_some(FieldErrorKind::Required)
        } else {
            (files > max).then_some(FieldErrorKind::TooManyFiles { max })
        }
    }
}

#[cfg(test)]
mod tests;
