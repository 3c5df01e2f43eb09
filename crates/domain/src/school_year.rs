//! The school year, named by the year it begins in.

use serde::{Deserialize, Serialize, de::Error as _};
use std::{fmt, str::FromStr};

/// A school year such as 2026/2027; starts on 1 September.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchoolYear(i16);

/// Not a school year.
#[derive(Debug, thiserror::Error)]
#[error("not a school year; write it like 2026-2027")]
pub struct SchoolYearError;

impl SchoolYear {
    /// The school year that begins in September of `first`.
    pub fn starting(first: i16) -> Result<Self, SchoolYearError> {
        if (2000..=2998).contains(&first) { Ok(Self(first)) } else { Err(SchoolYearError) }
    }
    /// Calendar year of its September.
    pub const fn first(self) -> i16 {
        self.0
    }
    /// As families write it: 2026/2027.
    pub fn label(self) -> String {
        format!("{}/{}", self.0, self.0 + 1)
    }
}

impl fmt::Display for SchoolYear {
    /// As files and keys write it: 2026-2027.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.0, self.0 + 1)
    }
}

impl FromStr for SchoolYear {
    type Err = SchoolYearError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (first, second) = text.split_once('-').ok_or(SchoolYearError)?;
        let year = Self::starting(first.parse().map_err(|_| SchoolYearError)?)?;
        if second == (year.0 + 1).to_string() { Ok(year) } else { Err(SchoolYearError) }
    }
}

impl Serialize for SchoolYear {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for SchoolYear {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::SchoolYear;

    #[test]
    fn reads_and_writes_consecutive_years_only() {
        let year: SchoolYear = "2026-2027".parse().unwrap();
        assert_eq!((year.first(), year.label().as_str()), (2026, "2026/2027"));
        assert!("2026-2028".parse::<SchoolYear>().is_err());
        assert!("26-27".parse::<SchoolYear>().is_err());
    }
}
