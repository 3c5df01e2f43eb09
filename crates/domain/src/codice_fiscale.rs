//! The codice fiscale: parsing, what it says about a person, and building one.
//!
//! Rules: DM 23 December 1976 and later; a code is stored and compared as issued, its base form
//! (omocodia undone) only serves to read data out of it.

mod birth;
mod control;
mod encode;
mod error;
mod names;

pub use birth::{Holder, Sex};
pub use encode::Person;
pub use error::CodiceFiscaleError;

use crate::{folding, municipality};
use jiff::civil::Date;
use std::{fmt, str::FromStr};

/// Characters of a code.
const LENGTH: usize = 16;

/// A well-formed codice fiscale with a right control letter, upper case, as issued.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CodiceFiscale(String);

impl CodiceFiscale {
    /// Reads what a person typed: spaces go, letters become capitals, full-width letters and
    /// digits of other scripts become ASCII. The error says what is wrong first.
    pub fn parse(text: &str) -> Result<Self, CodiceFiscaleError> {
        let code = clean(text)?;
        check_form(&code)?;
        let code = Self(code);
        if !birth::exists(&code.base_form()) {
            return Err(CodiceFiscaleError::BadDate);
        }
        if !municipality::is_known(&code.birthplace_code()) {
            return Err(CodiceFiscaleError::UnknownBirthplace);
        }
        if control::letter(&code.0) != code.0.chars().next_back() {
            return Err(CodiceFiscaleError::WrongControlLetter);
        }
        Ok(code)
    }

    /// The code as issued; personal data, never for logs or addresses.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The code with the letters of omocodia turned back into digits and its control letter
    /// recomputed. Two persons can share it: compare codes as issued.
    pub fn base_form(&self) -> String {
        control::base_form(&self.0)
    }

    /// How many digits are replaced by letters, 0 to 7.
    pub fn omocodia_level(&self) -> usize {
        control::omocodia_level(&self.0)
    }

    /// Date of birth; the century is the plausible one for the holder (a pupil is at most 20, a
    /// guardian at least 18), else the latest past one. `None` when every reading lies after
    /// `today`.
    pub fn birth_date(&self, today: Date, holder: Holder) -> Option<Date> {
        birth::date(&self.base_form(), today, holder)
    }

    /// Sex as registered at birth.
    pub fn sex(&self) -> Sex {
        birth::sex(&self.base_form())
    }

    /// Cadastral code of the birthplace, such as L049 or Z330.
    pub fn birthplace_code(&self) -> String {
        self.base_form().chars().skip(11).take(4).collect()
    }

    /// Whether the code fits the name. Names without Latin letters cannot be compared and fit.
    /// A mismatch is a warning: real codes with errors exist.
    pub fn matches_name(&self, surname: &str, name: &str) -> bool {
        let fits = |typed: &str, code: String, from: usize| {
            folding::latin_letters(typed).is_empty()
                || self.0.chars().skip(from).take(3).eq(code.chars())
        };
        fits(surname, names::surname_code(surname), 0) && fits(name, names::name_code(name), 3)
    }
}

impl FromStr for CodiceFiscale {
    type Err = CodiceFiscaleError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Debug for CodiceFiscale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CodiceFiscale(…)")
    }
}

/// Sixteen ASCII letters and digits, upper case.
fn clean(text: &str) -> Result<String, CodiceFiscaleError> {
    let code: String = text
        .chars()
        .filter(|c| !folding::is_blank(*c))
        .map(|c| folding::to_ascii(c).to_ascii_uppercase())
        .collect();
    if code.is_empty() {
        return Err(CodiceFiscaleError::Empty);
    }
    if let Some(position) = code.chars().position(|c| !c.is_ascii_alphanumeric()) {
        return Err(CodiceFiscaleError::BadCharacter { position: position + 1 });
    }
    let length = code.len();
    if length == LENGTH { Ok(code) } else { Err(CodiceFiscaleError::WrongLength { length }) }
}

/// Letters and digits (or the letters of omocodia) where they belong.
fn check_form(code: &str) -> Result<(), CodiceFiscaleError> {
    let fits = |position: usize, character: char| match position {
        7 | 8 | 10 | 11 | 13..=15 => control::digit(character).is_some(),
        9 => birth::month(character).is_some(),
        _ => character.is_ascii_uppercase(),
    };
    match (1..).zip(code.chars()).find(|(position, character)| !fits(*position, *character)) {
        Some((position, _)) => Err(CodiceFiscaleError::BadForm { position }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
