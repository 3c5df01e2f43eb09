//! Password and time-based code together; one answer for everything that is wrong.

use crate::{Failure, Platform, audit, platform::open_text, sessions};
use domain::{Ctx, EmailAddress, ids::OfficerId, password::normalised};
use jiff::SignedDuration;
use secrets::{LookupKind, Place, TenantKeys, TotpSecret};
use serde_json::json;
use storage::{
    officers::{self, OfficerRow},
    sessions::{self as rows, Session},
};

/// Wrong sign-ins in a row before a pause.
const MOST_FAILURES: i16 = 8;
/// The pause.
const PAUSE: SignedDuration = SignedDuration::from_mins(15);

/// What came of signing in.
#[derive(Debug)]
pub enum OfficerSignIn {
    /// Signed in.
    Right {
        /// The new session.
        session: sessions::Opened,
    },
    /// Address, password or code is wrong: nobody learns which.
    Wrong,
    /// Too many wrong tries; no sign-in for a while.
    Paused,
}

/// Signs an officer in.
pub async fn sign_in(
    ctx: &Ctx,
    platform: &Platform,
    email: &EmailAddress,
    password: &str,
    code: &str,
    previous: Option<&Session>,
) -> Result<OfficerSignIn, Failure> {
    let keys = platform.keys(ctx.tenant).await?;
    let hash = keys.lookup_hash(LookupKind::Email, &email.normalised());
    // The try is counted before it is judged, and no connection is held while the password is hashed.
    let (officer, paused) = count_try(ctx, platform, &hash).await?;
    let stored = officer.as_ref().map(|officer| officer.password_hash.as_str());
    let right_password = platform
        .hasher
        .verify(&normalised(password), stored)
        .await
        .map_err(|_| Failure::Secrets)?;
    let Some(known) = officer else { return Ok(OfficerSignIn::Wrong) };
    if known.locked_until.is_some_and(|until| ctx.now < until) {
        return Ok(OfficerSignIn::Paused);
    }
    let secret = totp_secret(&keys, &known)?;
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    // Locked again: of two presses with the same code only one finds its step unused.
    let officer = officers::lock_by_email(&mut tx, &hash).await?;
    let step = officer
        .filter(|_| right_password)
        .and_then(|officer| secret.verify(code, ctx.now, Some(officer.last_totp_step)));
    let Some(step) = step else {
        let details = json!({ "paused": paused });
        let id = known.id.uuid();
        audit::record(ctx, platform, &mut tx, "officer_sign_in_failed", id, details).await?;
        tx.commit().await?;
        return Ok(if paused { OfficerSignIn::Paused } else { OfficerSignIn::Wrong });
    };
    officers::update_signed_in(&mut tx, known.id, step).await?;
    if let Some(previous) = previous {
        rows::delete(&mut tx, previous.id).await?;
    }
    let session = sessions::open_officer(ctx, platform, &mut tx, known.id).await?;
    audit::record(ctx, platform, &mut tx, "officer_signed_in", known.id.uuid(), json!({})).await?;
    tx.commit().await?;
    Ok(OfficerSignIn::Right { session })
}

/// The officer as before this try, which is counted as wrong until it turns out right; whether it begins a pause.
async fn count_try(
    ctx: &Ctx,
    platform: &Platform,
    email_hash: &[u8],
) -> Result<(Option<OfficerRow>, bool), Failure> {
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    let officer = officers::lock_by_email(&mut tx, email_hash).await?;
    let mut paused = false;
    if let Some(officer) = &officer
        && officer.locked_until.is_none_or(|until| ctx.now >= until)
    {
        let failures = officer.failures + 1;
        paused = failures >= MOST_FAILURES;
        let (failures, until) = if paused { (0, Some(ctx.now + PAUSE)) } else { (failures, None) };
        officers::update_failures(&mut tx, officer.id, failures, until).await?;
    }
    tx.commit().await?;
    Ok((officer, paused))
}

fn totp_secret(keys: &TenantKeys, officer: &OfficerRow) -> Result<TotpSecret, Failure> {
    let place = Place { table: "officer", row: officer.id.uuid(), column: "totp_enc" };
    let secret = keys.open(place, &officer.totp_enc).map_err(|_| Failure::Secrets)?;
    TotpSecret::from_bytes(&secret).map_err(|_| Failure::Secrets)
}

/// The signed-in officer's name, for the page header; none when the account was disabled meanwhile.
pub async fn name(
    ctx: &Ctx,
    platform: &Platform,
    id: OfficerId,
) -> Result<Option<String>, Failure> {
    let keys = platform.keys(ctx.tenant).await?;
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    let officer = officers::find(&mut tx, id).await?;
    tx.commit().await?;
    let place = Place { table: "officer", row: id.uuid(), column: "name_enc" };
    officer.map(|officer| open_text(&keys, place, &officer.name_enc)).transpose()
}
