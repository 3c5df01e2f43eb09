//! Where the last code went, and how long until another may be sent.

use crate::{Failure, Platform, drafts::load, platform::open_text};
use domain::{Ctx, EmailAddress, email_code, ids::DraftId};
use secrets::{LookupKind, Place};
use storage::{
    drafts,
    email_codes::{self, EmailCodeRow},
};

/// The address the draft's last code went to; none before the first, and once the address is verified.
pub async fn address(
    ctx: &Ctx,
    platform: &Platform,
    draft: DraftId,
) -> Result<Option<String>, Failure> {
    if load(ctx, platform, draft).await?.is_verified() {
        return Ok(None);
    }
    let Some(open) = open(ctx, platform, draft).await? else { return Ok(None) };
    let keys = platform.keys(ctx.tenant).await?;
    let place = Place { table: "email_code", row: open.id.uuid(), column: "email_enc" };
    Ok(Some(open_text(&keys, place, &open.email_enc)?))
}

/// Seconds until another code may be sent to this address; none when it may be sent now.
pub async fn wait(
    ctx: &Ctx,
    platform: &Platform,
    draft: DraftId,
    email: &EmailAddress,
) -> Result<Option<i64>, Failure> {
    if !ctx.may_open(draft) {
        return Err(Failure::NotFound);
    }
    let keys = platform.keys(ctx.tenant).await?;
    let hash = keys.lookup_hash(LookupKind::Email, &email.normalised());
    Ok(open(ctx, platform, draft).await?.and_then(|open| seconds_left(ctx, &open, &hash)))
}

/// The rule of the cool-down: one code a minute to the same address; a corrected address need not wait.
pub(super) fn seconds_left(ctx: &Ctx, open: &EmailCodeRow, email_hash: &[u8]) -> Option<i64> {
    let wait = email_code::RESEND_AFTER - ctx.now.duration_since(open.created_at);
    (wait.is_positive() && open.email_hash == email_hash).then(|| wait.as_secs().max(1))
}

async fn open(
    ctx: &Ctx,
    platform: &Platform,
    draft: DraftId,
) -> Result<Option<EmailCodeRow>, Failure> {
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    let draft = drafts::find(&mut tx, draft).await?.ok_or(Failure::NotFound)?;
    let open = email_codes::find_open(&mut tx, draft.id).await?;
    tx.commit().await?;
    Ok(open)
}
