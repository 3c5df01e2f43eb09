//! What a person told for one child and is not asked again for another (criterion C.SE.1.5 of AgID's model for comuni).

use super::{Answers, Binding, FormDefinition, Question, QuestionKind};
use jiff::civil::Date;

/// What is the same for the children of one household.
const HOUSEHOLD: [Binding; 14] = [
    Binding::PupilResidence,
    Binding::GuardianBirthDate,
    Binding::GuardianBirthplace,
    Binding::GuardianResidence,
    Binding::GuardianPhone,
    Binding::GuardianRole,
    Binding::SecondGuardianCodiceFiscale,
    Binding::SecondGuardianSurname,
    Binding::SecondGuardianName,
    Binding::SecondGuardianPhone,
    Binding::SecondGuardianEmail,
    Binding::SecondGuardianRole,
    Binding::Delegates,
    Binding::EmergencyPhone,
];

/// The same, but only within a calendar year, with which an ISEE ends (D.P.C.M. 159/2013 art. 10).
const OF_THE_YEAR: [Binding; 3] = [Binding::IseeDeclared, Binding::IseeValue, Binding::IseeDate];

/// What a person told for one child.
#[derive(Clone, Debug)]
pub struct Told {
    /// The form that asked.
    pub definition: FormDefinition,
    /// The answers.
    pub answers: Answers,
    /// The day of sending in Europe/Rome.
    pub day: Date,
}

/// Fills empty answers about the household with those that the same person gave for another child; the family confirms
/// or corrects them. A question on which such an answer depends («Vuoi indicare un secondo genitore?») comes along.
pub fn carry_over(told: &Told, definition: &FormDefinition, answers: &mut Answers, today: Date) {
    let same_year = told.day.year() == today.year();
    for (_, question) in definition.questions() {
        let Some(before) = counterpart(&told.definition, definition, question, same_year) else {
            continue;
        };
        for (field, told_as) in question.fields().iter().zip(before.fields()) {
            let values = told.answers.all(&told_as);
            let known = |value: &String| {
                question.kind != QuestionKind::Choice || question.option(value).is_some()
            };
            if answers.all(field).is_empty() && values.iter().all(known) {
                answers.set_all(field, values.to_vec());
            }
        }
    }
}

/// The question of the earlier form that asked the same.
fn counterpart<'a>(
    earlier: &'a FormDefinition,
    definition: &FormDefinition,
    question: &Question,
    same_year: bool,
) -> Option<&'a Question> {
    let shared = |binding: &Binding| {
        HOUSEHOLD.contains(binding) || same_year && OF_THE_YEAR.contains(binding)
    };
    let leads_on = |to: &Question| {
        to.binds.as_ref().is_some_and(shared)
            && to.shown_when.as_ref().is_some_and(|shown| shown.question == question.key)
    };
    let before = match question.binds {
        Some(binding) if shared(&binding) => earlier.bound(binding)?,
        None if definition.questions().any(|(_, to)| leads_on(to)) => {
            earlier.question(&question.key).filter(|before| before.binds.is_none())?
        }
        _ => return None,
    };
    (before.kind == question.kind).then_some(before)
}

#[cfg(test)]
mod tests {
    use super::{Told, carry_over};
    use crate::form::{
        Answers, FormDefinition,
        tests::{complete_answers, full_form, full_form_json},
    };
    use jiff::civil::date;

    fn with_second_guardian(mut form: serde_json::Value) -> FormDefinition {
        form["step"][1]["question"][5]["binds"] = "second_guardian.phone".into();
        serde_json::from_value(form).unwrap()
    }

    fn told(definition: &FormDefinition) -> Told {
        let mut answers = complete_answers();
        answers.set("has_second", "yes");
        answers.set("second_phone", "+39 333 1234567");
        Told { definition: definition.clone(), answers, day: date(2026, 9, 15) }
    }

    #[test]
    fn the_household_is_known_and_the_child_is_not() {
        let form = with_second_guardian(full_form_json());
        let mut answers = Answers::new();
        answers.set("isee", "no");
        carry_over(&told(&form), &form, &mut answers, date(2026, 12, 31));
        let expected = [
            ("home.street", Some("Via Prova")),
            ("home.cap", Some("74121")),
            ("has_second", Some("yes")),
            ("second_phone", Some("+39 333 1234567")),
            ("isee", Some("no")),
            ("isee_value", Some("12.345,67")),
            ("pupil_surname", None),
            ("school", None),
            ("diet", None),
            ("truth", None),
        ];
        for (field, value) in expected {
            assert_eq!(answers.get(field), value, "{field}");
        }
    }

    #[test]
    fn after_new_year_the_isee_is_asked_again_and_so_is_what_has_changed_its_kind() {
        let earlier = with_second_guardian(full_form_json());
        let mut json = full_form_json();
        json["step"][1]["question"][5]["kind"] = "text".into();
        let form = with_second_guardian(json);
        let mut answers = Answers::new();
        carry_over(&told(&earlier), &form, &mut answers, date(2027, 1, 1));
        assert_eq!(answers.get("home.street"), Some("Via Prova"));
        for field in ["isee", "isee_value", "second_phone"] {
            assert_eq!(answers.get(field), None, "{field}");
        }
        let plain = full_form();
        let mut answers = Answers::new();
        carry_over(&told(&plain), &plain, &mut answers, date(2026, 9, 15));
        assert_eq!(answers.get("has_second"), None, "nothing known depends on it");
    }
}
