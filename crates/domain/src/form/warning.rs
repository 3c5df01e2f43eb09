//! Doubts about answers: shown, never a block, because real registers contain errors.

use super::{Answers, Binding, FormContext, FormDefinition, Journey, parse_date, place};
use crate::{CodiceFiscale, codice_fiscale::Holder, municipality};

/// A doubt at one input field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Name of the input field.
    pub field: String,
    /// What does not fit.
    pub kind: WarningKind,
}

/// What does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WarningKind {
    /// Surname or name is not the codice fiscale's.
    NameMismatch,
    /// The birth date is not the codice fiscale's.
    BirthDateMismatch,
    /// The sex is not the codice fiscale's.
    SexMismatch,
    /// The birthplace is not the codice fiscale's.
    BirthplaceMismatch,
    /// The guardian's codice fiscale is a minor's.
    GuardianIsMinor,
}

impl WarningKind {
    /// Every kind, for the check that each has its message.
    pub const ALL: [Self; 5] = [
        Self::NameMismatch,
        Self::BirthDateMismatch,
        Self::SexMismatch,
        Self::BirthplaceMismatch,
        Self::GuardianIsMinor,
    ];

    /// Stable word for the message key.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NameMismatch => "name_mismatch",
            Self::BirthDateMismatch => "birth_date_mismatch",
            Self::SexMismatch => "sex_mismatch",
            Self::BirthplaceMismatch => "birthplace_mismatch",
            Self::GuardianIsMinor => "guardian_is_minor",
        }
    }
}

/// The bindings that describe one person.
struct Described {
    holder: Holder,
    codice_fiscale: Binding,
    surname: Binding,
    name: Binding,
    birth_date: Option<Binding>,
    birthplace: Option<Binding>,
}

const PUPIL: Described = Described {
    holder: Holder::Pupil,
    codice_fiscale: Binding::PupilCodiceFiscale,
    surname: Binding::PupilSurname,
    name: Binding::PupilName,
    birth_date: Some(Binding::PupilBirthDate),
    birthplace: Some(Binding::PupilBirthplace),
};

const GUARDIAN: Described = Described {
    holder: Holder::Guardian,
    codice_fiscale: Binding::GuardianCodiceFiscale,
    surname: Binding::GuardianSurname,
    name: Binding::GuardianName,
    birth_date: Some(Binding::GuardianBirthDate),
    birthplace: Some(Binding::GuardianBirthplace),
};

const SECOND_GUARDIAN: Described = Described {
    holder: Holder::Guardian,
    codice_fiscale: Binding::SecondGuardianCodiceFiscale,
    surname: Binding::SecondGuardianSurname,
    name: Binding::SecondGuardianName,
    birth_date: None,
    birthplace: None,
};

/// All doubts about the visible answers.
pub fn warnings(
    definition: &FormDefinition,
    answers: &Answers,
    ctx: &FormContext<'_>,
) -> Vec<Warning> {
    let visible = Journey::new(definition, answers, ctx.offered).visible_answers();
    let doubt = Doubt { definition, answers: &visible, ctx };
    let mut found = Vec::new();
    for person in [PUPIL, GUARDIAN, SECOND_GUARDIAN] {
        let code = visible.bound(definition, person.codice_fiscale);
        if let Some(code) = code.and_then(|raw| CodiceFiscale::parse(raw).ok()) {
            found.extend(doubt.about(&person, &code));
        }
    }
    found
}

struct Doubt<'a> {
    definition: &'a FormDefinition,
    answers: &'a Answers,
    ctx: &'a FormContext<'a>,
}

impl Doubt<'_> {
    fn about(&self, person: &Described, code: &CodiceFiscale) -> Vec<Warning> {
        let at = |binding, kind| self.at(binding, kind);
        let sex = matches!(person.holder, Holder::Pupil).then(|| self.sex(code)).flatten();
        [
            self.name(person, code),
            person
                .birth_date
                .filter(|b| self.other_date(*b, person, code))
                .and_then(|binding| at(binding, WarningKind::BirthDateMismatch)),
            sex,
            person
                .birthplace
                .filter(|b| self.other_place(*b, code))
                .and_then(|binding| at(binding, WarningKind::BirthplaceMismatch)),
            self.is_minor(person, code)
                .then(|| at(person.codice_fiscale, WarningKind::GuardianIsMinor))
                .flatten(),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn name(&self, person: &Described, code: &CodiceFiscale) -> Option<Warning> {
        let surname = self.answers.bound(self.definition, person.surname)?;
        let name = self.answers.bound(self.definition, person.name)?;
        let fits = code.matches_name(surname, name);
        (!fits).then(|| self.at(person.surname, WarningKind::NameMismatch)).flatten()
    }

    fn other_date(&self, binding: Binding, person: &Described, code: &CodiceFiscale) -> bool {
        let typed = self.answers.bound(self.definition, binding).and_then(parse_date);
        let coded = code.birth_date(self.ctx.today, person.holder);
        typed.zip(coded).is_some_and(|(typed, coded)| typed != coded)
    }

    fn sex(&self, code: &CodiceFiscale) -> Option<Warning> {
        let typed = self.answers.bound(self.definition, Binding::PupilSex)?;
        let fits = typed.eq_ignore_ascii_case(code.sex().code());
        (!fits).then(|| self.at(Binding::PupilSex, WarningKind::SexMismatch)).flatten()
    }

    /// Namesakes cannot be told apart by name and count as fitting.
    fn other_place(&self, binding: Binding, code: &CodiceFiscale) -> bool {
        let typed = self.answers.bound(self.definition, binding);
        let Some(Ok(place)) = typed.map(|raw| place::resolve(raw, None)) else { return false };
        let coded = municipality::find_by_code(&code.birthplace_code(), None);
        coded.is_some_and(|coded| coded.code != place.code && coded.name != place.name)
    }

    /// The code is read as a child's: the other reading would be a guardian of a hundred years.
    fn is_minor(&self, person: &Described, code: &CodiceFiscale) -> bool {
        let of_age = self.ctx.today.checked_sub(jiff::Span::new().years(18)).ok();
        let born = code.birth_date(self.ctx.today, Holder::Pupil);
        person.holder == Holder::Guardian
            && born.zip(of_age).is_some_and(|(born, of_age)| born > of_age)
    }

    fn at(&self, binding: Binding, kind: WarningKind) -> Option<Warning> {
        let question = self.definition.bound(binding)?;
        Some(Warning { field: question.key.clone(), kind })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::tests::{complete_answers, context, full_form};

    fn doubts(change: impl Fn(&mut Answers)) -> Vec<(String, WarningKind)> {
        let (form, mut answers) = (full_form(), complete_answers());
        change(&mut answers);
        let found = warnings(&form, &answers, &context());
        found.into_iter().map(|warning| (warning.field, warning.kind)).collect()
    }

    #[test]
    fn answers_that_fit_raise_no_doubt() {
        assert!(doubts(|_| {}).is_empty());
    }

    #[test]
    fn each_mismatch_with_the_codice_fiscale_is_named() {
        let found = doubts(|answers| {
            answers.set("pupil_surname", "Altro");
            answers.set("pupil_birth_date", "10/03/2019");
            answers.set("pupil_sex", "f");
            answers.set("pupil_birthplace", "Roma");
        });
        let expected = [
            ("pupil_surname", WarningKind::NameMismatch),
            ("pupil_birth_date", WarningKind::BirthDateMismatch),
            ("pupil_sex", WarningKind::SexMismatch),
            ("pupil_birthplace", WarningKind::BirthplaceMismatch),
        ]
        .map(|(field, kind)| (field.to_owned(), kind));
        assert_eq!(found, expected);
    }

    #[test]
    fn a_child_as_guardian_is_doubted() {
        let child = crate::form::tests::code("Esempio", "Nina", 2015, "L049");
        let found = doubts(|answers| {
            answers.set("guardian_cf", child.as_str());
            answers.set("guardian_surname", "Esempio");
            answers.set("guardian_name", "Nina");
        });
        assert_eq!(found, [("guardian_cf".to_owned(), WarningKind::GuardianIsMinor)]);
    }

    #[test]
    fn codes_are_distinct() {
        let mut codes = WarningKind::ALL.map(WarningKind::code).to_vec();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), WarningKind::ALL.len());
    }
}
