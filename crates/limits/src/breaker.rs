//! Stops asking Redis for a moment after it failed.

use jiff::Timestamp;
use std::sync::atomic::{AtomicI64, Ordering};

/// Milliseconds between two tries while Redis is away.
const RETRY: i64 = 1_000;

/// Stands for "Redis answers".
const CLOSED: i64 = i64::MIN;

/// Closed while Redis answers; otherwise the instant of the next try.
pub(crate) struct Breaker(AtomicI64);

impl Default for Breaker {
    fn default() -> Self {
        Self(AtomicI64::new(CLOSED))
    }
}

impl Breaker {
    /// Whether this request may ask Redis; while it is away, one request per second tries.
    pub(crate) fn may_try(&self, now: Timestamp) -> bool {
        let now = now.as_millisecond();
        let next = self.0.load(Ordering::Relaxed);
        if next == CLOSED {
            return true;
        }
        // A clock that was set back must not keep Redis shut out.
        let due = now >= next || next - now > RETRY;
        due && self
            .0
            .compare_exchange(next, now + RETRY, Ordering::Relaxed, Ordering::Relaxed)
            .is_ok()
    }

    pub(crate) fn succeeded(&self) {
        if self.0.swap(CLOSED, Ordering::Relaxed) != CLOSED {
            tracing::info!("limits: Redis is back, shared budgets are in force");
        }
    }

    pub(crate) fn failed(&self, now: Timestamp, error: &dyn std::fmt::Display) {
        let next = now.as_millisecond() + RETRY;
        if self.0.swap(next, Ordering::Relaxed) == CLOSED {
            tracing::warn!(%error, "limits: Redis is away, stricter budgets in process");
        }
    }

    pub(crate) fn is_open(&self) -> bool {
        self.0.load(Ordering::Relaxed) != CLOSED
    }
}

#[cfg(test)]
mod tests {
    use super::Breaker;
    use jiff::Timestamp;

    #[test]
    fn one_request_per_second_tries_until_redis_is_back() {
        let at = |milliseconds| Timestamp::from_millisecond(milliseconds).unwrap();
        let breaker = Breaker::default();
        assert!(breaker.may_try(at(0)) && breaker.may_try(at(0)) && !breaker.is_open());
        breaker.failed(at(0), &std::fmt::Error);
        assert!(breaker.is_open() && !breaker.may_try(at(999)));
        assert!(breaker.may_try(at(1_000)) && !breaker.may_try(at(1_000)));
        assert!(breaker.may_try(at(-5_000)), "a clock set back");
        breaker.succeeded();
        assert!(!breaker.is_open() && breaker.may_try(at(1_001)));
    }
}
