//! What the tests of this crate share: randomness that can be repeated, one tenant's keys.

use crate::TenantKeys;
use domain::{Entropy, ids::TenantId};
use std::sync::atomic::{AtomicU64, Ordering};
use uuid::Uuid;

/// A repeatable stream of bytes (SplitMix64); never for real secrets.
pub(crate) struct Seeded(AtomicU64);

impl Seeded {
    pub(crate) fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    fn next(&self) -> u64 {
        const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
        let state = self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}

impl Entropy for Seeded {
    fn fill(&self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(8) {
            chunk.copy_from_slice(&self.next().to_le_bytes()[..chunk.len()]);
        }
    }
}

pub(crate) fn tenant(number: u128) -> TenantId {
    TenantId::from(Uuid::from_u128(number))
}

pub(crate) fn keys(number: u128) -> TenantKeys {
    TenantKeys::generate(tenant(number), &Seeded::new(u64::try_from(number).unwrap()))
}
