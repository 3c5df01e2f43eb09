//! Randomness of the operating system.

use domain::Entropy;
use rand::{TryRngCore as _, rngs::OsRng};

/// The source used in production.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    #[expect(clippy::expect_used, reason = "without randomness nothing may go on")]
    fn fill(&self, buffer: &mut [u8]) {
        OsRng.try_fill_bytes(buffer).expect("the operating system has no randomness");
    }
}

#[cfg(test)]
mod tests {
    use super::SystemEntropy;
    use domain::entropy::random_bytes;

    #[test]
    fn two_draws_differ() {
        assert_ne!(random_bytes::<32>(&SystemEntropy), random_bytes::<32>(&SystemEntropy));
    }
}
