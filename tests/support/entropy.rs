//! Randomness that is the same in every run of a test.

use domain::Entropy;
use rand::{Rng as _, RngCore as _, SeedableRng as _, rngs::StdRng};
use std::{
    hash::{DefaultHasher, Hash as _, Hasher as _},
    sync::{Mutex, PoisonError},
};

/// Bytes that depend on the seed and on nothing else.
pub struct SeededEntropy(Mutex<StdRng>);

impl SeededEntropy {
    /// Seeded with a number.
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(StdRng::seed_from_u64(seed)))
    }

    /// Seeded with the name of the running test.
    pub fn of_test() -> Self {
        let mut hasher = DefaultHasher::new();
        std::thread::current().name().unwrap_or_default().hash(&mut hasher);
        Self::new(hasher.finish())
    }

    /// A number below `end`.
    pub fn below(&self, end: usize) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).random_range(0..end)
    }
}

impl Entropy for SeededEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(buffer);
    }
}
