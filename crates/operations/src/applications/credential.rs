//! The guardian's sign-in means at the moment of sending: one codice utente per guardian, also for the second child.

use crate::{Failure, Platform, credentials::start_temporary, drafts::Opened};
use domain::{
    CodiceFiscale, Ctx,
    entropy::random_bytes,
    form::{Answers, Binding},
    ids::CredentialId,
};
use jiff::SignedDuration;
use secrets::{LookupKind, TenantKeys};
use storage::{TenantTx, credentials, drafts};

/// A temporary password with less life left than this is replaced when a letter is written.
const SHORTEST_LEFT: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Makes sure the draft has means with a codice utente and, unless the guardian chose a password, a temporary one.
pub(super) async fn ensure(
    ctx: &Ctx,
    platform: &Platform,
    tx: &mut TenantTx,
    opened: &Opened,
    answers: &Answers,
    keys: &TenantKeys,
) -> Result<(), Failure> {
    let email_hash =
        opened.draft.email_hash.as_deref().ok_or(Failure::Malformed("draft without address"))?;
    let guardian =
        answers.bound(&opened.definition, Binding::GuardianCodiceFiscale).unwrap_or_default();
    let guardian = CodiceFiscale::parse(guardian).map_err(|_| Failure::Malformed("guardian"))?;
    let guardian_hash = keys.lookup_hash(LookupKind::CodiceFiscale, guardian.as_str());
    // Two children sent at once: the second finds the code that the first was given.
    tx.hold(email_hash).await?;
    if opened.application.is_none()
        && let Some(known) = credentials::find_by_guardian(tx, &guardian_hash, email_hash).await?
    {
        drafts::update_credential(tx, opened.draft.id, known.id).await?;
        return temporary_if_needed(ctx, platform, tx, opened, known.id).await;
    }
    let id = if let Some(id) = opened.draft.credential {
        id
    } else {
        let id = CredentialId::new(ctx.now, &*platform.entropy);
        credentials::insert(tx, id, email_hash, ctx.now).await?;
        drafts::update_credential(tx, opened.draft.id, id).await?;
        id
    };
    if credentials::lock(tx, id).await?.login_code.is_none() {
        let code = free_login_code(platform, tx).await?;
        credentials::update_guardian(tx, id, &code, &guardian_hash).await?;
    }
    temporary_if_needed(ctx, platform, tx, opened, id).await
}

/// A guardian without a chosen password gets a temporary one with its full life; one that was just given for a brother
/// or sister stays, so that the letters say the same. Who signs in with a digital identity gets none.
async fn temporary_if_needed(
    ctx: &Ctx,
    platform: &Platform,
    tx: &mut TenantTx,
    opened: &Opened,
    id: CredentialId,
) -> Result<(), Failure> {
    if opened.person.is_some() {
        return Ok(());
    }
    let known = credentials::lock(tx, id).await?;
    let lasting = known.temp_expires_at.is_some_and(|end| ctx.now + SHORTEST_LEFT <= end);
    if known.password_hash.is_some() || lasting {
        return Ok(());
    }
    start_temporary(ctx, platform, tx, id).await
}

/// Eight random digits that nobody has; the first is not zero, so that it survives spreadsheets.
async fn free_login_code(platform: &Platform, tx: &mut TenantTx) -> Result<String, Failure> {
    for _ in 0..20 {
        let number = u64::from_be_bytes(random_bytes(&*platform.entropy)) % 90_000_000 + 10_000_000;
        let code = number.to_string();
        if !credentials::exists_login_code(tx, &code).await? {
            return Ok(code);
        }
    }
    Err(Failure::Malformed("codici utente"))
}
