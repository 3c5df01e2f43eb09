//! A person as asserted by an identity provider, whatever protocol said so.

use crate::{CodiceFiscale, codice_fiscale::Holder};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The federation that vouches for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentityScheme {
    /// Sistema Pubblico di Identità Digitale.
    Spid,
    /// Carta d'Identità Elettronica.
    Cie,
    /// A notified scheme of another member state, through the Italian eIDAS node.
    Eidas,
}

impl IdentityScheme {
    /// All of them, in the order shown.
    pub const ALL: [Self; 3] = [Self::Spid, Self::Cie, Self::Eidas];

    /// Proper name, as people say it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Spid => "SPID",
            Self::Cie => "CIE",
            Self::Eidas => "eIDAS",
        }
    }

    /// Stable word for storage, message keys and metrics.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Spid => "spid",
            Self::Cie => "cie",
            Self::Eidas => "eidas",
        }
    }

    /// Whether it vouches for the codice fiscale. eIDAS knows none: the person declares it, the office confirms it.
    pub const fn gives_codice_fiscale(self) -> bool {
        match self {
            Self::Spid | Self::Cie => true,
            Self::Eidas => false,
        }
    }

    /// The scheme with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scheme| scheme.code() == code)
    }
}

/// How sure the provider is (eIDAS low, substantial, high).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i16", into = "i16")]
pub enum AssuranceLevel {
    /// Password.
    L1,
    /// Password and a second factor.
    L2,
    /// A certificate or a device of high assurance.
    L3,
}

impl AssuranceLevel {
    /// 1, 2 or 3.
    pub const fn number(self) -> i16 {
        match self {
            Self::L1 => 1,
            Self::L2 => 2,
            Self::L3 => 3,
        }
    }

    /// The level with this number.
    pub const fn from_number(number: i16) -> Option<Self> {
        match number {
            1 => Some(Self::L1),
            2 => Some(Self::L2),
            3 => Some(Self::L3),
            _ => None,
        }
    }
}

impl TryFrom<i16> for AssuranceLevel {
    type Error = &'static str;
    fn try_from(number: i16) -> Result<Self, Self::Error> {
        Self::from_number(number).ok_or("a level is 1, 2 or 3")
    }
}

impl From<AssuranceLevel> for i16 {
    fn from(level: AssuranceLevel) -> Self {
        level.number()
    }
}

/// What proved who sent an application: kept with each version (CAD art. 65 c. 1 b). Nothing personal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityProof {
    /// Who vouched.
    pub scheme: IdentityScheme,
    /// The provider's identifier.
    pub provider: String,
    /// The level reached.
    pub level: AssuranceLevel,
    /// When the person signed in.
    pub signed_in_at: Timestamp,
}

/// What a login method found out about a person. SAML and OpenID Connect both end here; nothing behind this type knows
/// which it was.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    /// Who vouches.
    pub scheme: IdentityScheme,
    /// The provider's identifier (SAML entityID).
    pub provider: String,
    /// The level reached.
    pub level: AssuranceLevel,
    /// The codice fiscale; none with eIDAS, where the person declares one later.
    pub codice_fiscale: Option<CodiceFiscale>,
    /// The provider's own code of the person (SPID code, eIDAS person identifier); CIE gives none. Changes with the
    /// provider: a key only where there is no codice fiscale.
    pub person_code: Option<String>,
    /// Given names, as asserted.
    pub name: String,
    /// Surname, as asserted.
    pub surname: String,
    /// Date of birth, where it was asked for.
    pub birth_date: Option<Date>,
    /// E-mail address known to the provider; not verified for us.
    pub email: Option<String>,
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity")
            .field("scheme", &self.scheme)
            .field("level", &self.level)
            .finish_non_exhaustive()
    }
}

impl Identity {
    /// Whether the person has come of age; none when no date of birth is known. Of the two centuries that a codice
    /// fiscale leaves open the later one counts: a child is not to pass for a person of 110.
    pub fn is_adult(&self, today: Date) -> Option<bool> {
        let born = self
            .birth_date
            .or_else(|| self.codice_fiscale.as_ref()?.birth_date(today, Holder::Pupil))?;
        Some(born.checked_add(jiff::Span::new().years(18)).is_ok_and(|of_age| of_age <= today))
    }
}

#[cfg(test)]
mod tests {
    use super::{AssuranceLevel, Identity, IdentityScheme};
    use crate::{
        CodiceFiscale,
        codice_fiscale::{Person, Sex},
    };
    use jiff::civil::{Date, date};

    fn born(on: Date, birth_date: Option<Date>) -> Identity {
        let person = Person {
            surname: "Prova",
            name: "Anna",
            birth_date: on,
            sex: Sex::Female,
            birthplace_code: "L049",
        };
        Identity {
            scheme: IdentityScheme::Spid,
            provider: "https://idp.example".into(),
            level: AssuranceLevel::L2,
            codice_fiscale: Some(CodiceFiscale::encode(person).unwrap()),
            person_code: None,
            name: "Anna".into(),
            surname: "Prova".into(),
            birth_date,
            email: None,
        }
    }

    #[test]
    fn a_child_is_not_taken_for_somebody_a_hundred_years_older() {
        let today = date(2026, 9, 15);
        assert_eq!(born(date(2012, 3, 9), None).is_adult(today), Some(false));
        assert_eq!(born(date(2008, 9, 16), None).is_adult(today), Some(false));
        assert_eq!(born(date(2008, 9, 15), None).is_adult(today), Some(true));
        assert_eq!(born(date(1988, 1, 1), None).is_adult(today), Some(true));
        assert_eq!(born(date(1912, 3, 9), Some(date(1912, 3, 9))).is_adult(today), Some(true));
    }

    #[test]
    fn nothing_personal_is_shown() {
        let shown = format!("{:?}", born(date(1988, 1, 1), None));
        assert!(!shown.contains("Prova") && !shown.contains("Anna"), "{shown}");
    }
}
