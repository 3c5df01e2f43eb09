//! «Invia Iscrizione»: the receipt with the summary and the way in.

use super::{
    Pending, Written,
    frame::{address, frame},
    subject,
};
use crate::{JobError, Worker};
use documents::{
    Audience,
    compose::{self, Sources},
};
use domain::{Locale, submission::Submission};
use operations::{applications, credentials, tenants::as_of};
use pages::mail::ApplicationSubmitted;
use routes::{
    enrol::{DocumentFile, DocumentKind, NewPassword},
    identity::Doors,
    tenant::{DocumentCheck, Start},
};
use tenants::{LetterDelivery, Tenant};

/// The receipt. The summary travels in Italian, the text that counts, and in the family's own language; the
/// attachments go to the address that the family has proved; the mail itself says nothing of the
/// pupil.
pub(super) async fn write(worker: &Worker, pending: &Pending) -> Result<Option<Written>, JobError> {
    let sent = subject::submission(worker, pending).await?;
    let accepted = as_of(&worker.platform, pending.ctx.tenant, sent.tenant_version).await?;
    let locale = pending.locale();
    let mut attachments = vec![summary(worker, pending, &sent, &accepted, Locale::It).await?];
    if locale != Locale::It {
        attachments.push(summary(worker, pending, &sent, &accepted, locale).await?);
    }
    let delivery = pending.tenant.settings().documents.letter_delivery;
    let link = match delivery {
        LetterDelivery::Attachment => {
            attachments.push(letter(worker, pending, &sent).await?);
            None
        }
        LetterDelivery::Link => link(worker, pending, &sent).await?,
    };
    let mail = ApplicationSubmitted {
        registration: sent.registration(),
        sent_at: i18n::date_time(sent.submitted_at),
        answer_by: i18n::long_date(locale, sent.answer_due),
        letter_attached: delivery == LetterDelivery::Attachment,
        link,
        identity: sent.identity.is_some(),
        href: address(worker, &pending.tenant, &Doors {}),
    };
    let rendered = worker.engine.mail(&mail, &frame(worker, pending))?;
    Ok(Some(Written { rendered, attachments }))
}

async fn summary(
    worker: &Worker,
    pending: &Pending,
    sent: &Submission,
    accepted: &Tenant,
    locale: Locale,
) -> Result<mail::Attachment, JobError> {
    let (portal_url, check_url) = addresses(worker, pending);
    let sources = sources(pending, locale, &portal_url, &check_url);
    let document = compose::summary(&sources, sent, accepted, Audience::Mail);
    attachment(worker, DocumentKind::Summary.speaking(locale), document).await
}

async fn letter(
    worker: &Worker,
    pending: &Pending,
    sent: &Submission,
) -> Result<mail::Attachment, JobError> {
    let letter = applications::letter(&pending.ctx, &worker.platform, sent.draft).await?;
    let (portal_url, check_url) = addresses(worker, pending);
    let locale = pending.locale();
    let sources = sources(pending, locale, &portal_url, &check_url);
    let document = compose::letter(&sources, sent, &letter);
    attachment(worker, DocumentKind::Letter.speaking(locale), document).await
}

/// In the letter's place, where the tenant wants no password in a mail.
async fn link(
    worker: &Worker,
    pending: &Pending,
    sent: &Submission,
) -> Result<Option<String>, JobError> {
    let platform = &worker.platform;
    let token =
        credentials::letter_link(&pending.ctx, platform, pending.row.id, sent.draft).await?;
    Ok(token.map(|token| address(worker, &pending.tenant, &NewPassword { token })))
}

fn addresses(worker: &Worker, pending: &Pending) -> (String, String) {
    let tenant = &pending.tenant;
    (address(worker, tenant, &Start {}), address(worker, tenant, &DocumentCheck {}))
}

/// Issued when the mail was caused, so that every try prints the same.
fn sources<'a>(
    pending: &'a Pending,
    locale: Locale,
    portal_url: &'a str,
    check_url: &'a str,
) -> Sources<'a> {
    Sources {
        tenant: &pending.tenant,
        locale,
        issued_at: pending.row.created_at,
        portal_url,
        check_url,
    }
}

async fn attachment(
    worker: &Worker,
    file: DocumentFile,
    document: documents::Document,
) -> Result<mail::Attachment, JobError> {
    let pdf = worker.printer.print(document).await?;
    Ok(mail::Attachment { file_name: file.to_string(), pdf })
}
