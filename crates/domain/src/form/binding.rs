//! The closed list of answers that code, queue and documents know by name.

use super::QuestionKind;
use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! bindings {
    ($($(#[$doc:meta])* $name:ident = $tag:literal : $($kind:ident)|+),* $(,)?) => {
        /// What an answer means to the product, whatever the tenant calls the question.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Binding {
            $($(#[$doc])* #[serde(rename = $tag)] $name,)*
        }

        impl Binding {
            /// Every binding.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The word used in form files.
            pub const fn tag(self) -> &'static str {
                match self { $(Self::$name => $tag),* }
            }

            /// The kinds of question that may carry this meaning.
            pub const fn kinds(self) -> &'static [QuestionKind] {
                match self { $(Self::$name => &[$(QuestionKind::$kind),+]),* }
            }
        }
    };
}

bindings! {
    /// The pupil's codice fiscale, as given at the door.
    PupilCodiceFiscale = "pupil.codice_fiscale": CodiceFiscale,
    /// The pupil's surname.
    PupilSurname = "pupil.surname": Text,
    /// The pupil's name.
    PupilName = "pupil.name": Text,
    /// The pupil's sex as in the codice fiscale: options `f` and `m`.
    PupilSex = "pupil.sex": Choice,
    /// The pupil's birth date.
    PupilBirthDate = "pupil.birth_date": Date,
    /// Where the pupil was born.
    PupilBirthplace = "pupil.birthplace": Municipality,
    /// The pupil's citizenship.
    PupilCitizenship = "pupil.citizenship": Text | Choice,
    /// Where the pupil lives.
    PupilResidence = "pupil.residence": Address,
    /// Where the pupil stays, if elsewhere.
    PupilDomicile = "pupil.domicile": Address,
    /// The applicant's codice fiscale.
    GuardianCodiceFiscale = "guardian.codice_fiscale": CodiceFiscale,
    /// The applicant's surname.
    GuardianSurname = "guardian.surname": Text,
    /// The applicant's name.
    GuardianName = "guardian.name": Text,
    /// The applicant's birth date.
    GuardianBirthDate = "guardian.birth_date": Date,
    /// Where the applicant was born.
    GuardianBirthplace = "guardian.birthplace": Municipality,
    /// Where the applicant lives.
    GuardianResidence = "guardian.residence": Address,
    /// The applicant's telephone.
    GuardianPhone = "guardian.phone": Phone,
    /// The applicant's e-mail address.
    GuardianEmail = "guardian.email": Email,
    /// Parent, tutor, foster parent.
    GuardianRole = "guardian.role": Choice,
    /// The second guardian's codice fiscale.
    SecondGuardianCodiceFiscale = "second_guardian.codice_fiscale": CodiceFiscale,
    /// The second guardian's surname.
    SecondGuardianSurname = "second_guardian.surname": Text,
    /// The second guardian's name.
    SecondGuardianName = "second_guardian.name": Text,
    /// The second guardian's telephone.
    SecondGuardianPhone = "second_guardian.phone": Phone,
    /// The second guardian's e-mail address.
    SecondGuardianEmail = "second_guardian.email": Email,
    /// Parent, tutor, foster parent.
    SecondGuardianRole = "second_guardian.role": Choice,
    /// The school, by codice meccanografico.
    SchoolCode = "school.code": School,
    /// The class.
    SchoolClass = "school.class": SchoolClass | Text,
    /// The section, where it is asked apart.
    SchoolSection = "school.section": Text | Choice,
    /// The time model, such as full time.
    SchoolTimeModel = "school.time_model": Choice,
    /// The school services asked for.
    Services = "services": Services,
    /// The days on which the pupil eats at school.
    CanteenDays = "canteen.days": Choice,
    /// The diet.
    CanteenDiet = "canteen.diet": Choice,
    /// The medical certificate of a health diet.
    CanteenCertificate = "canteen.certificate": File,
    /// The first day of meals.
    CanteenStartDate = "canteen.start_date": Date,
    /// The bus line.
    TransportLine = "transport.line": Choice,
    /// Outward, back or both.
    TransportDirection = "transport.direction": Choice,
    /// The stop on the way to school.
    TransportStopOut = "transport.stop_out": Choice,
    /// The stop on the way home.
    TransportStopBack = "transport.stop_back": Choice,
    /// Whether the pupil may walk home alone from the stop.
    TransportGoesHomeAlone = "transport.goes_home_alone": YesNo,
    /// Adults who may collect the pupil.
    Delegates = "delegates": Text,
    /// Whom to call when the guardians do not answer.
    EmergencyPhone = "emergency.phone": Phone,
    /// Whether an ISEE is declared.
    IseeDeclared = "isee.declared": YesNo,
    /// The declared ISEE value.
    IseeValue = "isee.value": Amount,
    /// The declared ISEE's day of issue.
    IseeDate = "isee.date": Date,
    /// A copy of the applicant's identity document.
    IdentityDocument = "identity_document": File,
}

impl Binding {
    /// What every form must ask: without it, no application can be filed.
    pub const MANDATORY: [Self; 8] = [
        Self::PupilCodiceFiscale,
        Self::PupilSurname,
        Self::PupilName,
        Self::GuardianCodiceFiscale,
        Self::GuardianSurname,
        Self::GuardianName,
        Self::SchoolCode,
        Self::Services,
    ];

    /// Whether the answer is a birth date, which lies in the past.
    pub const fn is_birth_date(self) -> bool {
        matches!(self, Self::PupilBirthDate | Self::GuardianBirthDate)
    }
}

impl fmt::Display for Binding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

#[cfg(test)]
mod tests {
    use super::Binding;

    #[test]
    fn tags_are_the_serialised_form_and_unknown_ones_list_what_is_allowed() {
        for binding in Binding::ALL {
            let json = format!("\"{}\"", binding.tag());
            assert_eq!(serde_json::from_str::<Binding>(&json).unwrap(), *binding);
            assert!(!binding.kinds().is_empty());
        }
        let refused = serde_json::from_str::<Binding>("\"pupil.shoe_size\"").unwrap_err();
        assert!(refused.to_string().contains("`pupil.codice_fiscale`"), "{refused}");
    }
}
