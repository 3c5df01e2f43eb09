//! The temporary password in mails and letters: derived, never stored, changed at first use.

use crate::readable_code;
use std::fmt;

/// Twenty characters, one hundred random bits, in groups of four. Compare in constant time only.
#[derive(Clone)]
pub struct TemporaryPassword(String);

impl TemporaryPassword {
    /// Characters without dashes.
    pub const CHARACTERS: usize = 20;

    /// The password for twenty random bytes, five bits of each.
    pub fn from_random(random: [u8; Self::CHARACTERS]) -> Self {
        Self(readable_code::write(&random))
    }

    /// Reads a typed one: spaces, dashes and case do not matter, O is 0, I and L are 1. `None`
    /// when the text cannot be a temporary password (it may still be a chosen one).
    pub fn parse(typed: &str) -> Option<Self> {
        readable_code::normalise(typed, Self::CHARACTERS).map(Self)
    }

    /// As printed: `K7QF-2MXP-9WRT-4HDA-M3S8`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for TemporaryPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TemporaryPassword(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::TemporaryPassword;

    #[test]
    fn is_printed_and_typed_back() {
        let given = TemporaryPassword::from_random([
            0, 1, 2, 3, 28, 29, 30, 31, 255, 254, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
        ]);
        assert_eq!(given.as_str(), "0123-WXYZ-ZY78-9ABC-DEFG");
        let typed = TemporaryPassword::parse(" oi23 wxyz zy78 9abc defg").unwrap();
        assert_eq!(typed.as_str(), given.as_str());
        assert!(TemporaryPassword::parse("cavallo muro finestra!").is_none());
        assert_eq!(format!("{given:?}"), "TemporaryPassword(…)");
    }
}
