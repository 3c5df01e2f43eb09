//! Answers that an identity provider has given: shown, not asked.

use super::{Answers, Binding, FormDefinition};
use crate::{folding::fold, identity::Identity};

/// Writes what the provider asserted about the guardian into the answers, and names the questions that are therefore
/// fixed. An answer that differs only in capitals or accents stays as it is: providers do not agree on them.
pub fn take_asserted(
    definition: &FormDefinition,
    answers: &mut Answers,
    identity: &Identity,
) -> Vec<String> {
    let code = identity.codice_fiscale.as_ref().map(|code| code.as_str().to_owned());
    let born = identity.birth_date.map(|date| date.strftime("%d/%m/%Y").to_string());
    let asserted = [
        (Binding::GuardianCodiceFiscale, code),
        (Binding::GuardianSurname, Some(identity.surname.clone())),
        (Binding::GuardianName, Some(identity.name.clone())),
        (Binding::GuardianBirthDate, born),
    ];
    let mut fixed = Vec::new();
    for (binding, value) in asserted {
        let (Some(question), Some(value)) = (definition.bound(binding), value) else { continue };
        if fold(answers.raw(&question.key)) != fold(&value) {
            answers.set(&question.key, value);
        }
        fixed.push(question.key.clone());
    }
    fixed
}

#[cfg(test)]
mod tests {
    use super::take_asserted;
    use crate::{
        form::{Answers, tests::full_form},
        identity::{AssuranceLevel, Identity, IdentityScheme},
    };

    #[test]
    fn asserted_answers_are_written_and_capitals_are_no_difference() {
        let identity = Identity {
            scheme: IdentityScheme::Eidas,
            provider: "https://node.example".into(),
            level: AssuranceLevel::L2,
            codice_fiscale: None,
            person_code: Some("ES/IT/1".into()),
            name: "MARÍA".into(),
            surname: "PRUEBA".into(),
            birth_date: None,
            email: None,
        };
        let mut answers = Answers::new();
        answers.set("guardian_name", "María");
        answers.set("guardian_surname", "Somebody Else");
        let fixed = take_asserted(&full_form(), &mut answers, &identity);
        assert_eq!(
            fixed,
            ["guardian_surname", "guardian_name"],
            "the code is declared, not asserted"
        );
        assert_eq!(answers.raw("guardian_name"), "María");
        assert_eq!(answers.raw("guardian_surname"), "PRUEBA");
    }
}
