//! Passwords: what a chosen one must be, and the temporary one we give.

mod temporary;
mod weakness;

pub use temporary::TemporaryPassword;

use jiff::SignedDuration;
use unicode_normalization::UnicodeNormalization as _;

/// Fewest and most characters of a chosen password.
pub const MIN_LENGTH: usize = 10;
/// Most characters of a chosen password.
pub const MAX_LENGTH: usize = 128;

/// How long a temporary password can be used.
pub const TEMPORARY_LIFE: SignedDuration = SignedDuration::from_hours(14 * 24);

/// Why a password is refused. There are no rules on kinds of characters (ASVS 6.2.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PasswordProblem {
    /// Fewer than ten characters.
    TooShort,
    /// More than 128 characters.
    TooLong,
    /// Nothing but digits.
    OnlyDigits,
    /// One character or group over and over.
    Repeated,
    /// A run of the alphabet, of the digits or of the keyboard.
    Sequence,
    /// Known from leaks, also with digits and marks around it.
    Leaked,
    /// Contains a name, the comune, the codice fiscale or the e-mail address.
    Context,
}

impl PasswordProblem {
    /// All problems, in the order they are shown.
    pub const ALL: [Self; 7] = [
        Self::TooShort,
        Self::TooLong,
        Self::OnlyDigits,
        Self::Repeated,
        Self::Sequence,
        Self::Leaked,
        Self::Context,
    ];

    /// Stable word for message keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooShort => "too_short",
            Self::TooLong => "too_long",
            Self::OnlyDigits => "only_digits",
            Self::Repeated => "repeated",
            Self::Sequence => "sequence",
            Self::Leaked => "leaked",
            Self::Context => "context",
        }
    }
}

/// Everything wrong with a candidate; empty means it is accepted. `context_words` are the
/// person's and the comune's names, the codice fiscale, the e-mail address.
pub fn check(candidate: &str, context_words: &[&str]) -> Vec<PasswordProblem> {
    let length = candidate.chars().count();
    if length > MAX_LENGTH {
        return vec![PasswordProblem::TooLong];
    }
    let password = normalised(candidate);
    let holds = |problem: &PasswordProblem| match problem {
        PasswordProblem::TooShort => length < MIN_LENGTH,
        PasswordProblem::TooLong => false,
        PasswordProblem::OnlyDigits => weakness::is_only_digits(&password),
        PasswordProblem::Repeated => weakness::is_repeated(&password),
        PasswordProblem::Sequence => weakness::is_sequence(&password),
        PasswordProblem::Leaked => weakness::is_leaked(&password),
        PasswordProblem::Context => weakness::has_context(&password, context_words),
    };
    PasswordProblem::ALL.into_iter().filter(holds).collect()
}

/// The form that is hashed, so that the same password typed on different devices is the same
/// (NFKC, as NIST SP 800-63B §3.1.1.2 advises).
pub fn normalised(typed: &str) -> String {
    typed.nfkc().collect()
}

#[cfg(test)]
mod tests {
    use super::{PasswordProblem as P, check, normalised};

    const CONTEXT: [&str; 4] =
        ["Montesole sull'Alba", "Niccolò", "PRVNNA20B69L049X", "anna.prova@example.it"];

    #[test]
    fn good_passwords_pass() {
        for good in [
            "cavallo zampa finestra",
            "xK4#pL9!vQ",
            "quattro-gatti-al-9",
            "ベンチと青い自転車たち",
            "lunedi niente minestra",
        ] {
            assert_eq!(check(good, &CONTEXT), []);
        }
    }

    #[test]
    fn each_problem_is_named() {
        for (bad, problem) in [
            ("xK4#pL9!v", P::TooShort),
            (&*"xK4#".repeat(33), P::TooLong),
            ("8274619305", P::OnlyDigits),
            ("٨٢٧٤٦١٩٣٠٥", P::OnlyDigits),
            ("aaaaaaaaaaaa", P::Repeated),
            ("forteforte", P::Repeated),
            ("xk4xk4xk4xk4", P::Repeated),
            ("abcdefghijkl", P::Sequence),
            ("9876543210", P::Sequence),
            ("qwertyuiop", P::Sequence),
            ("asdfghjkl1", P::Sequence),
            ("Password123!", P::Leaked),
            ("P@ssw0rd2024", P::Leaked),
            ("Francesca1990", P::Leaked),
            ("forzajuve!!", P::Leaked),
            ("montesole-26", P::Context),
            ("MioNiccolo88", P::Context),
            ("prvnna20b69l049x", P::Context),
            ("io sono anna ", P::Context),
        ] {
            assert!(check(bad, &CONTEXT).contains(&problem), "{problem:?}");
        }
    }

    #[test]
    fn an_endless_candidate_costs_nothing() {
        assert_eq!(check(&"aé".repeat(500_000), &CONTEXT), [P::TooLong]);
    }

    #[test]
    fn both_ways_to_type_an_accent_are_one_password() {
        assert_eq!(normalised("perche\u{301} no?"), normalised("perché no?"));
    }

    #[test]
    fn codes_are_distinct() {
        let mut codes = P::ALL.map(P::code).to_vec();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), P::ALL.len());
    }
}
