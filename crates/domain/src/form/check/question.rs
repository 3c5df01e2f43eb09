//! Whether the keys of one question go together.

use super::{At, DefinitionProblem, SLUG, is_slug};
use crate::form::{Binding, Prefill, Question, QuestionKind};

/// Adds the mistakes inside one question.
pub(super) fn check(at: &At<'_>, problems: &mut Vec<DefinitionProblem>) {
    let found = [
        options(at.question),
        option_values(at.question),
        files(at.question),
        several(at.question),
        words(at.question),
        declaration(at.question),
        binding(at.question),
        services(at.question),
        prefill(at.question),
        readers(at.question),
    ];
    problems.extend(found.into_iter().flatten().map(|(field, message)| at.problem(field, message)));
}

type Mistake = Option<(&'static str, String)>;

fn mistake(wrong: bool, field: &'static str, message: &str) -> Mistake {
    wrong.then(|| (field, message.to_owned()))
}

fn options(question: &Question) -> Mistake {
    let choice = question.kind == QuestionKind::Choice;
    let least = if question.multiple { 1 } else { 2 };
    let few = choice && question.options.len() < least;
    mistake(few, "options", "a choice needs options: at least two, or one when multiple").or_else(
        || {
            let stray = !choice && !question.options.is_empty();
            mistake(stray, "options", "only kind \"choice\" has options")
        },
    )
}

fn option_values(question: &Question) -> Mistake {
    let values: Vec<&str> = question.options.iter().map(|o| o.value.as_str()).collect();
    if let Some(value) = values.iter().find(|value| !is_slug(value)) {
        return Some(("options", format!("value \"{value}\": {SLUG}")));
    }
    let twice = values.iter().enumerate().find(|(at, v)| values.iter().take(*at).any(|e| e == *v));
    twice.map(|(_, value)| ("options", format!("value \"{value}\" is there twice")))
}

fn files(question: &Question) -> Mistake {
    let file = question.kind == QuestionKind::File;
    let none = file && question.accept.is_empty();
    mistake(none, "accept", "a file needs the types taken; allowed are pdf, jpeg, png").or_else(
        || {
            let stray = !file && !question.accept.is_empty();
            mistake(stray, "accept", "only kind \"file\" has accept")
        },
    )
}

fn several(question: &Question) -> Mistake {
    let possible = matches!(question.kind, QuestionKind::Choice | QuestionKind::File);
    let message = "only kinds \"choice\" and \"file\" can be multiple";
    mistake(question.multiple && !possible, "multiple", message)
}

fn words(question: &Question) -> Mistake {
    let text = question.kind == QuestionKind::Text;
    let stray = !text && (question.max_length.is_some() || question.multiline);
    mistake(stray, "max_length", "only kind \"text\" has max_length and multiline").or_else(|| {
        let length = question.longest();
        let message = "max_length is from 1 to 4000";
        mistake(!(1..=4000).contains(&length), "max_length", message)
    })
}

fn declaration(question: &Question) -> Mistake {
    let stray = question.must_be_yes && question.kind != QuestionKind::YesNo;
    mistake(stray, "must_be_yes", "only kind \"yes_no\" has must_be_yes")
}

fn binding(question: &Question) -> Mistake {
    let binding = question.binds?;
    if !binding.kinds().contains(&question.kind) {
        let allowed: Vec<&str> = binding.kinds().iter().map(|kind| kind.tag()).collect();
        let message = format!(
            "\"{binding}\" cannot be of kind \"{}\"; allowed: {}",
            question.kind.tag(),
            allowed.join(", ")
        );
        return Some(("binds", message));
    }
    let sexes = |value: &str| matches!(value, "f" | "m");
    let other = binding == Binding::PupilSex
        && !(question.options.len() == 2 && question.options.iter().all(|o| sexes(&o.value)));
    mistake(other, "options", "\"pupil.sex\" has exactly the options f and m")
}

fn services(question: &Question) -> Mistake {
    let unbound =
        question.kind == QuestionKind::Services && question.binds != Some(Binding::Services);
    mistake(unbound, "binds", "kind \"services\" must bind \"services\"")
}

fn prefill(question: &Question) -> Mistake {
    match question.prefill? {
        Prefill::VerifiedEmail => {
            let wrong = question.kind != QuestionKind::Email;
            mistake(wrong, "prefill", "\"verified_email\" fills kind \"email\" only")
        }
        Prefill::CodiceFiscale => {
            let known = matches!(
                question.binds,
                Some(
                    Binding::PupilCodiceFiscale
                        | Binding::PupilBirthDate
                        | Binding::PupilSex
                        | Binding::PupilBirthplace
                )
            );
            let message = "\"codice_fiscale\" fills what binds pupil.codice_fiscale, \
                           pupil.birth_date, pupil.sex or pupil.birthplace";
            mistake(!known, "prefill", message)
        }
    }
}

fn readers(question: &Question) -> Mistake {
    let none = question.readers.is_empty();
    mistake(none, "readers", "say who reads the answer: office, school, kitchen, transport")
}
