//! What a person told for one child and is not asked again for another (criterion C.SE.1.5 of AgID's model for comuni).

use super::{Answers, Binding, FormDefinition, Question, QuestionKind};

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

/// The same, but only within a school year: an ISEE ends with the calendar year.
const OF_THE_YEAR: [Binding; 3] = [Binding::IseeDeclared, Binding::IseeValue, Binding::IseeDate];

/// Fills empty answers about the household with those that the same person gave for another child; the family confirms
/// or corrects them. A question on which such an answer depends («Vuoi indicare un secondo genitore?») comes along.
pub fn carry_over(
    (earlier, told): (&FormDefinition, &Answers),
    definition: &FormDefinition,
    answers: &mut Answers,
) {
    let same_year = earlier.school_year == definition.school_year;
    for (_, question) in definition.questions() {
        let Some(before) = counterpart(earlier, definition, question, same_year) else { continue };
        for (field, told_as) in question.fields().iter().zip(before.fields()) {
            let values = told.all(&told_as);
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
    use super::carry_over;
    use crate::form::{
        Answers, FormDefinition,
        tests::{complete_answers, full_form, full_form_json},
    };

    fn with_second_guardian(mut form: serde_json::Value) -> FormDefinition {
        form["step"][1]["question"][5]["binds"] = "second_guardian.phone".into();
        serde_json::from_value(form).unwrap()
    }

    fn told() -> Answers {
        let mut told = complete_answers();
        told.set("has_second", "yes");
        told.set("second_phone", "+39 333 1234567");
        told
    }

    #[test]
    fn the_household_is_known_and_the_child_is_not() {
        let form = with_second_guardian(full_form_json());
        let mut answers = Answers::new();
        answers.set("isee", "no");
        carry_over((&form, &told()), &form, &mut answers);
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
    fn another_year_asks_again_for_the_isee_and_for_what_has_changed_its_kind() {
        let earlier = with_second_guardian(full_form_json());
        let mut json = full_form_json();
        json["school_year"] = "2027-2028".into();
        json["step"][1]["question"][5]["kind"] = "text".into();
        let form = with_second_guardian(json);
        let mut answers = Answers::new();
        carry_over((&earlier, &told()), &form, &mut answers);
        assert_eq!(answers.get("home.street"), Some("Via Prova"));
        for field in ["isee", "isee_value", "second_phone"] {
            assert_eq!(answers.get(field), None, "{field}");
        }
        let plain = full_form();
        let mut answers = Answers::new();
        carry_over((&plain, &told()), &plain, &mut answers);
        assert_eq!(answers.get("has_second"), None, "nothing known depends on it");
    }
}
