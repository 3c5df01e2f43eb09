//! Addresses: an address that is begun must be complete.

use super::scalar;
use crate::form::{AddressPart, Answers, FieldError, FieldErrorKind, Question, place};

/// The errors of the five fields.
pub(super) fn errors(question: &Question, answers: &Answers) -> Vec<FieldError> {
    let address = answers.address(&question.key);
    if address.is_empty() && !question.required {
        return Vec::new();
    }
    let judge = |part: AddressPart| {
        let field = part.field(&question.key);
        let kind = match answers.get(&field) {
            None => part.needed().then_some(FieldErrorKind::Required),
            Some(value) => one(part, value, address.municipality, address.province),
        };
        kind.map(|kind| FieldError { field, kind })
    };
    AddressPart::ALL.into_iter().filter_map(judge).collect()
}

fn one(
    part: AddressPart,
    value: &str,
    municipality: &str,
    province: &str,
) -> Option<FieldErrorKind> {
    match part {
        AddressPart::Street | AddressPart::Number => {
            scalar::length(value, part.longest()).or_else(|| scalar::characters(value, false))
        }
        AddressPart::Cap => {
            let abroad = place::resolve(municipality, None).is_ok_and(|place| place.foreign);
            let five = value.len() == 5 && value.bytes().all(|b| b.is_ascii_digit());
            (!five && !abroad).then_some(FieldErrorKind::BadCap)
        }
        AddressPart::Municipality => {
            let found = place::resolve(value, Some(province));
            // A wrong province is reported at its own field.
            let found = found.or_else(|_| place::resolve(value, None));
            found.err().map(Into::into)
        }
        AddressPart::Province => province_error(value, municipality),
    }
}

/// The province must be the municipality's, where that is known.
fn province_error(province: &str, municipality: &str) -> Option<FieldErrorKind> {
    if place::resolve(municipality, Some(province)).is_ok() {
        return None;
    }
    let known = place::resolve(municipality, None);
    let shaped = province.len() == 2 && province.bytes().all(|b| b.is_ascii_alphabetic());
    match known {
        Ok(_) | Err(place::PlaceError::Ambiguous) => Some(FieldErrorKind::BadProvince),
        Err(place::PlaceError::Unknown) => (!shaped).then_some(FieldErrorKind::BadProvince),
    }
}
