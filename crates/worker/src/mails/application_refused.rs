//! The office has refused, and says why (L. 241/90 art. 3).

use super::{
    Pending, Written,
    frame::{address, frame},
    subject,
};
use crate::{JobError, Worker};
use operations::applications::refusal_reason;
use pages::mail::ApplicationRefused;
use routes::enrol::CredentialDoor;

/// Says so, with the reason; none when a newer decision has taken its place.
pub(super) async fn write(worker: &Worker, pending: &Pending) -> Result<Option<Written>, JobError> {
    let sent = subject::submission(worker, pending).await?;
    let reason = refusal_reason(&pending.ctx, &worker.platform, sent.draft).await?;
    let Some(reason) = reason else { return Ok(None) };
    let mail = ApplicationRefused {
        registration: sent.registration(),
        reason,
        href: address(worker, &pending.tenant, &CredentialDoor {}),
    };
    Ok(Some(Written::plain(worker.engine.mail(&mail, &frame(worker, pending))?)))
}
