//! Figures of the queue for the monitoring system; labels never name a tenant or a person.

use std::time::Duration;

/// Counts one ended job.
pub(crate) fn job(kind: &'static str, outcome: &'static str, took: Duration) {
    metrics::counter!("campanella_jobs_total", "kind" => kind, "outcome" => outcome).increment(1);
    metrics::histogram!("campanella_job_seconds", "kind" => kind).record(took.as_secs_f64());
}

/// Counts one mail taken by the relay.
pub(crate) fn mail_sent(stem: &'static str) {
    metrics::counter!("campanella_mails_sent_total", "stem" => stem).increment(1);
}

/// Shows the queue as it is now: jobs waiting, jobs given up, how long the oldest due one has waited.
pub(crate) fn queue(waiting: i64, failed: i64, oldest: Duration) {
    metrics::gauge!("campanella_queue_jobs", "state" => "waiting").set(gauge(waiting));
    metrics::gauge!("campanella_queue_jobs", "state" => "failed").set(gauge(failed));
    metrics::gauge!("campanella_queue_oldest_seconds").set(oldest.as_secs_f64());
}

/// A count as a gauge wants it; beyond four thousand million it stays there.
fn gauge(count: i64) -> f64 {
    f64::from(u32::try_from(count.max(0)).unwrap_or(u32::MAX))
}
