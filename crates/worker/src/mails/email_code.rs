//! «Codice sicurezza»: the six digits that prove an address.

use super::{Pending, Written, frame::frame};
use crate::{JobError, Worker};
use domain::{email_code::LIFE, ids::EmailCodeId};
use pages::mail::EmailCode;
use storage::email_codes;

/// The code, derived again; none when it was used, replaced or has expired.
pub(super) async fn write(worker: &Worker, pending: &Pending) -> Result<Option<Written>, JobError> {
    let id = EmailCodeId::from(pending.row.subject_id);
    let mut tx = worker.platform.pool.tenant(pending.ctx.tenant).await?;
    let row = email_codes::find(&mut tx, id).await?;
    tx.commit().await?;
    let alive = row.filter(|row| pending.ctx.now < row.expires_at);
    let Some(nonce) = alive.and_then(|row| row.nonce) else { return Ok(None) };
    let code = pending.keys.email_code(id.uuid(), &nonce);
    let mail = EmailCode { code: code.as_str().to_owned(), minutes: LIFE.as_mins() };
    Ok(Some(Written::plain(worker.engine.mail(&mail, &frame(worker, pending))?)))
}
