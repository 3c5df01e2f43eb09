//! Password and time-based code together; one answer for everything that is wrong.

use crate::{Failure, Platform, audit, credentials::PAUSE, platform::open_text, sessions};
use domain::{Ctx, EmailAddress, ids::OfficerId, password::normalised};
use secrets::{LookupKind, Place, TenantKeys, TotpSecret};
use serde_json::json;
use storage::{
    officers::{self, OfficerRow},
    sessions::{self as rows, Session},
    sign_in_failures,
};

/// Wrong sign-ins with one address before a pause.
const MOST_FAILURES: i16 = 8;

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
    /// Too many wrong tries with this address, known or not; no sign-in for a while.
    Paused,
}

/// Signs an officer in. Tries are counted by what was typed, so that a pause tells nothing about an account.
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
    if paused {
        return Ok(OfficerSignIn::Paused);
    }
    let Some(known) = officer else { return Ok(OfficerSignIn::Wrong) };
    let secret = totp_secret(&keys, &known)?;
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    // Locked again: of two presses with the same code only one finds its step unused.
    let officer = officers::lock_by_email(&mut tx, &hash).await?;
    let step = officer
        .filter(|_| right_password)
        .and_then(|officer| secret.verify(code, ctx.now, Some(officer.last_totp_step)));
    let id = known.id.uuid();
    let Some(step) = step else {
        audit::record(ctx, platform, &mut tx, "officer_sign_in_failed", id, json!({})).await?;
        tx.commit().await?;
        return Ok(OfficerSignIn::Wrong);
    };
    sign_in_failures::delete(&mut tx, &hash).await?;
    officers::update_signed_in(&mut tx, known.id, step).await?;
    if let Some(previous) = previous {
        rows::delete(&mut tx, previous.id).await?;
    }
    let session = sessions::open_officer(ctx, platform, &mut tx, known.id).await?;
    audit::record(ctx, platform, &mut tx, "officer_signed_in", id, json!({})).await?;
    tx.commit().await?;
    Ok(OfficerSignIn::Right { session })
}

/// The officer, if there is one, after this try was counted; whether it falls into a pause.
async fn count_try(
    ctx: &Ctx,
    platform: &Platform,
    email_hash: &[u8],
) -> Result<(Option<OfficerRow>, bool), Failure> {
    let since = ctx.now - PAUSE;
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    let failures = sign_in_failures::lock_count(&mut tx, email_hash, since).await?;
    sign_in_failures::record(&mut tx, email_hash, ctx.now, since).await?;
    let officer = officers::lock_by_email(&mut tx, email_hash).await?;
    tx.commit().await?;
    Ok((officer, failures >= MOST_FAILURES))
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
