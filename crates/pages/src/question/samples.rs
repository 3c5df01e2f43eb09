//! An invented form with every kind of question, answered by nobody who exists.

use super::{QuestionView, StepInput};
use crate::form::ErrorLine;
use domain::{
    Locale,
    form::{
        Answers, AttachedFile, FieldError, FieldErrorKind, FormDefinition, Warning, WarningKind,
    },
    school::{Grade, School},
    school_service::SchoolService,
};

fn form() -> Option<FormDefinition> {
    serde_json::from_str(include_str!("sample_form.json")).ok()
}

fn schools() -> Vec<School> {
    let school = |code: &str, name: &str, classes: &[&str]| School {
        code: code.into(),
        name: name.into(),
        address: "Via della Prova 1".into(),
        grade: Grade::Primary,
        classes: classes.iter().map(|class| (*class).to_owned()).collect(),
    };
    vec![
        school("MSEE00001A", "Primaria Esempio", &["1A", "2A"]),
        school("MSEE00002B", "Primaria Prova", &["1B"]),
    ]
}

fn answers() -> Answers {
    let mut answers = Answers::new();
    for (field, value) in [
        ("pupil_cf", "SMPLCU19A01Z999X"),
        ("pupil_surname", "Esempio"),
        ("pupil_birth_date", "1/1/2019"),
        ("residence.street", "Via dell'Esempio"),
        ("residence.number", "12/b"),
        ("residence.cap", "0"),
        ("guardian_name", "Anna"),
        ("guardian_surname", "Prova"),
        ("guardian_cf", "PRVNNA85C49Z999X"),
        ("services", "canteen"),
        ("school", "MSEE00001A"),
        ("diet", "health"),
        ("sibling", "no"),
        ("notes", "Prima riga\nSeconda riga <b>"),
    ] {
        answers.set(field, value);
    }
    let id = crate::sample::uuid_of(40);
    answers.attach("certificate", &AttachedFile { id, name: "certificato prova.pdf".into() });
    answers
}

fn errors() -> Vec<FieldError> {
    let at = |field: &str, kind| FieldError { field: field.into(), kind };
    vec![
        at("pupil_surname", FieldErrorKind::TooLong { max: 100 }),
        at("pupil_birthplace", FieldErrorKind::Required),
        at("residence.cap", FieldErrorKind::BadCap),
        at("phone", FieldErrorKind::BadPhone),
        at("class", FieldErrorKind::Required),
        at("days", FieldErrorKind::Required),
        at("isee", FieldErrorKind::BadAmount),
        at("certificate", FieldErrorKind::TooManyFiles { max: 4 }),
        at("rules", FieldErrorKind::MustBeYes),
    ]
}

/// The questions of one step of the invented form, and the lines of its error summary:
/// empty, or answered with mistakes and doubts.
pub(crate) fn questions(
    step: &str,
    answered: bool,
    locale: Locale,
) -> (Vec<QuestionView>, Vec<ErrorLine>) {
    let Some(definition) = form() else { return Default::default() };
    let Some(shown) = definition.step(step) else { return Default::default() };
    let (answers, schools) =
        if answered { (answers(), schools()) } else { (Answers::new(), schools()) };
    let wrong: Vec<FieldError> = errors()
        .into_iter()
        .filter(|error| answered && belongs(step, &definition, error))
        .collect();
    let doubts =
        [Warning { field: "pupil_birth_date".into(), kind: WarningKind::BirthDateMismatch }];
    let input = StepInput {
        definition: &definition,
        step: shown,
        answers: &answers,
        schools: &schools,
        fixed: &["guardian_name", "guardian_surname", "guardian_cf"].map(str::to_owned),
        offered: &[SchoolService::Canteen, SchoolService::Transport],
        errors: &wrong,
        doubts: if answered { &doubts } else { &[] },
        locale,
        service_name: &|service| crate::words::school_service(locale, service),
    };
    (input.questions(), input.error_lines())
}

fn belongs(step: &str, definition: &FormDefinition, error: &FieldError) -> bool {
    let key = error.field.split('.').next().unwrap_or_default();
    definition.step_of(key).is_some_and(|of| of.key == step)
}

#[cfg(test)]
mod tests {
    use super::questions;
    use crate::question::{QuestionView, Widget};
    use domain::Locale;

    fn find<'a>(list: &'a [QuestionView], field: &str) -> &'a QuestionView {
        list.iter().find(|question| question.field == field).unwrap()
    }

    #[test]
    fn every_kind_of_question_gets_its_control() {
        let (pupil, _) = questions("pupil", false, Locale::It);
        let (canteen, _) = questions("canteen", false, Locale::It);
        let widgets: Vec<Widget> =
            pupil.iter().chain(&canteen).map(|question| question.widget).collect();
        for widget in [
            Widget::Text,
            Widget::Textarea,
            Widget::Date,
            Widget::CodiceFiscale,
            Widget::Municipality,
            Widget::Phone,
            Widget::Email,
            Widget::Amount,
            Widget::Address,
            Widget::Radios,
            Widget::Boxes,
            Widget::Select,
            Widget::Tick,
            Widget::Files,
        ] {
            assert!(widgets.contains(&widget), "{widget:?}");
        }
    }

    #[test]
    fn a_question_whose_condition_does_not_hold_is_there_and_says_so() {
        let (empty, _) = questions("canteen", false, Locale::It);
        let (answered, _) = questions("canteen", true, Locale::It);
        let condition =
            |list: &[QuestionView]| find(list, "certificate").condition.clone().unwrap();
        assert!(!condition(&empty).holds && condition(&answered).holds);
        assert_eq!(condition(&empty).words, "Dieta: Per motivi di salute");
        assert_eq!(
            (condition(&empty).field.as_str(), condition(&empty).is.as_str()),
            ("diet", "health")
        );
    }

    #[test]
    fn what_was_typed_is_shown_again_exactly() {
        let (pupil, errors) = questions("pupil", true, Locale::En);
        assert_eq!(find(&pupil, "pupil_birth_date").value, "1/1/2019");
        assert!(find(&pupil, "pupil_birth_date").doubt.is_some());
        let cap = find(&pupil, "residence").parts.iter().find(|part| part.part == "cap").unwrap();
        assert!(cap.value == "0" && cap.error.is_some());
        assert_eq!(errors.len(), 4);
        assert_eq!(errors[0].label.as_deref(), Some("Surname"));
    }

    #[test]
    fn what_the_digital_identity_says_is_locked_and_says_why() {
        let (guardian, _) = questions("guardian", true, Locale::It);
        let name = find(&guardian, "guardian_name");
        assert!(name.locked && name.value == "Anna" && name.help.contains("identità digitale"));
        let phone = find(&guardian, "guardian_phone");
        assert!(!phone.locked && phone.help.is_empty());
        let (pupil, _) = questions("pupil", true, Locale::It);
        let started = find(&pupil, "pupil_cf");
        assert!(started.locked && !started.help.contains("identità digitale"));
    }

    #[test]
    fn classes_follow_the_chosen_school() {
        let labels = |answered| {
            let (list, _) = questions("canteen", answered, Locale::It);
            find(&list, "class").groups.iter().map(|group| group.label.clone()).collect::<Vec<_>>()
        };
        assert_eq!(labels(false), ["Primaria Esempio", "Primaria Prova"]);
        assert_eq!(labels(true), ["Primaria Esempio"]);
    }
}
