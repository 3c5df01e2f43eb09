//! «Invia email»: a new code; an older one stops working.

use super::address::seconds_left;
use crate::{
    Failure, Platform, audit, drafts,
    mails::{self, NewMail},
};
use domain::{
    Ctx, EmailAddress, email_code,
    ids::{DraftId, EmailCodeId},
};
use secrets::{LookupKind, Place, TenantKeys};
use serde_json::json;
use storage::email_codes::{self, EmailCodeRow};

/// What came of asking for a code.
#[derive(Debug, PartialEq, Eq)]
pub enum Requested {
    /// It is on its way.
    Sent,
    /// One was sent a moment ago; wait this many seconds.
    TooSoon {
        /// Seconds to wait.
        wait: i64,
    },
    /// The address of this draft is verified already.
    AlreadyVerified,
}

/// Sends a code to an address. The budgets of sends are asked before, by the caller.
pub async fn request(
    ctx: &Ctx,
    platform: &Platform,
    draft: DraftId,
    email: &EmailAddress,
) -> Result<Requested, Failure> {
    let keys = platform.keys(ctx.tenant).await?;
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    let opened = drafts::lock(ctx, platform, &mut tx, draft).await?;
    if opened.is_verified() {
        return Ok(Requested::AlreadyVerified);
    }
    let email_hash = keys.lookup_hash(LookupKind::Email, &email.normalised());
    let open = email_codes::find_open(&mut tx, draft).await?;
    if let Some(wait) = open.and_then(|open| seconds_left(ctx, &open, &email_hash)) {
        return Ok(Requested::TooSoon { wait });
    }
    email_codes::close_open(&mut tx, draft, ctx.now).await?;
    let id = EmailCodeId::new(ctx.now, &*platform.entropy);
    let place = Place { table: "email_code", row: id.uuid(), column: "email_enc" };
    let row = EmailCodeRow {
        id,
        draft,
        email_enc: keys.seal(&*platform.entropy, place, email.as_str().as_bytes()),
        email_hash: email_hash.to_vec(),
        nonce: Some(TenantKeys::nonce(&*platform.entropy)),
        attempts: 0,
        created_at: ctx.now,
        expires_at: ctx.now + email_code::LIFE,
    };
    email_codes::insert(&mut tx, &row).await?;
    let mail = NewMail {
        stem: "email_code",
        urgent: true,
        to: email.as_str(),
        locale: ctx.locale,
        draft: Some(draft),
        subject: id.uuid(),
    };
    mails::queue(ctx, platform, &mut tx, &keys, mail).await?;
    audit::record(ctx, platform, &mut tx, "email_code_requested", draft.uuid(), json!({})).await?;
    tx.commit().await?;
    Ok(Requested::Sent)
}
