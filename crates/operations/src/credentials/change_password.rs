//! «Cambio Password»: the temporary password gives way to one the guardian chooses.

use crate::{
    Failure, Platform, audit,
    drafts::{self, Opened},
};
use domain::{
    Ctx,
    form::Binding,
    ids::DraftId,
    password::{self, PasswordProblem},
};
use serde_json::json;
use storage::{
    credentials,
    sessions::{self as rows, Grant, Session},
};

/// What came of it.
#[derive(Debug, PartialEq, Eq)]
pub enum Changed {
    /// The new password is in force; other sessions of this draft have ended.
    Done,
    /// It cannot be used, for these reasons.
    Refused(Vec<PasswordProblem>),
}

/// Sets the password after signing in with a temporary one.
pub async fn change_password(
    ctx: &Ctx,
    platform: &Platform,
    draft: DraftId,
    chosen: &str,
    session: &Session,
) -> Result<Changed, Failure> {
    let must_change =
        session.drafts.iter().any(|grant| grant.draft == draft && grant.must_change_password);
    if !must_change {
        return Err(Failure::NotFound);
    }
    let opened = drafts::load(ctx, platform, draft).await?;
    let words = context_words(&opened);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let problems = password::check(chosen, &words);
    if !problems.is_empty() {
        return Ok(Changed::Refused(problems));
    }
    let hash = platform
        .hasher
        .hash(&password::normalised(chosen), &*platform.entropy)
        .await
        .map_err(|_| Failure::Secrets)?;
    let credential = opened.draft.credential.ok_or(Failure::NotFound)?;
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    credentials::update_password(&mut tx, credential, &hash, ctx.now).await?;
    rows::insert_grant(&mut tx, session.id, Grant { draft, must_change_password: false }).await?;
    rows::delete_others(&mut tx, draft, session.id).await?;
    audit::record(ctx, platform, &mut tx, "password_changed", draft.uuid(), json!({})).await?;
    tx.commit().await?;
    Ok(Changed::Done)
}

/// Words that the password must not contain: they are the first that somebody would try.
pub(crate) fn context_words(opened: &Opened) -> Vec<String> {
    let mut words = vec![
        opened.tenant.name().to_owned(),
        opened.pupil.as_str().to_owned(),
        "campanella".to_owned(),
    ];
    let bindings = [
        Binding::PupilSurname,
        Binding::PupilName,
        Binding::GuardianSurname,
        Binding::GuardianName,
        Binding::GuardianCodiceFiscale,
    ];
    words.extend(bindings.iter().filter_map(|binding| {
        opened.answers.bound(&opened.definition, *binding).map(str::to_owned)
    }));
    words.extend(
        opened.email.as_deref().and_then(|email| email.split('@').next()).map(str::to_owned),
    );
    words
}
