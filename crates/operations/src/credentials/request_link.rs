//! «Password dimenticata»: if codice fiscale and address belong together, a single-use link goes to that address.

use crate::{
    Failure, Platform, audit,
    mails::{self, NewMail},
};
use domain::{CodiceFiscale, Ctx, EmailAddress, ids::PasswordLinkId};
use jiff::SignedDuration;
use secrets::{LookupKind, TenantKeys};
use serde_json::json;
use storage::{
    drafts,
    password_links::{self, PasswordLink},
};

/// A link works this long.
pub(super) const LIFE: SignedDuration = SignedDuration::from_hours(24);

/// Sends a link where the two belong together. The caller's page says the same either way.
pub async fn request_link(
    ctx: &Ctx,
    platform: &Platform,
    codice_fiscale: &CodiceFiscale,
    email: &EmailAddress,
) -> Result<(), Failure> {
    let keys = platform.keys(ctx.tenant).await?;
    let cf_hash = keys.lookup_hash(LookupKind::CodiceFiscale, codice_fiscale.as_str());
    let email_hash = keys.lookup_hash(LookupKind::Email, &email.normalised());
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    let Some(draft) = drafts::find_by_pupil_and_email(&mut tx, &cf_hash, &email_hash).await? else {
        return Ok(());
    };
    let Some(credential) = draft.credential else { return Ok(()) };
    let id = PasswordLinkId::new(ctx.now, &*platform.entropy);
    let nonce = TenantKeys::nonce(&*platform.entropy);
    let token_hash = token_hash(&keys, &keys.link_token(id.uuid(), &nonce));
    let link = PasswordLink {
        id,
        credential,
        draft: draft.id,
        nonce: Some(nonce),
        expires_at: ctx.now + LIFE,
    };
    password_links::insert(&mut tx, &link, &token_hash, ctx.now).await?;
    let mail = NewMail {
        stem: "password_link",
        urgent: true,
        to: email.as_str(),
        locale: ctx.locale,
        draft: Some(draft.id),
        subject: id.uuid(),
    };
    mails::queue(ctx, platform, &mut tx, &keys, mail).await?;
    audit::record(ctx, platform, &mut tx, "password_link_requested", draft.id.uuid(), json!({}))
        .await?;
    Ok(tx.commit().await?)
}

pub(super) fn token_hash(keys: &TenantKeys, token: &str) -> [u8; 32] {
    keys.lookup_hash(LookupKind::Link, token)
}
