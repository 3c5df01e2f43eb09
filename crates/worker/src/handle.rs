//! Which handler does which payload.

use crate::{JobError, Outcome, Worker, mails};
use domain::Ctx;
use operations::retention;
use storage::queue::Payload;

/// Runs one job for the tenant and language of its row.
pub(crate) async fn handle(
    worker: &Worker,
    ctx: &Ctx,
    payload: Payload,
) -> Result<Outcome, JobError> {
    match payload {
        Payload::SendMail { mail } => mails::send(worker, ctx, mail).await,
        Payload::Expire => {
            let erased = retention::expire(ctx, &worker.platform).await?;
            if erased > 0 {
                tracing::info!(tenant = %ctx.tenant, erased, "expired drafts are erased");
            }
            Ok(Outcome::Done)
        }
    }
}
