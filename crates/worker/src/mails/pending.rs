//! A mail of the outbox, opened: tenant, keys, recipient, language.

use super::Written;
use crate::{JobError, Worker};
use domain::{Ctx, EmailAddress, Locale, ids::MailId};
use mail::{Outgoing, Sender};
use secrets::{Place, TenantKeys};
use std::sync::Arc;
use storage::mails::{self, MailRow};
use tenants::Tenant;

/// A mail that is still to be sent.
pub(super) struct Pending {
    /// The row.
    pub(super) row: MailRow,
    /// Context of the job, in the mail's language.
    pub(super) ctx: Ctx,
    /// The tenant that writes.
    pub(super) tenant: Arc<Tenant>,
    /// Its keys, from which one-time secrets are derived again.
    pub(super) keys: Arc<TenantKeys>,
    to: EmailAddress,
}

/// Opens a mail; none when it is sent, or gone with its draft.
pub(super) async fn load(
    worker: &Worker,
    ctx: &Ctx,
    id: MailId,
) -> Result<Option<Pending>, JobError> {
    let platform = &worker.platform;
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    let row = mails::find(&mut tx, id).await?;
    tx.commit().await?;
    let Some(row) = row.filter(|row| row.sent_at.is_none()) else { return Ok(None) };
    let keys = platform.keys(ctx.tenant).await?;
    let place = Place { table: "mail", row: id.uuid(), column: "to_enc" };
    let to = keys.open_text(place, &row.to_enc).map_err(|_| JobError::Secrets)?;
    let to = EmailAddress::parse(&to).map_err(|_| JobError::Malformed("recipient"))?;
    let locale: Locale = row.locale.parse().unwrap_or_default();
    let tenant = platform.tenant(ctx.tenant)?;
    Ok(Some(Pending { row, ctx: Ctx { locale, ..ctx.clone() }, tenant, keys, to }))
}

impl Pending {
    /// Language of the mail.
    pub(super) const fn locale(&self) -> Locale {
        self.ctx.locale
    }

    /// The message: from the tenant's sender, with an id that is the same at every try.
    pub(super) fn outgoing(&self, written: Written) -> Result<Outgoing, JobError> {
        let sender = &self.tenant.settings().mail;
        let address = |text: &str| {
            EmailAddress::parse(text).map_err(|_| JobError::Malformed("the tenant's sender"))
        };
        let from = address(&sender.address)?;
        Ok(Outgoing {
            message_id: format!("<{}@{}>", self.row.id, domain_of(&from)),
            date: self.row.created_at,
            from: Sender { name: sender.name.clone(), address: from },
            reply_to: sender.reply_to.as_deref().map(address).transpose()?,
            to: self.to.clone(),
            subject: written.rendered.subject,
            text: written.rendered.text,
            html: written.rendered.html,
            attachments: written.attachments,
            locale: self.locale(),
        })
    }
}

/// The part after the at sign.
fn domain_of(address: &EmailAddress) -> &str {
    address.as_str().rsplit_once('@').map_or("localhost", |(_, domain)| domain)
}
