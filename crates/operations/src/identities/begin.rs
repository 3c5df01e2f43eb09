//! «Sono un nuovo iscritto» of somebody who has signed in: a draft of theirs, or the one they already have.

use crate::{
    Failure, Platform, audit,
    drafts::{NewStart, insert_new},
    identities::{find_person, told::told_before},
};
use domain::{CodiceFiscale, Ctx, enrolment_window::WindowKind, ids::DraftId};
use secrets::LookupKind;
use serde_json::json;
use storage::{drafts, sessions::Session};

/// Begins a draft for this pupil; none when no service takes new enrolments now. The same person asking again for the
/// same pupil and school year reaches what there is.
pub async fn begin(
    ctx: &Ctx,
    platform: &Platform,
    session: &Session,
    codice_fiscale: &CodiceFiscale,
) -> Result<Option<DraftId>, Failure> {
    let identity = session.identity.ok_or(Failure::NotFound)?;
    let tenant = platform.tenant(ctx.tenant)?;
    let Some(school_year) = tenant.enrolling_year(WindowKind::New, ctx.now) else {
        return Ok(None);
    };
    let keys = platform.keys(ctx.tenant).await?;
    let hash = keys.lookup_hash(LookupKind::CodiceFiscale, codice_fiscale.as_str());
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    find_person(&mut tx, &keys, identity).await?;
    // Two presses of the button: the second finds what the first has made.
    tx.hold(&hash).await?;
    let known =
        drafts::find_by_identity_and_pupil(&mut tx, identity, &hash, school_year.first()).await?;
    if known.is_some() {
        return Ok(known);
    }
    let told = told_before(&mut tx, &keys, identity).await?;
    let start = NewStart { codice_fiscale, school_year, identity: Some(identity), told };
    let draft = insert_new(ctx, platform, &mut tx, start).await?;
    let details = json!({ "identity": identity });
    audit::record(ctx, platform, &mut tx, "draft_started", draft.uuid(), details).await?;
    tx.commit().await?;
    Ok(Some(draft))
}
