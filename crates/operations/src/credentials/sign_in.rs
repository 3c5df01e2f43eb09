//! The credential door with a password: the same work for a codice fiscale that is known and one that is not.

use crate::{Failure, Platform, audit, sessions};
use domain::{
    CodiceFiscale, Ctx,
    ids::DraftId,
    password::{TemporaryPassword, normalised},
};
use jiff::SignedDuration;
use secrets::{LookupKind, TenantKeys, temporary_passwords_match};
use serde_json::json;
use storage::{
    credentials::{self, Candidate},
    sessions::{Grant, Session},
    sign_in_failures,
};

/// Each sign-in checks at least this many chosen passwords, however few there are: others may have begun an application
/// for the same pupil, and the time must not tell how many did.
const LEAST_CHECKS: usize = 3;
/// Most applications and drafts of one pupil that a password may open.
const CANDIDATES: i64 = 20;
/// Wrong passwords per codice fiscale before a pause.
const MOST_FAILURES: i16 = 10;
/// How long failures count.
pub(crate) const PAUSE: SignedDuration = SignedDuration::from_mins(15);

/// What came of signing in.
#[derive(Debug)]
pub enum SignedIn {
    /// The password opens this draft or application.
    Right {
        /// The draft.
        draft: DraftId,
        /// The temporary password must be changed first.
        must_change_password: bool,
        /// The session that opens it.
        session: sessions::Opened,
    },
    /// Wrong password or unknown codice fiscale: nobody learns which.
    Wrong,
    /// Too many wrong passwords for this codice fiscale; try later or ask for a link.
    Paused,
}

/// Judges a codice fiscale and a password.
pub async fn sign_in(
    ctx: &Ctx,
    platform: &Platform,
    codice_fiscale: &CodiceFiscale,
    password: &str,
    previous: Option<&Session>,
) -> Result<SignedIn, Failure> {
    let keys = platform.keys(ctx.tenant).await?;
    let hash = keys.lookup_hash(LookupKind::CodiceFiscale, codice_fiscale.as_str());
    let since = ctx.now - PAUSE;
    // The try is counted before it is judged: parallel guesses cannot slip past the count, and no connection is held
    // while passwords are hashed.
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    let failures = sign_in_failures::lock_count(&mut tx, &hash, since).await?;
    sign_in_failures::record(&mut tx, &hash, ctx.now, since).await?;
    let candidates = credentials::list_candidates(&mut tx, &hash, CANDIDATES).await?;
    tx.commit().await?;
    let right = judge(ctx, platform, &keys, &candidates, password).await?;
    if failures >= MOST_FAILURES {
        return Ok(SignedIn::Paused);
    }
    let Some((candidate, must_change_password)) = right else { return Ok(SignedIn::Wrong) };
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    sign_in_failures::delete(&mut tx, &hash).await?;
    let grant = Grant { draft: candidate.draft, must_change_password };
    let session = sessions::open_family(ctx, platform, &mut tx, previous, grant).await?;
    audit::record(
        ctx,
        platform,
        &mut tx,
        "signed_in",
        candidate.draft.uuid(),
        json!({ "door": "password" }),
    )
    .await?;
    tx.commit().await?;
    Ok(SignedIn::Right { draft: candidate.draft, must_change_password, session })
}

/// The first candidate whose password it is; whether it was the temporary one.
async fn judge<'a>(
    ctx: &Ctx,
    platform: &Platform,
    keys: &TenantKeys,
    candidates: &'a [Candidate],
    password: &str,
) -> Result<Option<(&'a Candidate, bool)>, Failure> {
    let typed = normalised(password);
    let mut with_chosen =
        candidates.iter().filter(|candidate| candidate.credential.password_hash.is_some());
    let mut right = None;
    for _ in 0..LEAST_CHECKS.max(with_chosen.clone().count()) {
        let candidate = with_chosen.next();
        let stored = candidate.and_then(|candidate| candidate.credential.password_hash.as_deref());
        let matches = check(platform, &typed, stored).await?;
        right = right.or(candidate.filter(|_| matches).map(|candidate| (candidate, false)));
    }
    let temporary = TemporaryPassword::parse(password).and_then(|typed| {
        let fits = |candidate: &&Candidate| is_temporary(ctx, keys, candidate, &typed);
        candidates.iter().find(fits).map(|candidate| (candidate, true))
    });
    Ok(right.or(temporary))
}

/// One check, with or without a stored hash; the debug log tells how many a sign-in cost.
async fn check(platform: &Platform, typed: &str, stored: Option<&str>) -> Result<bool, Failure> {
    tracing::debug!("a password is checked");
    platform.hasher.verify(typed, stored).await.map_err(|_| Failure::Secrets)
}

/// Whether it is the candidate's temporary password, and still lives.
fn is_temporary(
    ctx: &Ctx,
    keys: &TenantKeys,
    candidate: &Candidate,
    typed: &TemporaryPassword,
) -> bool {
    let credential = &candidate.credential;
    let lives = credential.temp_expires_at.is_some_and(|end| ctx.now < end);
    let derived = credential
        .temp_nonce
        .as_deref()
        .map(|nonce| keys.temporary_password(credential.id.uuid(), nonce));
    lives && derived.is_some_and(|derived| temporary_passwords_match(typed, &derived))
}
