//! Answers in words, for the summary, the office and the documents.

use super::{
    Answers, FormDefinition, Journey, Question, QuestionKind, Step, parse_amount, parse_date,
};
use crate::{Locale, cents::Cents, school::School, school_service::SchoolService};
use jiff::civil::Date;

/// A step of the summary with its visible questions.
#[derive(Clone, Debug)]
pub struct DisplayStep<'a> {
    /// The step.
    pub step: &'a Step,
    /// Its questions with their answers, in order.
    pub answers: Vec<DisplayAnswer<'a>>,
}

/// One question with its answer in words.
#[derive(Clone)]
pub struct DisplayAnswer<'a> {
    /// The question.
    pub question: &'a Question,
    /// Label in the reader's language.
    pub label: &'a str,
    /// The answer; `None` reads "not indicated".
    pub value: Option<DisplayValue>,
    /// Never in mail, never in lists.
    pub sensitive: bool,
}

impl std::fmt::Debug for DisplayAnswer<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DisplayAnswer({}, given: {})", self.question.key, self.value.is_some())
    }
}

/// An answer ready for showing; what depends on the language's own words is left typed.
#[derive(Clone, PartialEq, Eq)]
pub enum DisplayValue {
    /// Words to show as they are.
    Text(String),
    /// Several of them.
    List(Vec<String>),
    /// Yes or no, in the reader's language.
    YesNo(bool),
    /// A day, in the reader's format.
    Date(Date),
    /// An amount in euro.
    Amount(Cents),
    /// School services, in the reader's language.
    Services(Vec<SchoolService>),
    /// Names of attached files, as uploaded.
    Files(Vec<String>),
}

impl std::fmt::Debug for DisplayValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DisplayValue(…)")
    }
}

/// The answer of one question in words; what cannot be read is shown as typed.
pub fn display(
    question: &Question,
    answers: &Answers,
    locale: Locale,
    schools: &[School],
) -> Option<DisplayValue> {
    if question.kind == QuestionKind::Address {
        let line = answers.address(&question.key).line();
        return (!line.is_empty()).then_some(DisplayValue::Text(line));
    }
    let value = answers.get(&question.key)?;
    let as_typed = || DisplayValue::Text(value.to_owned());
    Some(match question.kind {
        QuestionKind::Date => parse_date(value).map_or_else(as_typed, DisplayValue::Date),
        QuestionKind::Amount => parse_amount(value).map_or_else(as_typed, DisplayValue::Amount),
        QuestionKind::CodiceFiscale => DisplayValue::Text(value.to_uppercase()),
        QuestionKind::YesNo => match value {
            "yes" => DisplayValue::YesNo(true),
            "no" => DisplayValue::YesNo(false),
            _ => as_typed(),
        },
        QuestionKind::School => school(value, schools).map_or_else(as_typed, DisplayValue::Text),
        QuestionKind::Choice => choice(question, answers, locale),
        QuestionKind::Services => {
            let asked = |service: &SchoolService| answers.holds(&question.key, service.tag());
            DisplayValue::Services(SchoolService::ALL.into_iter().filter(asked).collect())
        }
        QuestionKind::File => {
            let names = answers.files(&question.key).into_iter().map(|file| file.name);
            DisplayValue::Files(names.collect())
        }
        QuestionKind::Text
        | QuestionKind::Municipality
        | QuestionKind::Address
        | QuestionKind::Phone
        | QuestionKind::Email
        | QuestionKind::SchoolClass => as_typed(),
    })
}

/// Every visible step with its answers in words.
pub fn display_steps<'a>(
    definition: &'a FormDefinition,
    answers: &'a Answers,
    offered: &'a [SchoolService],
    locale: Locale,
    schools: &[School],
) -> Vec<DisplayStep<'a>> {
    let journey = Journey::new(definition, answers, offered);
    let in_words = |question: &'a Question| DisplayAnswer {
        question,
        label: question.label.get(locale),
        value: display(question, answers, locale, schools),
        sensitive: question.sensitive,
    };
    let shown = |step: &'a Step| journey.questions(step).into_iter().map(in_words).collect();
    journey.steps().into_iter().map(|step| DisplayStep { step, answers: shown(step) }).collect()
}

/// A school's name with its address.
fn school(code: &str, schools: &[School]) -> Option<String> {
    let school = schools.iter().find(|school| school.code == code)?;
    Some(format!("{}, {}", school.name, school.address))
}

/// Labels in the order of the form, not of the ticking.
fn choice(question: &Question, answers: &Answers, locale: Locale) -> DisplayValue {
    let chosen = |value: &str| answers.holds(&question.key, value);
    let mut labels: Vec<String> = question
        .options
        .iter()
        .filter(|option| chosen(&option.value))
        .map(|option| option.label.get(locale).to_owned())
        .collect();
    let unknown = |value: &&String| question.option(value).is_none();
    labels.extend(answers.all(&question.key).iter().filter(unknown).cloned());
    if question.multiple {
        DisplayValue::List(labels)
    } else {
        DisplayValue::Text(labels.into_iter().next().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::tests::{complete_answers, context, full_form, schools};

    fn shown(key: &str, answers: &Answers, locale: Locale) -> Option<DisplayValue> {
        let form = full_form();
        display(form.question(key).unwrap(), answers, locale, &schools())
    }

    fn text(words: &str) -> DisplayValue {
        DisplayValue::Text(words.to_owned())
    }

    #[test]
    fn every_kind_reads_in_words() {
        let answers = complete_answers();
        let it = |key| shown(key, &answers, Locale::It);
        let day = Date::constant(2019, 3, 9);
        assert_eq!(it("pupil_birth_date"), Some(DisplayValue::Date(day)));
        assert_eq!(it("home"), Some(text("Via Prova 1, 74121 Taranto (TA)")));
        assert_eq!(it("school"), Some(text("Scuola Prova, Via Esempio 2")));
        assert_eq!(it("diet"), Some(text("Menù standard")));
        assert_eq!(shown("diet", &answers, Locale::En), Some(text("Standard menu")));
        let days = vec!["Lunedì".to_owned(), "Martedì".to_owned()];
        assert_eq!(it("days"), Some(DisplayValue::List(days)));
        assert_eq!(it("services"), Some(DisplayValue::Services(vec![SchoolService::Canteen])));
        assert_eq!(it("isee"), Some(DisplayValue::YesNo(true)));
        assert_eq!(it("isee_value"), Some(DisplayValue::Amount(Cents::new(1_234_567))));
        assert_eq!(it("second_phone"), None, "not indicated");
    }

    #[test]
    fn unreadable_answers_are_shown_as_typed() {
        let mut answers = complete_answers();
        answers.set("pupil_birth_date", "marzo");
        answers.set("school", "XX");
        answers.set("diet", "vegan");
        for (key, words) in [("pupil_birth_date", "marzo"), ("school", "XX"), ("diet", "vegan")] {
            assert_eq!(shown(key, &answers, Locale::It), Some(text(words)));
        }
    }

    #[test]
    fn the_summary_has_visible_questions_only_and_flags_sensitive_ones() {
        let (form, mut answers) = (full_form(), complete_answers());
        let ctx = context();
        let keys = |answers: &Answers| -> Vec<(String, bool)> {
            display_steps(&form, answers, ctx.offered, Locale::It, &schools())
                .into_iter()
                .filter(|shown| shown.step.key == "canteen")
                .flat_map(|shown| shown.answers)
                .map(|answer| (answer.question.key.clone(), answer.sensitive))
                .collect()
        };
        assert_eq!(keys(&answers), [("days".to_owned(), false), ("diet".to_owned(), true)]);
        answers.set("diet", "health");
        assert_eq!(keys(&answers).last(), Some(&("certificate".to_owned(), true)));
        answers.set_all("services", vec!["transport".to_owned()]);
        assert!(keys(&answers).is_empty());
    }

    #[test]
    fn debug_hides_the_words() {
        assert_eq!(format!("{:?}", Some(text("Luca"))), "Some(DisplayValue(…))");
    }
}
