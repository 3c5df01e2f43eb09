//! What can be wrong with one typed answer.

use crate::CodiceFiscaleError;

/// An error at one input field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// Name of the input field: the question's key, or `key.part` for an address.
    pub field: String,
    /// What is wrong.
    pub kind: FieldErrorKind,
}

/// What is wrong, without repeating what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldErrorKind {
    /// Nothing was answered.
    Required,
    /// More characters than allowed.
    TooLong {
        /// Most characters.
        max: u16,
    },
    /// Control characters, such as a line break in a single line.
    BadCharacters,
    /// Not a day of the calendar.
    NotADate,
    /// A birth date after today.
    DateInFuture,
    /// A year nobody can mean.
    DateOutOfRange,
    /// Not a telephone number.
    BadPhone,
    /// Not an e-mail address.
    BadEmail,
    /// Not a codice fiscale.
    BadCodiceFiscale(CodiceFiscaleError),
    /// Another codice fiscale than the one given at the door.
    NotThePupil,
    /// The pupil's codice fiscale in the place of a guardian's.
    SameAsPupil,
    /// The guardian's codice fiscale in the place of the second guardian's.
    SameAsGuardian,
    /// No municipality or state of that name.
    UnknownMunicipality,
    /// Several municipalities of that name; the province tells them apart.
    AmbiguousMunicipality,
    /// Not a five-digit postal code.
    BadCap,
    /// Not a province, or not that municipality's.
    BadProvince,
    /// Something that cannot be chosen.
    NotAnOption,
    /// A declaration that was not made.
    MustBeYes,
    /// Not an amount of money.
    BadAmount,
    /// No school of the tenant.
    UnknownSchool,
    /// No class of the chosen school.
    UnknownClass,
    /// A service that takes no applications now.
    ServiceNotOpen,
    /// More files than allowed.
    TooManyFiles {
        /// Most files.
        max: usize,
    },
}

impl FieldErrorKind {
    /// Every code, for the check that each has its message.
    pub const CODES: [&'static str; 29] = [
        "ambiguous_municipality",
        "bad_amount",
        "bad_cap",
        "bad_characters",
        "bad_email",
        "bad_phone",
        "bad_province",
        "codice_fiscale_bad_character",
        "codice_fiscale_bad_date",
        "codice_fiscale_bad_form",
        "codice_fiscale_empty",
        "codice_fiscale_unknown_birthplace",
        "codice_fiscale_wrong_control_letter",
        "codice_fiscale_wrong_length",
        "date_in_future",
        "date_out_of_range",
        "must_be_yes",
        "not_a_date",
        "not_an_option",
        "not_the_pupil",
        "required",
        "same_as_guardian",
        "same_as_pupil",
        "service_not_open",
        "too_long",
        "too_many_files",
        "unknown_class",
        "unknown_municipality",
        "unknown_school",
    ];

    /// Stable word for the message key.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::TooLong { .. } => "too_long",
            Self::BadCharacters => "bad_characters",
            Self::NotADate => "not_a_date",
            Self::DateInFuture => "date_in_future",
            Self::DateOutOfRange => "date_out_of_range",
            Self::BadPhone => "bad_phone",
            Self::BadEmail => "bad_email",
            Self::BadCodiceFiscale(error) => codice_fiscale_code(error),
            Self::NotThePupil => "not_the_pupil",
            Self::SameAsPupil => "same_as_pupil",
            Self::SameAsGuardian => "same_as_guardian",
            Self::UnknownMunicipality => "unknown_municipality",
            Self::AmbiguousMunicipality => "ambiguous_municipality",
            Self::BadCap => "bad_cap",
            Self::BadProvince => "bad_province",
            Self::NotAnOption => "not_an_option",
            Self::MustBeYes => "must_be_yes",
            Self::BadAmount => "bad_amount",
            Self::UnknownSchool => "unknown_school",
            Self::UnknownClass => "unknown_class",
            Self::ServiceNotOpen => "service_not_open",
            Self::TooManyFiles { .. } => "too_many_files",
        }
    }

    /// Named values of the message: `max`, `number`.
    pub fn args(self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooLong { max } => vec![("max", max.to_string())],
            Self::TooManyFiles { max } => vec![("max", max.to_string())],
            Self::BadCodiceFiscale(error) => {
                error.number().map(|number| ("number", number.to_string())).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }
}

const fn codice_fiscale_code(error: CodiceFiscaleError) -> &'static str {
    match error {
        CodiceFiscaleError::Empty => "codice_fiscale_empty",
        CodiceFiscaleError::WrongLength { .. } => "codice_fiscale_wrong_length",
        CodiceFiscaleError::BadCharacter { .. } => "codice_fiscale_bad_character",
        CodiceFiscaleError::BadForm { .. } => "codice_fiscale_bad_form",
        CodiceFiscaleError::BadDate => "codice_fiscale_bad_date",
        CodiceFiscaleError::UnknownBirthplace => "codice_fiscale_unknown_birthplace",
        CodiceFiscaleError::WrongControlLetter => "codice_fiscale_wrong_control_letter",
    }
}

#[cfg(test)]
mod tests {
    use super::FieldErrorKind;
    use crate::CodiceFiscaleError;

    #[test]
    fn codes_are_listed_and_messages_get_their_numbers() {
        assert!(FieldErrorKind::CODES.is_sorted());
        for kind in [
            FieldErrorKind::TooLong { max: 100 },
            FieldErrorKind::TooManyFiles { max: 4 },
            FieldErrorKind::BadCodiceFiscale(CodiceFiscaleError::WrongLength { length: 15 }),
        ] {
            assert!(FieldErrorKind::CODES.contains(&kind.code()));
            assert_eq!(kind.args().len(), 1, "{}", kind.code());
        }
        assert!(FieldErrorKind::Required.args().is_empty());
    }
}
