//! Temporary passwords: derived, mailed, changed at first use.

use crate::{
    Failure, Platform,
    drafts::Opened,
    mails::{self, NewMail},
};
use domain::{Ctx, ids::CredentialId, password::TEMPORARY_LIFE};
use secrets::TenantKeys;
use storage::{TenantTx, credentials, drafts};

/// Starts a temporary password's life; an earlier one stops working.
pub(crate) async fn start_temporary(
    ctx: &Ctx,
    platform: &Platform,
    tx: &mut TenantTx,
    credential: CredentialId,
) -> Result<(), Failure> {
    let nonce = TenantKeys::nonce(&*platform.entropy);
    Ok(credentials::update_temporary(tx, credential, &nonce, ctx.now + TEMPORARY_LIFE).await?)
}

/// The draft's first «Salva Bozza» through the credential door: sign-in means, and a mail with a temporary password.
pub(crate) async fn mail_temporary(
    ctx: &Ctx,
    platform: &Platform,
    tx: &mut TenantTx,
    opened: &mut Opened,
) -> Result<(), Failure> {
    let keys = platform.keys(ctx.tenant).await?;
    let (Some(email), Some(email_hash)) =
        (opened.email.as_deref(), opened.draft.email_hash.as_deref())
    else {
        return Err(Failure::Malformed("draft without address"));
    };
    let id = CredentialId::new(ctx.now, &*platform.entropy);
    credentials::insert(tx, id, email_hash, ctx.now).await?;
    start_temporary(ctx, platform, tx, id).await?;
    drafts::update_credential(tx, opened.draft.id, id).await?;
    opened.draft.credential = Some(id);
    let mail = NewMail {
        stem: "draft_saved",
        urgent: false,
        to: email,
        locale: ctx.locale,
        draft: Some(opened.draft.id),
        subject: opened.draft.id.uuid(),
    };
    mails::queue(ctx, platform, tx, &keys, mail).await
}
