//! One place of work: takes a job, runs it, and writes down what it came to.

use crate::{
    JobError, Outcome, Worker, conclude, handle, metrics,
    retry::{UNKNOWN_TENANT, rule_of},
    worker::pause,
};
use documents::DocumentError;
use domain::{Actor, Ctx, ids::TenantId};
use operations::{Failure, tenants};
use pages::RenderError;
use std::{
    error::Error,
    time::{Duration, Instant},
};
use storage::{
    StorageError,
    queue::{self, Job},
};
use tokio::sync::watch;

/// Pause when nothing is due.
const IDLE: Duration = Duration::from_millis(500);
/// Pause after the database failed; it grows with each failure in a row.
const AFTER_FAILURE: Duration = Duration::from_secs(2);
/// Longest such pause.
const LONGEST: Duration = Duration::from_secs(30);
/// A job that takes longer is stopped, well before its lease ends and another worker takes it.
const LONGEST_JOB: Duration = Duration::from_secs(100);

/// Works until it is time to stop.
pub(crate) async fn keep_working(worker: Worker, mut stop: watch::Receiver<bool>) {
    let mut failures = 0_u32;
    loop {
        if *stop.borrow() {
            return;
        }
        let wait = match worker.work_one().await {
            Ok(true) => {
                failures = 0;
                continue;
            }
            Ok(false) => {
                failures = 0;
                IDLE
            }
            Err(error) => {
                failures = failures.saturating_add(1);
                tracing::error!(%error, failures, "the queue cannot be read");
                AFTER_FAILURE.saturating_mul(failures).min(LONGEST)
            }
        };
        if pause(&mut stop, worker.jittered(wait)).await {
            return;
        }
    }
}

impl Worker {
    /// Takes the next due job and runs it; false when nothing is due.
    ///
    /// # Errors
    /// When the queue cannot be read or written. A job in hand then comes back when its lease ends.
    pub async fn work_one(&self) -> Result<bool, StorageError> {
        let mut tx = self.platform.pool.system().await?;
        let job = queue::take(&mut tx, self.clock.now()).await?;
        tx.commit().await?;
        let Some(job) = job else { return Ok(false) };
        let started = Instant::now();
        let outcome = self.outcome(&job).await;
        metrics::job(rule_of(&job).kind, outcome.word(), started.elapsed());
        conclude::conclude(self, &job, &outcome).await?;
        Ok(true)
    }

    /// Runs the job; a panic or endless work costs a try, not the worker.
    async fn outcome(&self, job: &Job) -> Outcome {
        let rule = rule_of(job);
        let attempt = u32::try_from(job.attempt).unwrap_or_default();
        if attempt > rule.max_tries {
            // It was taken that often and never came to an end: it takes the process with it.
            return Outcome::give_up("crash");
        }
        let Some(payload) = job.payload else {
            return Outcome::retry("unknown_kind").or_give_up(attempt, rule.max_tries);
        };
        if !self.knows(job.tenant).await {
            return Outcome::retry(UNKNOWN_TENANT).or_give_up(attempt, rule.max_tries);
        }
        let ctx = Ctx {
            tenant: job.tenant,
            now: self.clock.now(),
            locale: job.locale.parse().unwrap_or_default(),
            actor: Actor::Platform,
        };
        let worker = self.clone();
        let mut task = tokio::spawn(async move { handle::handle(&worker, &ctx, payload).await });
        let Ok(ended) = tokio::time::timeout(LONGEST_JOB, &mut task).await else {
            task.abort();
            return Outcome::retry("timeout").or_give_up(attempt, rule.max_tries);
        };
        let outcome = match ended {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(error)) => {
                log(job, &error);
                Outcome::retry(error.code())
            }
            Err(_) => Outcome::retry("panic"),
        };
        outcome.or_give_up(attempt, rule.max_tries)
    }

    /// Whether the tenant's settings are here; one that was applied a moment ago is read now.
    async fn knows(&self, tenant: TenantId) -> bool {
        let known = || self.platform.tenants.by_id(tenant).is_some();
        if known() {
            return true;
        }
        if let Err(error) = tenants::reload(&self.platform).await {
            tracing::warn!(%error, "the tenants' settings cannot be reloaded");
        }
        known()
    }
}

/// The one line of a failure, with all its causes: types and codes, never content.
fn log(job: &Job, error: &JobError) {
    let causes = causes(error);
    tracing::warn!(job = %job.id, tenant = %job.tenant, kind = rule_of(job).kind, %error, causes, "job failed");
}

/// What stands behind an error, outermost first, as far as the chain is ours: others quote what they choked on.
fn causes(error: &JobError) -> String {
    let mut told = Vec::new();
    let mut next = error.source();
    while let Some(cause) = next {
        let Some(text) = tell(cause) else { break };
        told.push(text);
        next = cause.source();
    }
    told.join(": ")
}

fn tell(cause: &(dyn Error + 'static)) -> Option<String> {
    if let Some(error) = cause.downcast_ref::<DocumentError>() {
        return Some(match error {
            DocumentError::Template { stem, .. } => format!("template {stem}"),
            DocumentError::Standard { stem, .. } => format!("document {stem} breaks a standard"),
            DocumentError::Fonts | DocumentError::IssuedAt => error.to_string(),
        });
    }
    let ours = cause.is::<Failure>() || cause.is::<StorageError>() || cause.is::<RenderError>();
    ours.then(|| cause.to_string())
}

#[cfg(test)]
mod tests {
    use super::causes;
    use crate::JobError;
    use documents::DocumentError;
    use operations::Failure;
    use storage::StorageError;

    #[test]
    fn all_causes_are_told_and_none_of_what_they_choked_on() {
        let storage = StorageError::Database { code: "42P01".to_owned() };
        let error = JobError::from(Failure::Storage(storage));
        assert_eq!(causes(&error), "storage failed: database error 42P01");
        let message = "expected content, found Anna Prova".to_owned();
        let error = JobError::from(DocumentError::Template { stem: "letter", message });
        assert_eq!(causes(&error), "template letter");
        assert_eq!(causes(&JobError::Secrets), "");
    }
}
