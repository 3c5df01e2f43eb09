//! «Password dimenticata»: the single-use link.

use super::{
    Pending, Written,
    frame::{address, frame},
};
use crate::{JobError, Worker};
use domain::ids::PasswordLinkId;
use pages::mail::PasswordLink;
use routes::enrol::NewPassword;
use storage::password_links;

/// The link, derived again; none when it was used, replaced or has expired.
pub(super) async fn write(worker: &Worker, pending: &Pending) -> Result<Option<Written>, JobError> {
    let id = PasswordLinkId::from(pending.row.subject_id);
    let mut tx = worker.platform.pool.tenant(pending.ctx.tenant).await?;
    let link = password_links::find(&mut tx, id).await?;
    tx.commit().await?;
    let Some(link) = link.filter(|link| pending.ctx.now < link.expires_at) else { return Ok(None) };
    let Some(nonce) = link.nonce else { return Ok(None) };
    let token = pending.keys.link_token(id.uuid(), &nonce);
    let mail = PasswordLink {
        href: address(worker, &pending.tenant, &NewPassword { token }),
        valid_until: i18n::long_date_time(pending.locale(), link.expires_at),
    };
    Ok(Some(Written::plain(worker.engine.mail(&mail, &frame(worker, pending))?)))
}
