//! The kinds of school service a tenant may offer.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A kind of school service. The order is the one in which families meet them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SchoolService {
    /// Mensa, refezione scolastica.
    Canteen,
    /// Scuolabus, trasporto scolastico.
    Transport,
    /// Pre-scuola.
    BeforeSchool,
    /// Post-scuola, doposcuola.
    AfterSchool,
    /// Asilo nido.
    Nursery,
    /// Centro estivo.
    SummerCamp,
}

/// A word that names no school service.
#[derive(Debug, thiserror::Error)]
#[error(
    "unknown school service; known are: canteen, transport, before_school, after_school, nursery, summer_camp"
)]
pub struct UnknownSchoolService;

impl SchoolService {
    /// All kinds, in the order in which families meet them.
    pub const ALL: [Self; 6] = [
        Self::Canteen,
        Self::Transport,
        Self::BeforeSchool,
        Self::AfterSchool,
        Self::Nursery,
        Self::SummerCamp,
    ];

    /// The word used in files, answers and translation keys.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Canteen => "canteen",
            Self::Transport => "transport",
            Self::BeforeSchool => "before_school",
            Self::AfterSchool => "after_school",
            Self::Nursery => "nursery",
            Self::SummerCamp => "summer_camp",
        }
    }
}

impl fmt::Display for SchoolService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl FromStr for SchoolService {
    type Err = UnknownSchoolService;
    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|service| service.tag() == tag).ok_or(UnknownSchoolService)
    }
}

#[cfg(test)]
mod tests {
    use super::SchoolService;

    #[test]
    fn tags_read_back_and_match_the_serialised_form() {
        for service in SchoolService::ALL {
            assert_eq!(service.tag().parse::<SchoolService>().unwrap(), service);
            let json = serde_json::to_string(&service).unwrap();
            assert_eq!(json, format!("\"{}\"", service.tag()));
        }
        assert!("mensa".parse::<SchoolService>().is_err());
    }
}
