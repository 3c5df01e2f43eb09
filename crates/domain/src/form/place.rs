//! Finding the municipality or state that a typed name means.

use super::FieldErrorKind;
use crate::municipality::{self, Place, Scope};

/// Why a typed name means no single place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PlaceError {
    /// Nothing has that name.
    Unknown,
    /// Several places have it.
    Ambiguous,
}

impl From<PlaceError> for FieldErrorKind {
    fn from(error: PlaceError) -> Self {
        match error {
            PlaceError::Unknown => Self::UnknownMunicipality,
            PlaceError::Ambiguous => Self::AmbiguousMunicipality,
        }
    }
}

/// The place of a typed name such as `Taranto`, `Taranto (TA)`, `Albania` or the code `L049`;
/// a province, where one was typed beside it, tells namesakes apart and must fit. Present comuni
/// win over former ones of the same name.
pub(super) fn resolve(raw: &str, province: Option<&str>) -> Result<Place, PlaceError> {
    let fits = |place: &Place| {
        province.is_none_or(|typed| typed.is_empty() || place.province.eq_ignore_ascii_case(typed))
    };
    let code = raw.trim().to_ascii_uppercase();
    if let Some(place) = municipality::find_by_code(&code, None).filter(fits) {
        return Ok(place);
    }
    let mut found = PlaceError::Unknown;
    for scope in [Scope::Residence, Scope::Birthplace] {
        let mut places = municipality::find_by_name(raw, scope);
        places.retain(fits);
        match places.as_slice() {
            [] => {}
            [place] => return Ok(*place),
            _ => found = PlaceError::Ambiguous,
        }
    }
    Err(found)
}

#[cfg(test)]
mod tests {
    use super::{PlaceError, resolve};

    fn code(raw: &str, province: Option<&str>) -> Result<&'static str, PlaceError> {
        resolve(raw, province).map(|place| place.code)
    }

    #[test]
    fn names_labels_states_and_codes_are_found() {
        assert_eq!(code("taranto", None), Ok("L049"));
        assert_eq!(code("Taranto (TA)", Some("")), Ok("L049"));
        assert_eq!(code("l049", None), Ok("L049"));
        assert!(resolve("Albania", None).unwrap().foreign);
        assert_eq!(code("Tarantola", None), Err(PlaceError::Unknown));
        assert_eq!(code("", None), Err(PlaceError::Unknown));
    }

    #[test]
    fn the_province_tells_namesakes_apart_and_must_fit() {
        assert_eq!(code("San Teodoro", None), Err(PlaceError::Ambiguous));
        assert_eq!(code("San Teodoro", Some("me")), Ok("I328"));
        assert_eq!(code("Taranto", Some("BA")), Err(PlaceError::Unknown));
    }
}
