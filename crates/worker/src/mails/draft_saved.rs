//! The first «Salva Bozza»: a temporary password to come back with.

use super::{
    Pending, Written,
    frame::{address, frame},
};
use crate::{JobError, Worker};
use domain::{enrolment_window::last_moment, ids::DraftId};
use pages::mail::DraftSaved;
use routes::enrol::CredentialDoor;
use storage::{credentials, drafts};

/// The temporary password, derived again; none when it was changed or has expired.
pub(super) async fn write(worker: &Worker, pending: &Pending) -> Result<Option<Written>, JobError> {
    let id = DraftId::from(pending.row.subject_id);
    let mut tx = worker.platform.pool.tenant(pending.ctx.tenant).await?;
    let Some(draft) = drafts::find(&mut tx, id).await? else { return Ok(None) };
    let Some(credential) = draft.credential else { return Ok(None) };
    let credential = credentials::get(&mut tx, credential).await?;
    tx.commit().await?;
    let (Some(nonce), Some(expires_at)) = (credential.temp_nonce, credential.temp_expires_at)
    else {
        return Ok(None);
    };
    if pending.ctx.now >= expires_at {
        return Ok(None);
    }
    let locale = pending.locale();
    let mail = DraftSaved {
        password: pending.keys.temporary_password(credential.id.uuid(), &nonce).as_str().to_owned(),
        valid_until: i18n::long_date_time(locale, expires_at),
        // The last day that counts, where the term ends at its midnight.
        kept_until: draft
            .expires_at
            .map(|until| i18n::long_date(locale, last_moment(until).date())),
        href: address(worker, &pending.tenant, &CredentialDoor {}),
    };
    Ok(Some(Written::plain(worker.engine.mail(&mail, &frame(worker, pending))?)))
}
