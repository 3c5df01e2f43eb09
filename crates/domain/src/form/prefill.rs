//! First answers that the product already knows.

use super::{Answers, Binding, FormDefinition, Prefill, Question};
use crate::{CodiceFiscale, EmailAddress, codice_fiscale::Holder, municipality};
use jiff::civil::Date;

/// What is known before the family types anything.
#[derive(Clone, Copy, Debug)]
pub struct PrefillSource<'a> {
    /// The codice fiscale given at the door.
    pub pupil: &'a CodiceFiscale,
    /// The address proved by the e-mail code.
    pub verified_email: Option<&'a EmailAddress>,
    /// The day of arrival in Europe/Rome.
    pub today: Date,
}

/// Fills empty answers of questions with `prefill`; the family confirms or corrects them. Days
/// are written `dd/mm/yyyy`, as families write them. Whether anything was filled.
pub fn prefill(
    definition: &FormDefinition,
    answers: &mut Answers,
    source: &PrefillSource<'_>,
) -> bool {
    let mut filled = false;
    for (_, question) in definition.questions() {
        if !answers.raw(&question.key).is_empty() {
            continue;
        }
        if let Some(value) = known(question, source) {
            answers.set(&question.key, value);
            filled = true;
        }
    }
    filled
}

fn known(question: &Question, source: &PrefillSource<'_>) -> Option<String> {
    match question.prefill? {
        Prefill::VerifiedEmail => source.verified_email.map(|email| email.as_str().to_owned()),
        Prefill::CodiceFiscale => from_codice_fiscale(question.binds?, source),
    }
}

/// What the pupil's codice fiscale says, read as of today for a child.
pub(super) fn from_codice_fiscale(binding: Binding, source: &PrefillSource<'_>) -> Option<String> {
    let born = || source.pupil.birth_date(source.today, Holder::Pupil);
    match binding {
        Binding::PupilCodiceFiscale => Some(source.pupil.as_str().to_owned()),
        Binding::PupilBirthDate => born().map(|date| date.strftime("%d/%m/%Y").to_string()),
        Binding::PupilSex => Some(source.pupil.sex().code().to_lowercase()),
        Binding::PupilBirthplace => {
            municipality::find_by_code(&source.pupil.birthplace_code(), born())
                .map(|place| place.label())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::tests::{full_form, pupil, today};

    #[test]
    fn derives_birth_sex_and_birthplace_once() {
        let form = full_form();
        let (pupil, email) = (pupil(), EmailAddress::parse("anna.prova@example.it").unwrap());
        let source = PrefillSource { pupil: &pupil, verified_email: Some(&email), today: today() };
        let mut answers = Answers::new();
        answers.set("pupil_sex", "f");
        assert!(prefill(&form, &mut answers, &source));
        assert_eq!(answers.get("pupil_cf"), Some(pupil.as_str()));
        assert_eq!(answers.get("pupil_birth_date"), Some("09/03/2019"));
        assert_eq!(answers.get("pupil_birthplace"), Some("Taranto (TA)"));
        assert_eq!(answers.get("guardian_email"), Some("anna.prova@example.it"));
        assert_eq!(answers.get("pupil_sex"), Some("f"), "what was answered stays");
        assert!(!prefill(&form, &mut answers, &source), "a second time nothing changes");
    }

    #[test]
    fn a_foreign_birthplace_is_a_state() {
        let form = full_form();
        let person = crate::codice_fiscale::Person {
            surname: "Esempio",
            name: "Dora",
            sex: crate::codice_fiscale::Sex::Female,
            birth_date: Date::constant(2018, 12, 31),
            birthplace_code: "Z100",
        };
        let pupil = CodiceFiscale::encode(person).unwrap();
        let source = PrefillSource { pupil: &pupil, verified_email: None, today: today() };
        let mut answers = Answers::new();
        prefill(&form, &mut answers, &source);
        assert_eq!(answers.get("pupil_birthplace"), Some("Albania"));
        assert_eq!(answers.get("pupil_sex"), Some("f"));
        assert_eq!(answers.get("guardian_email"), None);
    }
}
