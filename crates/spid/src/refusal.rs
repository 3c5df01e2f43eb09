//! Why a message was refused: one stable code per reason, for the audit row, the metric and the tests.

/// One constant per reason and the list of them.
macro_rules! refusals {
    ($stage:ident: $($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        $($(#[$doc])* pub(crate) const $name: Refusal = Refusal::$stage($code);)*
        /// All of this stage.
        pub(super) const ALL: &[Refusal] = &[$($name),*];
    };
}

pub(crate) mod content;
pub(crate) mod form;

use thiserror::Error;

/// Where a refusal was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// By decoding or by the guard, from the form of the message alone.
    Form,
    /// With the pending request, the provider and its keys at hand.
    Content,
}

/// Why a message was refused. Carries nothing of what the message said but the number of an official error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("refused: {code}")]
pub struct Refusal {
    code: &'static str,
    stage: Stage,
    provider_error: Option<u8>,
}

impl Refusal {
    const fn form(code: &'static str) -> Self {
        Self { code, stage: Stage::Form, provider_error: None }
    }

    const fn content(code: &'static str) -> Self {
        Self { code, stage: Stage::Content, provider_error: None }
    }

    /// The provider refused, with or without a number of the official table.
    pub(crate) const fn by_provider(number: Option<u8>) -> Self {
        Self { provider_error: number, ..content::PROVIDER_ERROR }
    }

    /// Stable word for audit and metric.
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// The number of the official error table (08 to 25, 30) that the provider gave.
    pub const fn provider_error(&self) -> Option<u8> {
        self.provider_error
    }

    /// Whether it was found by decoding or by the guard: cheap, and nobody but a faulty provider or an attacker
    /// causes it.
    pub const fn is_before_signature(&self) -> bool {
        matches!(self.stage, Stage::Form)
    }

    /// The codes of all refusals there are, for registering metrics and for tests.
    pub fn codes() -> impl Iterator<Item = &'static str> {
        form::ALL.iter().chain(content::ALL).map(|refusal| refusal.code)
    }
}

#[cfg(test)]
mod tests {
    use super::Refusal;
    use std::collections::BTreeSet;

    #[test]
    fn every_code_is_stable_snake_case_and_used_once() {
        let codes: BTreeSet<_> = Refusal::codes().collect();
        assert_eq!(codes.len(), Refusal::codes().count());
        for code in codes {
            assert!(
                code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'),
                "{code}"
            );
        }
    }
}
