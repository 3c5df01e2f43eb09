//! The sent version that a mail is about.

use super::Pending;
use crate::{JobError, Worker};
use domain::{ids::ApplicationVersionId, submission::Submission};
use operations::{Failure, applications::submission as read};
use storage::applications as rows;

/// The version with its application.
pub(super) async fn submission(worker: &Worker, pending: &Pending) -> Result<Submission, JobError> {
    let id = ApplicationVersionId::from(pending.row.subject_id);
    let platform = &worker.platform;
    let mut tx = platform.pool.tenant(pending.ctx.tenant).await?;
    let version = rows::find_version(&mut tx, id).await?.ok_or(Failure::NotFound)?;
    let application = rows::find(&mut tx, version.application).await?.ok_or(Failure::NotFound)?;
    tx.commit().await?;
    Ok(read(&pending.ctx, platform, application.draft, Some(id)).await?)
}
