//! Erasing what has reached the end of its promised life.

use crate::{Failure, Platform, audit, credentials::PAUSE, logins};
use domain::{Ctx, ids::JobId, rating};
use jiff::SignedDuration;
use serde_json::json;
use storage::{
    credentials, drafts, identities, login_requests,
    queue::{self, NewJob, Payload},
    ratings, sessions, sign_in_failures,
};

/// Drafts erased in one transaction; the rest waits for the next one, so that no lock is held long.
const BATCH: i64 = 200;
/// Sign-ins under way, assertions, and people who left nothing behind are remembered for this long after their end.
const LEFT_BEHIND: SignedDuration = SignedDuration::from_hours(24);
/// How often it runs per tenant.
pub const EVERY: SignedDuration = SignedDuration::from_mins(15);

/// Enqueues the next run for this tenant; equal runs are enqueued once, however many workers ask.
pub async fn schedule(ctx: &Ctx, platform: &Platform) -> Result<(), Failure> {
    let slot = ctx.now.as_second().div_euclid(EVERY.as_secs());
    let key = format!("expire:{}:{slot}", ctx.tenant);
    let job = NewJob {
        id: JobId::new(ctx.now, &*platform.entropy),
        payload: Payload::Expire,
        locale: ctx.locale.tag(),
        urgent: false,
        run_at: ctx.now,
        dedupe_key: Some(&key),
        created_at: ctx.now,
    };
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    queue::enqueue(&mut tx, &job).await?;
    Ok(tx.commit().await?)
}

/// Erases expired drafts with everything that hangs on them, ended sessions, dead temporary passwords, counts of wrong
/// sign-ins that no longer count, what is left of sign-ins elsewhere, old ratings. Returns how many drafts went.
pub async fn expire(ctx: &Ctx, platform: &Platform) -> Result<usize, Failure> {
    let mut erased = 0;
    loop {
        let mut tx = platform.pool.tenant(ctx.tenant).await?;
        let expired = drafts::lock_expired(&mut tx, ctx.now, BATCH).await?;
        for draft in &expired {
            drafts::delete(&mut tx, *draft).await?;
        }
        credentials::update_expired_temporary(&mut tx, ctx.now).await?;
        credentials::delete_unused(&mut tx).await?;
        sessions::delete_ended(&mut tx, ctx.now).await?;
        sign_in_failures::delete_old(&mut tx, ctx.now - PAUSE).await?;
        login_requests::delete_expired(&mut tx, ctx.now - LEFT_BEHIND).await?;
        identities::delete_unused(&mut tx, ctx.now - LEFT_BEHIND).await?;
        ratings::delete_old(&mut tx, rating::kept_from(ctx.now)).await?;
        if !expired.is_empty() {
            let details = json!({ "drafts": expired.len() });
            audit::record(ctx, platform, &mut tx, "drafts_expired", ctx.tenant.uuid(), details)
                .await?;
        }
        tx.commit().await?;
        erased += expired.len();
        if expired.is_empty() {
            logins::erase(ctx, platform).await?;
            return Ok(erased);
        }
    }
}
