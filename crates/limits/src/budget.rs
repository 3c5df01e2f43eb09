//! What may be used how often.

use jiff::{SignedDuration, Timestamp};

/// Marks a window keeps; with a larger `max`, uses are counted in slices of the window.
const MARKS: u32 = 64;

/// At most `max` uses in any span of length `per`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Stable name, part of the key and of the metric.
    pub name: &'static str,
    /// Most uses.
    pub max: u32,
    /// Length of the sliding window.
    pub per: SignedDuration,
}

/// The answer to a take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// All budgets had room; one was taken from each.
    Allowed,
    /// One budget had none; nothing was taken.
    Refused {
        /// When to try again, at the earliest.
        retry_after: SignedDuration,
        /// Name of the budget that keeps one waiting longest.
        budget: &'static str,
    },
}

impl Verdict {
    /// Whether the use may go on.
    pub const fn is_allowed(self) -> bool {
        matches!(self, Self::Allowed)
    }
}

impl Budget {
    /// Half of it, but at least one: each replica counts for itself.
    pub(crate) const fn stricter(&self) -> Self {
        let half = self.max.div_ceil(2);
        Self { max: if half == 0 { 1 } else { half }, ..*self }
    }

    /// Window in milliseconds.
    pub(crate) fn span(&self) -> i64 {
        i64::try_from(self.per.as_millis()).unwrap_or(i64::MAX / 2).max(1)
    }

    /// The mark a use gets, in milliseconds: its instant, or the end of its slice, so that it
    /// never leaves the window too early.
    pub(crate) fn mark(&self, now: Timestamp) -> i64 {
        let slice = if self.max <= MARKS { 1 } else { (self.span() / i64::from(MARKS)).max(1) };
        let instant = now.as_millisecond();
        instant + (slice - instant.rem_euclid(slice)) % slice
    }
}

#[cfg(test)]
mod tests {
    use super::Budget;
    use jiff::{SignedDuration, Timestamp};

    #[test]
    fn small_budgets_are_exact_large_ones_are_sliced() {
        let at = |milliseconds| Timestamp::from_millisecond(milliseconds).unwrap();
        let small = Budget { name: "small", max: 64, per: SignedDuration::from_secs(64) };
        let large = Budget { max: 65, ..small };
        assert_eq!(small.mark(at(1_234)), 1_234);
        assert_eq!([1_000, 1_001, 2_000].map(|now| large.mark(at(now))), [1_000, 2_000, 2_000]);
    }

    #[test]
    fn stricter_is_half_but_never_nothing() {
        let of = |max| Budget { name: "b", max, per: SignedDuration::from_secs(1) }.stricter().max;
        assert_eq!([0, 1, 3, 10].map(of), [1, 1, 2, 5]);
    }
}
