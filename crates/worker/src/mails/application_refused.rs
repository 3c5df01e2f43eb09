//! The office has refused; the reason waits on the status page (L. 241/90 art. 3).

use super::{
    Pending, Written,
    frame::{address, frame},
    subject,
};
use crate::{JobError, Worker};
use domain::application::State;
use pages::mail::ApplicationRefused;
use routes::identity::Doors;

/// Says so, with the registration number and nothing about the pupil; none when nothing is refused any more.
pub(super) async fn write(worker: &Worker, pending: &Pending) -> Result<Option<Written>, JobError> {
    let sent = subject::submission(worker, pending).await?;
    if !sent.services.iter().any(|(_, state)| *state == State::Rejected) {
        return Ok(None);
    }
    let mail = ApplicationRefused {
        registration: sent.registration(),
        identity: sent.identity.is_some(),
        href: address(worker, &pending.tenant, &Doors {}),
    };
    Ok(Some(Written::plain(worker.engine.mail(&mail, &frame(worker, pending))?)))
}
