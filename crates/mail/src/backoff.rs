//! When to try a failed mail again.

use std::time::Duration;

/// After this many tries, about three days, a mail is given up: longer than a weekend without
/// the relay.
pub const MAX_TRIES: u32 = 20;

/// Wait after the first failed try; it doubles from there.
const FIRST: Duration = Duration::from_mins(1);
/// Longest wait.
const LONGEST: Duration = Duration::from_hours(6);

/// How long to wait after the `attempt`th failed try (from 1).
///
/// `random_unit` in 0..1 spreads the waits of many mails over three quarters to five quarters of
/// the plain value, so that a relay that comes back is not met by all of them at once.
pub fn backoff(attempt: u32, random_unit: f64) -> Duration {
    let doublings = attempt.saturating_sub(1).min(MAX_TRIES);
    let plain = FIRST.saturating_mul(1_u32 << doublings).min(LONGEST);
    let unit = if random_unit.is_finite() { random_unit.clamp(0.0, 1.0) } else { 0.5 };
    plain.mul_f64(0.75 + unit / 2.0).clamp(FIRST, LONGEST)
}

#[cfg(test)]
mod tests {
    use super::{MAX_TRIES, backoff};
    use std::time::Duration;

    #[test]
    fn waits_double_from_one_minute_to_six_hours() {
        let minutes = |attempt| backoff(attempt, 0.5).as_secs() / 60;
        assert_eq!([1, 2, 3, 9, 10, 50].map(minutes), [1, 2, 4, 256, 360, 360]);
    }

    #[test]
    fn jitter_stays_within_the_bounds() {
        let span = |unit| backoff(5, unit).as_secs();
        assert_eq!((span(0.0), span(1.0)), (12 * 60, 20 * 60));
        for unit in [-1.0, 0.0, 1.0, 7.0, f64::NAN] {
            for attempt in [0, 1, 12, u32::MAX] {
                let wait = backoff(attempt, unit);
                assert!(wait >= Duration::from_mins(1) && wait <= Duration::from_hours(6));
            }
        }
    }

    #[test]
    fn all_tries_together_last_about_three_days() {
        let total: Duration = (1..MAX_TRIES).map(|attempt| backoff(attempt, 0.5)).sum();
        assert!(total > Duration::from_hours(60) && total < Duration::from_hours(84));
    }
}
