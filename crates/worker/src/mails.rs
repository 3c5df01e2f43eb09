//! Sending one mail of the outbox: load, put into words, hand over, mark.

mod application_confirmed;
mod application_refused;
mod application_submitted;
mod draft_saved;
mod email_code;
mod frame;
mod password_link;
mod pending;
mod subject;

use crate::{JobError, Outcome, Worker, metrics};
use domain::{Ctx, ids::MailId};
use mail::Outgoing;
use pending::{Pending, load};
use storage::mails;

/// A mail in words.
pub(crate) struct Written {
    rendered: pages::RenderedMail,
    attachments: Vec<mail::Attachment>,
}

impl Written {
    const fn plain(rendered: pages::RenderedMail) -> Self {
        Self { rendered, attachments: Vec::new() }
    }
}

/// The mails that exist, by the stem of their templates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stem {
    EmailCode,
    DraftSaved,
    PasswordLink,
    ApplicationSubmitted,
    ApplicationConfirmed,
    ApplicationRefused,
}

impl Stem {
    const ALL: [Self; 6] = [
        Self::EmailCode,
        Self::DraftSaved,
        Self::PasswordLink,
        Self::ApplicationSubmitted,
        Self::ApplicationConfirmed,
        Self::ApplicationRefused,
    ];

    const fn word(self) -> &'static str {
        match self {
            Self::EmailCode => "email_code",
            Self::DraftSaved => "draft_saved",
            Self::PasswordLink => "password_link",
            Self::ApplicationSubmitted => "application_submitted",
            Self::ApplicationConfirmed => "application_confirmed",
            Self::ApplicationRefused => "application_refused",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stem| stem.word() == word)
    }
}

/// Sends a mail, unless it is sent already or nobody waits for it any more.
pub(crate) async fn send(worker: &Worker, ctx: &Ctx, id: MailId) -> Result<Outcome, JobError> {
    let Some(pending) = load(worker, ctx, id).await? else { return Ok(Outcome::Done) };
    let Some(stem) = Stem::from_word(&pending.row.stem) else {
        // A newer program queued it; a newer worker will know it.
        return Ok(Outcome::retry("unknown_mail"));
    };
    let Some(written) = write(worker, stem, &pending).await? else {
        tracing::info!(mail = %id, stem = stem.word(), "mail left out: what it carries is used or expired");
        let mut tx = worker.platform.pool.tenant(ctx.tenant).await?;
        mails::update_left_out(&mut tx, id).await?;
        tx.commit().await?;
        return Ok(Outcome::Done);
    };
    let outgoing = pending.outgoing(written)?;
    hand_over(worker, ctx, id, stem, &outgoing).await
}

/// What the mail says now; none when what it carries is used, expired or replaced.
async fn write(
    worker: &Worker,
    stem: Stem,
    pending: &Pending,
) -> Result<Option<Written>, JobError> {
    match stem {
        Stem::EmailCode => email_code::write(worker, pending).await,
        Stem::DraftSaved => draft_saved::write(worker, pending).await,
        Stem::PasswordLink => password_link::write(worker, pending).await,
        Stem::ApplicationSubmitted => application_submitted::write(worker, pending).await,
        Stem::ApplicationConfirmed => application_confirmed::write(worker, pending).await,
        Stem::ApplicationRefused => application_refused::write(worker, pending).await,
    }
}

/// Between the relay's answer and the mark lies nothing but the mark; a crash there repeats the same Message-ID.
async fn hand_over(
    worker: &Worker,
    ctx: &Ctx,
    id: MailId,
    stem: Stem,
    outgoing: &Outgoing,
) -> Result<Outcome, JobError> {
    if let Err(error) = worker.transport.send(outgoing).await {
        let code = error.code().as_text();
        tracing::warn!(mail = %id, tenant = %ctx.tenant, stem = stem.word(), code, "mail not sent");
        return Ok(if error.is_retry() { Outcome::retry(code) } else { Outcome::give_up(code) });
    }
    let mut tx = worker.platform.pool.tenant(ctx.tenant).await?;
    mails::update_sent(&mut tx, id, worker.clock.now()).await?;
    tx.commit().await?;
    metrics::mail_sent(stem.word());
    Ok(Outcome::Done)
}

#[cfg(test)]
mod tests {
    use super::Stem;

    #[test]
    fn stems_read_back() {
        for stem in Stem::ALL {
            assert_eq!(Stem::from_word(stem.word()), Some(stem));
        }
        assert_eq!(Stem::from_word("newsletter"), None);
    }
}
