//! Building codes for invented people (demo and tests) and for comparison.

use super::{
    CodiceFiscale, CodiceFiscaleError, Sex, birth, control,
    names::{name_code, surname_code},
};
use jiff::civil::Date;

/// What a code is computed from.
#[derive(Clone, Copy)]
pub struct Person<'a> {
    /// Surname as registered.
    pub surname: &'a str,
    /// All given names as registered.
    pub name: &'a str,
    /// Sex as registered at birth.
    pub sex: Sex,
    /// Date of birth.
    pub birth_date: Date,
    /// Cadastral code of the birthplace.
    pub birthplace_code: &'a str,
}

impl CodiceFiscale {
    /// The code a person would be given if nobody had it before.
    pub fn encode(person: Person<'_>) -> Result<Self, CodiceFiscaleError> {
        let date = person.birth_date;
        let month = birth::month_letter(date.month()).ok_or(CodiceFiscaleError::BadDate)?;
        let mut code = format!(
            "{}{}{:02}{month}{:02}{}",
            surname_code(person.surname),
            name_code(person.name),
            date.year().rem_euclid(100),
            birth::coded_day(date.day(), person.sex),
            person.birthplace_code,
        );
        code.extend(control::letter(&code));
        Self::parse(&code)
    }

    /// The same person's code with this many digits (0 to 7) replaced because of a namesake.
    #[must_use]
    pub fn with_omocodia(&self, level: usize) -> Self {
        Self(control::with_omocodia(&self.base_form(), level))
    }
}
