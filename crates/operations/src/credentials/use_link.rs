//! The single-use link: choose a new password and go on.

use super::{change_password::context_words, request_link::token_hash};
use crate::{Failure, Platform, audit, drafts, sessions};
use domain::{
    Actor, Ctx,
    ids::{DraftId, SessionId},
    password::{self, PasswordProblem},
};
use serde_json::json;
use storage::{
    credentials, password_links,
    sessions::{self as rows, Grant, Session},
};
use uuid::Uuid;

/// What came of using a link.
#[derive(Debug)]
pub enum LinkUsed {
    /// The new password is in force and the draft is open.
    Done {
        /// The draft.
        draft: DraftId,
        /// The session that opens it.
        session: sessions::Opened,
    },
    /// The password cannot be used, for these reasons; the link still works.
    Refused(Vec<PasswordProblem>),
    /// The link is used, too old, or never was.
    Gone,
}

/// Whether the link still works; looking does not use it up, so that a mail scanner cannot.
pub async fn find_link(ctx: &Ctx, platform: &Platform, token: &str) -> Result<bool, Failure> {
    let keys = platform.keys(ctx.tenant).await?;
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    let link = password_links::lock_live(&mut tx, &token_hash(&keys, token), ctx.now).await?;
    tx.commit().await?;
    Ok(link.is_some())
}

/// Sets the password and opens a session.
pub async fn use_link(
    ctx: &Ctx,
    platform: &Platform,
    token: &str,
    chosen: &str,
    previous: Option<&Session>,
) -> Result<LinkUsed, Failure> {
    let keys = platform.keys(ctx.tenant).await?;
    let hash = token_hash(&keys, token);
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    let Some(link) = password_links::lock_live(&mut tx, &hash, ctx.now).await? else {
        return Ok(LinkUsed::Gone);
    };
    let holder = Ctx { actor: Actor::Family { drafts: vec![link.draft] }, ..ctx.clone() };
    let opened = drafts::lock(&holder, platform, &mut tx, link.draft).await?;
    let words = context_words(&opened);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let problems = password::check(chosen, &words);
    if !problems.is_empty() {
        return Ok(LinkUsed::Refused(problems));
    }
    let stored = platform
        .hasher
        .hash(&password::normalised(chosen), &*platform.entropy)
        .await
        .map_err(|_| Failure::Secrets)?;
    password_links::update_used(&mut tx, link.id, ctx.now).await?;
    credentials::update_password(&mut tx, link.credential, &stored, ctx.now).await?;
    let grant = Grant { draft: link.draft, must_change_password: false };
    // Whoever was in with the old password is out: no session is kept but the new one.
    rows::delete_others(&mut tx, link.draft, SessionId::from(Uuid::nil())).await?;
    let session = sessions::open_family(ctx, platform, &mut tx, previous, grant).await?;
    audit::record(
        &holder,
        platform,
        &mut tx,
        "password_changed",
        link.draft.uuid(),
        json!({ "by": "link" }),
    )
    .await?;
    tx.commit().await?;
    Ok(LinkUsed::Done { draft: link.draft, session })
}
