//! Amounts of money as whole cents.

use serde::{Deserialize, Serialize};
use std::fmt;

/// An amount in euro cents; never a float.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Cents(i64);

impl Cents {
    /// From whole cents.
    pub const fn new(cents: i64) -> Self {
        Self(cents)
    }
    /// Whole cents.
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Display for Cents {
    /// As Italians write it, without the symbol: `12.345,67`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let magnitude = self.0.unsigned_abs();
        let digits = (magnitude / 100).to_string();
        let mut whole = String::new();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                whole.push('.');
            }
            whole.push(digit);
        }
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{whole},{:02}", magnitude % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::Cents;

    #[test]
    fn prints_as_italians_write() {
        let printed: Vec<String> = [0, 5, 1_234, 123_456, 123_456_789, -1_050]
            .into_iter()
            .map(|cents| Cents::new(cents).to_string())
            .collect();
        assert_eq!(printed, ["0,00", "0,05", "12,34", "1.234,56", "1.234.567,89", "-10,50"]);
    }
}
