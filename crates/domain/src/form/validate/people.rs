//! The codici fiscali of pupil and guardians: each well formed, each its own person's.

use crate::{
    CodiceFiscale,
    form::{Answers, Binding, FieldErrorKind, FormDefinition, Question},
};

/// What is wrong with a codice fiscale, alone or beside the others of the form.
pub(super) fn codice_fiscale(
    definition: &FormDefinition,
    answers: &Answers,
    question: &Question,
    pupil: Option<&CodiceFiscale>,
) -> Option<FieldErrorKind> {
    let code = match CodiceFiscale::parse(answers.get(&question.key)?) {
        Ok(code) => code,
        Err(error) => return Some(FieldErrorKind::BadCodiceFiscale(error)),
    };
    let same_as = |binding| {
        let other = answers.bound(definition, binding);
        other.and_then(|raw| CodiceFiscale::parse(raw).ok()).is_some_and(|other| other == code)
    };
    let is_pupil = || pupil == Some(&code) || same_as(Binding::PupilCodiceFiscale);
    match question.binds? {
        Binding::PupilCodiceFiscale => {
            pupil.is_some_and(|pupil| *pupil != code).then_some(FieldErrorKind::NotThePupil)
        }
        Binding::GuardianCodiceFiscale => is_pupil().then_some(FieldErrorKind::SameAsPupil),
        Binding::SecondGuardianCodiceFiscale if is_pupil() => Some(FieldErrorKind::SameAsPupil),
        Binding::SecondGuardianCodiceFiscale => {
            same_as(Binding::GuardianCodiceFiscale).then_some(FieldErrorKind::SameAsGuardian)
        }
        _ => None,
    }
}
