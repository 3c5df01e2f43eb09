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

/// Code of a job whose tenant this process does not know.
pub(crate) const UNKNOWN_TENANT: &str = "unknown_tenant";

/// So many tries for an unknown tenant are soon: its settings were just applied and are about to be read. After that
/// it is one that this program cannot read, and waits like everything else.
const SOON_TRIES: u32 = 3;

/// How long a job waits after the n-th failed try.
pub(crate) fn wait(job: &Job, code: &str, spread: f64) -> Duration {
    let attempt = u32::try_from(job.attempt).unwrap_or(1);
    if code == UNKNOWN_TENANT && attempt <= SOON_TRIES {
        return Duration::from_secs(5).mul_f64(1.0 + spread);
    }
    (rule_of(job).wait)(attempt, spread)
}

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
    use super::{RULES, UNKNOWN_TENANT, rule, wait};
    use domain::ids::MailId;
    use std::time::Duration;
    use storage::queue::{Job, Payload};
    use uuid::Uuid;

    #[test]
    fn every_payload_has_its_own_rule() {
        let payloads = [Payload::SendMail { mail: MailId::from(Uuid::nil()) }, Payload::Expire];
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
    #[test]
    fn an_unknown_tenant_is_asked_for_again_within_seconds_but_not_for_ever() {
        let waited = |attempt, code| {
            let payload = Some(Payload::SendMail { mail: MailId::from(Uuid::nil()) });
            let (id, tenant) = (Uuid::nil().into(), Uuid::nil().into());
            wait(&Job { id, tenant, payload, locale: "it".to_owned(), attempt }, code, 0.5)
        };
        assert!(waited(1, UNKNOWN_TENANT) < Duration::from_secs(10));
        assert!(waited(3, UNKNOWN_TENANT) < Duration::from_secs(10));
        assert!(waited(4, UNKNOWN_TENANT) > Duration::from_mins(1));
        assert!(waited(1, "smtp_451") >= Duration::from_mins(1));
    }
}
