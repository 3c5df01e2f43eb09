//! The office has accepted.

use super::{
    Pending, Written,
    frame::{address, frame},
    subject,
};
use crate::{JobError, Worker};
use pages::mail::ApplicationConfirmed;
use routes::identity::Doors;

/// Says so, with the registration number and nothing about the pupil.
pub(super) async fn write(worker: &Worker, pending: &Pending) -> Result<Option<Written>, JobError> {
    let sent = subject::submission(worker, pending).await?;
    let mail = ApplicationConfirmed {
        registration: sent.registration(),
        href: address(worker, &pending.tenant, &Doors {}),
    };
    Ok(Some(Written::plain(worker.engine.mail(&mail, &frame(worker, pending))?)))
}
