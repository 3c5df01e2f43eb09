//! When a job is tried again, and when it is given up: one rule per payload.

use std::time::Duration;
use storage::queue::{Job, Payload};

/// How often and how soon a kind of job is tried.
#[derive(Clone, Copy, Debug)]
pub struct RetryRule {
    /// Word of the queue's `kind` column.
    pub kind: &'static str,
    /// Tries before the job is given up.
    pub max_tries: u32,
    /// Wait after the n-th failed try (from 1); the second number, in 0..1, spreads the waits.
    pub wait: fn(u32, f64) -> Duration,
}

/// As the mail crate says: about three days.
const SEND_MAIL: RetryRule =
    RetryRule { kind: "send_mail", max_tries: mail::MAX_TRIES, wait: mail::backoff };

/// Short, because the next slot of the schedule brings a fresh job anyway.
const EXPIRE: RetryRule = RetryRule {
    kind: "expire",
    max_tries: 3,
    wait: |_, spread| Duration::from_mins(1).mul_f64(1.0 + spread),
};

/// For a kind that only a newer program knows: it waits for a newer worker.
pub(crate) const UNKNOWN: RetryRule =
    RetryRule { kind: "unknown", max_tries: mail::MAX_TRIES, wait: mail::backoff };

/// The rules of all kinds.
pub const RULES: &[RetryRule] = &[SEND_MAIL, EXPIRE];

/// The rule of a job as taken from the queue.
pub(crate) fn rule_of(job: &Job) -> &'static RetryRule {
    job.payload.map_or(&UNKNOWN, rule)
}

/// The rule of a payload.
pub const fn rule(payload: Payload) -> &'static RetryRule {
    match payload {
        Payload::SendMail { .. } => &SEND_MAIL,
        Payload::Expire => &EXPIRE,
    }
}

#[cfg(test)]
mod tests {
    use super::{RULES, rule};
    use domain::ids::MailId;
    use std::time::Duration;
    use storage::queue::Payload;

    #[test]
    fn every_payload_has_its_own_rule() {
        let payloads =
            [Payload::SendMail { mail: MailId::from(uuid::Uuid::nil()) }, Payload::Expire];
        let kinds: Vec<_> = payloads.iter().map(|payload| rule(*payload).kind).collect();
        assert_eq!(kinds, payloads.map(Payload::kind));
        assert_eq!(kinds, RULES.iter().map(|rule| rule.kind).collect::<Vec<_>>());
    }

    #[test]
    fn every_rule_tries_more_than_once_and_never_at_once() {
        for rule in RULES {
            assert!(rule.max_tries > 1, "{}", rule.kind);
            for attempt in 1..=rule.max_tries {
                assert!((rule.wait)(attempt, 0.0) >= Duration::from_mins(1), "{}", rule.kind);
            }
        }
    }
}
