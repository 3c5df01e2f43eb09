//! «Conferma»: the code is judged; a wrong one counts, even though the page is only shown again.

use crate::{Failure, Platform, audit, drafts, platform::open_text};
use domain::{
    Actor, Ctx, EmailAddress,
    email_code::{EmailCode, Outcome, judge},
    enrolment_window::rome_date,
    form::{PrefillSource, prefill},
    ids::DraftId,
};
use secrets::{Place, TenantKeys, email_codes_match};
use serde_json::json;
use storage::{
    TenantTx,
    drafts::{self as rows, Draft},
    email_codes::{self, EmailCodeRow},
    sessions::{self, Grant, Session},
};

/// What came of a try.
#[derive(Debug, PartialEq, Eq)]
pub enum Confirmed {
    /// The address is proven; go on with this draft, which may be one the applicant already had.
    Right {
        /// The draft to go on with.
        draft: DraftId,
        /// It was there before: the same applicant came back.
        resumed: bool,
    },
    /// Not this code.
    Wrong {
        /// Tries still possible.
        left: u16,
    },
    /// Too late.
    Expired,
    /// Tried too often, or none was sent.
    Spent,
}

/// Judges a code typed for a draft.
pub async fn confirm(
    ctx: &Ctx,
    platform: &Platform,
    draft: DraftId,
    code: &EmailCode,
    session: &Session,
) -> Result<Confirmed, Failure> {
    let keys = platform.keys(ctx.tenant).await?;
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    let mut opened = drafts::lock(ctx, platform, &mut tx, draft).await?;
    if opened.is_verified() {
        return Ok(Confirmed::Right { draft, resumed: false });
    }
    let Some(open) = email_codes::lock_open(&mut tx, draft).await? else {
        let existing = resumed(ctx, &mut tx, &opened.draft).await?;
        let right = |draft| Confirmed::Right { draft, resumed: true };
        return Ok(existing.map_or(Confirmed::Spent, right));
    };
    let matches = matches(&keys, &open, code);
    let attempts = u16::try_from(open.attempts).unwrap_or(u16::MAX);
    match judge(ctx.now, open.expires_at, attempts, open.nonce.is_none(), matches) {
        Outcome::Right => {}
        Outcome::Wrong { left } => {
            email_codes::record_attempt(&mut tx, open.id).await?;
            let details = json!({ "left": left });
            audit::record(ctx, platform, &mut tx, "email_code_wrong", draft.uuid(), details)
                .await?;
            tx.commit().await?;
            return Ok(Confirmed::Wrong { left });
        }
        Outcome::Expired => return Ok(Confirmed::Expired),
        Outcome::Spent => return Ok(Confirmed::Spent),
    }
    // Two browsers that prove the same address at once: the second finds what the first has made.
    tx.hold(&open.email_hash).await?;
    let existing = rows::find_same_applicant(
        &mut tx,
        &opened.draft.pupil_cf_hash,
        &open.email_hash,
        opened.draft.school_year,
        draft,
        opened.draft.identity,
    )
    .await?;
    email_codes::close_open(&mut tx, draft, ctx.now).await?;
    if let Some(existing) = existing {
        let grant = Grant { draft: existing, must_change_password: false };
        // The draft just begun stays empty until it expires: a second press, or the page before, finds its way from it.
        sessions::insert_grant(&mut tx, session.id, grant).await?;
        audit::record(
            ctx,
            platform,
            &mut tx,
            "draft_resumed",
            existing.uuid(),
            json!({ "by": "email" }),
        )
        .await?;
        tx.commit().await?;
        return Ok(Confirmed::Right { draft: existing, resumed: true });
    }
    verify(ctx, platform, &mut tx, &mut opened, &open).await?;
    audit::record(ctx, platform, &mut tx, "email_verified", draft.uuid(), json!({})).await?;
    tx.commit().await?;
    Ok(Confirmed::Right { draft, resumed: false })
}

/// Where a second press of the same button leads: to what the first one found. It opens nothing that the session does
/// not open already.
async fn resumed(ctx: &Ctx, tx: &mut TenantTx, begun: &Draft) -> Result<Option<DraftId>, Failure> {
    let Actor::Family { drafts } = &ctx.actor else { return Ok(None) };
    for id in drafts.iter().copied().filter(|id| *id != begun.id) {
        let same = |known: &Draft| {
            known.pupil_cf_hash == begun.pupil_cf_hash
                && known.school_year == begun.school_year
                && known.verified_at.is_some()
        };
        if rows::find(tx, id).await?.as_ref().is_some_and(same) {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

fn matches(keys: &TenantKeys, open: &EmailCodeRow, code: &EmailCode) -> bool {
    open.nonce
        .as_deref()
        .is_some_and(|nonce| email_codes_match(code, &keys.email_code(open.id.uuid(), nonce)))
}

/// Records the proven address on the draft and offers it as the first answer where the form wants it.
async fn verify(
    ctx: &Ctx,
    platform: &Platform,
    tx: &mut TenantTx,
    opened: &mut drafts::Opened,
    open: &EmailCodeRow,
) -> Result<(), Failure> {
    let keys = platform.keys(ctx.tenant).await?;
    let sent_to = Place { table: "email_code", row: open.id.uuid(), column: "email_enc" };
    let address = open_text(&keys, sent_to, &open.email_enc)?;
    let place = Place { table: "draft", row: opened.draft.id.uuid(), column: "email_enc" };
    let email_enc = keys.seal(&*platform.entropy, place, address.as_bytes());
    let expires_at = opened.tenant.draft_expires_at(opened.school_year, ctx.now);
    rows::update_verified(tx, opened.draft.id, (&email_enc, &open.email_hash), ctx.now, expires_at)
        .await?;
    let email = EmailAddress::parse(&address).map_err(|_| Failure::Malformed("address"))?;
    let source = PrefillSource {
        pupil: &opened.pupil,
        verified_email: Some(&email),
        today: rome_date(ctx.now),
    };
    if prefill(&opened.definition, &mut opened.answers, &source) {
        let sealed =
            drafts::seal_answers(platform, &keys, opened.draft.id, &opened.pupil, &opened.answers)?;
        rows::update_prefilled(tx, opened.draft.id, &sealed).await?;
    }
    Ok(())
}
