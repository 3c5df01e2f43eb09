//! A single-use link in the place of the credentials letter, where the tenant wants no letter in the mail.

use super::request_link::{LIFE, token_hash};
use crate::{Failure, Platform, audit};
use domain::{
    Actor, Ctx,
    ids::{DraftId, MailId, PasswordLinkId},
};
use secrets::TenantKeys;
use serde_json::json;
use storage::{
    credentials, drafts,
    password_links::{self, PasswordLink},
};

/// The token of the one link that belongs to a mail; every try to send the mail finds the same link. None when the
/// link is used or expired, when the guardian has already chosen a password, or signs in with a digital identity.
pub async fn letter_link(
    ctx: &Ctx,
    platform: &Platform,
    mail: MailId,
    draft: DraftId,
) -> Result<Option<String>, Failure> {
    if ctx.actor != Actor::Platform {
        return Err(Failure::Forbidden);
    }
    let keys = platform.keys(ctx.tenant).await?;
    let id = PasswordLinkId::from(mail.uuid());
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    if let Some(known) = password_links::find(&mut tx, id).await? {
        let nonce = known.nonce.filter(|_| ctx.now < known.expires_at);
        return Ok(nonce.map(|nonce| keys.link_token(id.uuid(), &nonce)));
    }
    let row = drafts::find(&mut tx, draft).await?.ok_or(Failure::NotFound)?;
    if row.identity.is_some() {
        return Ok(None);
    }
    let credential = row.credential.ok_or(Failure::NotFound)?;
    if credentials::lock(&mut tx, credential).await?.password_hash.is_some() {
        return Ok(None);
    }
    let nonce = TenantKeys::nonce(&*platform.entropy);
    let token = keys.link_token(id.uuid(), &nonce);
    let link =
        PasswordLink { id, credential, draft, nonce: Some(nonce), expires_at: ctx.now + LIFE };
    password_links::insert(&mut tx, &link, &token_hash(&keys, &token), ctx.now).await?;
    let details = json!({ "by": "letter" });
    audit::record(ctx, platform, &mut tx, "password_link_made", draft.uuid(), details).await?;
    tx.commit().await?;
    Ok(Some(token))
}
