//! The six-digit code that proves an e-mail address, and the rules of its life.

use crate::folding::{ascii_digit, is_blank};
use jiff::{SignedDuration, Timestamp};
use std::fmt;

/// How long a code can be used.
pub const LIFE: SignedDuration = SignedDuration::from_mins(10);

/// Tries of one code; the next one finds it spent.
pub const MAX_TRIES: u16 = 5;

/// How long to wait before another code is sent.
pub const RESEND_AFTER: SignedDuration = SignedDuration::from_secs(60);

/// How many codes there are.
pub const COUNT: u32 = 1_000_000;

/// Six digits. Compare in constant time only (crate `secrets`).
#[derive(Clone)]
pub struct EmailCode(String);

/// Not six digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a code has six digits")]
pub struct EmailCodeError;

impl EmailCode {
    /// Reads what a person typed or pasted: spaces, dashes and dots go, digits of other scripts
    /// become ASCII.
    pub fn parse(text: &str) -> Result<Self, EmailCodeError> {
        let is_separator =
            |c: char| is_blank(c) || matches!(c, '-' | '.' | '\u{2010}'..='\u{2015}');
        let digits: Option<String> =
            text.chars().filter(|c| !is_separator(*c)).take(7).map(ascii_digit).collect();
        digits.filter(|digits| digits.len() == 6).map(Self).ok_or(EmailCodeError)
    }

    /// The code for a number below [`COUNT`].
    pub fn from_number(number: u32) -> Option<Self> {
        (number < COUNT).then(|| Self(format!("{number:06}")))
    }

    /// The digits, for the mail and for comparison.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for EmailCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EmailCode(…)")
    }
}

/// What a try came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The address is proven; the code is used up.
    Right,
    /// Not this code; the try counts.
    Wrong {
        /// Tries still possible.
        left: u16,
    },
    /// Too late, whether right or not.
    Expired,
    /// Already used, or tried too often.
    Spent,
}

/// Judges one try. `attempts` are the wrong tries before it; a code is good until the instant
/// before `expires_at`.
pub fn judge(
    now: Timestamp,
    expires_at: Timestamp,
    attempts: u16,
    used: bool,
    matches: bool,
) -> Outcome {
    if used || attempts >= MAX_TRIES {
        Outcome::Spent
    } else if now >= expires_at {
        Outcome::Expired
    } else if matches {
        Outcome::Right
    } else {
        Outcome::Wrong { left: MAX_TRIES - attempts - 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::{EmailCode, LIFE, MAX_TRIES, Outcome, judge};
    use jiff::{SignedDuration, Timestamp};

    const SENT: Timestamp = Timestamp::UNIX_EPOCH;

    #[test]
    fn typing_habits_are_forgiven() {
        for typed in
            ["012345", " 012 345\n", "012-345", "0 1 2 3 4 5", "٠١٢٣٤٥", "০১২৩৪৫", "０１２３４５"]
        {
            assert_eq!(EmailCode::parse(typed).unwrap().as_str(), "012345");
        }
        for typed in ["", "12345", "1234567", "12345a", "l23456", "½12345", "1234567890123"] {
            assert!(EmailCode::parse(typed).is_err());
        }
    }

    #[test]
    fn numbers_become_six_digits() {
        assert_eq!(EmailCode::from_number(7).unwrap().as_str(), "000007");
        assert_eq!(EmailCode::from_number(999_999).unwrap().as_str(), "999999");
        assert!(EmailCode::from_number(1_000_000).is_none());
    }

    #[test]
    fn five_wrong_tries_spend_a_code() {
        let end = SENT + LIFE;
        let lefts: Vec<_> =
            (0..MAX_TRIES).map(|attempts| judge(SENT, end, attempts, false, false)).collect();
        let expected: Vec<_> = (0..5).rev().map(|left| Outcome::Wrong { left }).collect();
        assert_eq!(lefts, expected);
        assert_eq!(judge(SENT, end, 4, false, true), Outcome::Right);
        assert_eq!(judge(SENT, end, 5, false, true), Outcome::Spent);
    }

    #[test]
    fn a_used_or_late_code_is_refused_even_when_right() {
        let end = SENT + LIFE;
        assert_eq!(judge(SENT, end, 0, true, true), Outcome::Spent);
        assert_eq!(judge(end, end, 0, false, true), Outcome::Expired);
        let just_before = end - SignedDuration::from_millis(1);
        assert_eq!(judge(just_before, end, 0, false, true), Outcome::Right);
    }

    #[test]
    fn debug_is_masked() {
        assert_eq!(format!("{:?}", EmailCode::from_number(123_456)), "Some(EmailCode(…))");
    }
}
