//! Puts a mail into the outbox together with the job that sends it.

use crate::{Failure, Platform};
use domain::{
    Ctx, Locale,
    ids::{DraftId, JobId, MailId},
};
use secrets::{Place, TenantKeys};
use storage::{
    TenantTx,
    mails::{self, MailRow},
    queue::{self, NewJob, Payload},
};
use uuid::Uuid;

/// A mail to queue; what it says is derived from `subject` when it is sent.
pub(crate) struct NewMail<'a> {
    /// Stem of its templates.
    pub(crate) stem: &'a str,
    /// Somebody waits at the screen for it.
    pub(crate) urgent: bool,
    /// Address.
    pub(crate) to: &'a str,
    /// Language of the family.
    pub(crate) locale: Locale,
    /// The draft it is about.
    pub(crate) draft: Option<DraftId>,
    /// What it is rendered from.
    pub(crate) subject: Uuid,
}

/// Queues a mail in the transaction that causes it.
pub(crate) async fn queue(
    ctx: &Ctx,
    platform: &Platform,
    tx: &mut TenantTx,
    keys: &TenantKeys,
    mail: NewMail<'_>,
) -> Result<(), Failure> {
    let id = MailId::new(ctx.now, &*platform.entropy);
    let place = Place { table: "mail", row: id.uuid(), column: "to_enc" };
    let row = MailRow {
        id,
        stem: mail.stem.to_owned(),
        locale: mail.locale.tag().to_owned(),
        to_enc: keys.seal(&*platform.entropy, place, mail.to.as_bytes()),
        draft: mail.draft,
        subject_id: mail.subject,
        created_at: ctx.now,
        sent_at: None,
    };
    mails::insert(tx, &row).await?;
    let job = NewJob {
        id: JobId::new(ctx.now, &*platform.entropy),
        payload: Payload::SendMail { mail: id },
        locale: &row.locale,
        urgent: mail.urgent,
        run_at: ctx.now,
        dedupe_key: None,
        created_at: ctx.now,
    };
    Ok(queue::enqueue(tx, &job).await?)
}
