//! A school building with its registry code and classes.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The order of school a site belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Asilo nido.
    Nursery,
    /// Scuola dell'infanzia.
    Preschool,
    /// Scuola primaria.
    Primary,
    /// Scuola secondaria di primo grado.
    LowerSecondary,
}

/// A word that names no grade.
#[derive(Debug, thiserror::Error)]
#[error("unknown grade; known are: nursery, preschool, primary, lower_secondary")]
pub struct UnknownGrade;

impl Grade {
    /// All grades, youngest first.
    pub const ALL: [Self; 4] =
        [Self::Nursery, Self::Preschool, Self::Primary, Self::LowerSecondary];

    /// The word used in files and translation keys.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Nursery => "nursery",
            Self::Preschool => "preschool",
            Self::Primary => "primary",
            Self::LowerSecondary => "lower_secondary",
        }
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl FromStr for Grade {
    type Err = UnknownGrade;
    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|grade| grade.tag() == tag).ok_or(UnknownGrade)
    }
}

/// A school site (plesso).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct School {
    /// Codice meccanografico: ten capital letters and digits.
    pub code: String,
    /// Name as families know it.
    pub name: String,
    /// Street address on one line.
    pub address: String,
    /// Order of school.
    pub grade: Grade,
    /// Classes such as `1A`; empty when the site does not publish them.
    pub classes: Vec<String>,
}

impl School {
    /// Whether a text has the shape of a codice meccanografico.
    pub fn is_code(text: &str) -> bool {
        text.len() == 10 && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    }
}

#[cfg(test)]
mod tests {
    use super::{Grade, School};

    #[test]
    fn grades_read_back() {
        for grade in Grade::ALL {
            assert_eq!(grade.tag().parse::<Grade>().unwrap(), grade);
        }
        assert!("liceo".parse::<Grade>().is_err());
    }

    #[test]
    fn a_school_code_has_ten_capitals_or_digits() {
        assert!(School::is_code("TAEE000001"));
        assert!(!School::is_code("taee000001"));
        assert!(!School::is_code("TAEE00001"));
    }
}
