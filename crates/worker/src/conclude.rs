//! Writes down what a job came to: gone, later, or given up.

use crate::{
    Outcome, Worker,
    retry::{self, rule_of},
};
use jiff::SignedDuration;
use storage::{
    StorageError, mails,
    queue::{self, Job, Payload},
};

/// Stores the outcome of a job.
pub(crate) async fn conclude(
    worker: &Worker,
    job: &Job,
    outcome: &Outcome,
) -> Result<(), StorageError> {
    record_mail(worker, job, outcome).await?;
    let now = worker.clock.now();
    let mut tx = worker.platform.pool.system().await?;
    let ours = match outcome {
        Outcome::Done => queue::delete(&mut tx, job).await?,
        Outcome::Retry { code } => {
            let wait = retry::wait(job, code, worker.spread());
            let wait = SignedDuration::try_from(wait).unwrap_or(queue::LEASE);
            queue::update_retry(&mut tx, job, now + wait, code).await?
        }
        Outcome::GiveUp { code } => {
            tracing::error!(job = %job.id, tenant = %job.tenant, kind = rule_of(job).kind, code, "job given up");
            queue::update_failed(&mut tx, job, now, code).await?
        }
    };
    tx.commit().await?;
    if !ours {
        tracing::warn!(job = %job.id, tenant = %job.tenant, "the job took longer than its lease; another worker has it");
    }
    Ok(())
}

/// The outbox keeps the last error too: the office sees a mail that could not be delivered.
async fn record_mail(worker: &Worker, job: &Job, outcome: &Outcome) -> Result<(), StorageError> {
    let Some(Payload::SendMail { mail }) = job.payload else { return Ok(()) };
    let (code, give_up) = match outcome {
        Outcome::Done => return Ok(()),
        Outcome::Retry { code } => (code, false),
        Outcome::GiveUp { code } => (code, true),
    };
    let mut tx = worker.platform.pool.tenant(job.tenant).await?;
    mails::update_failed(&mut tx, mail, code, give_up).await?;
    tx.commit().await
}
