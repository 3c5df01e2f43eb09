//! What a person has begun and sent: one line per child and school year.

use crate::{Failure, Platform, drafts};
use domain::{Actor, Ctx, SchoolYear, application::State, form::Binding, ids::DraftId};
use jiff::Timestamp;
use storage::{drafts as rows, sessions::Session};

/// One draft or application of the person.
#[derive(Clone, Debug)]
pub struct Begun {
    /// The draft.
    pub draft: DraftId,
    /// «Nome Cognome» of the pupil as typed so far; the codice fiscale where no name was typed yet.
    pub pupil: String,
    /// School year.
    pub school_year: SchoolYear,
    /// State of the application; none while it is a draft.
    pub state: Option<State>,
    /// The e-mail address is proven, so the form can be gone on with.
    pub is_verified: bool,
    /// Last change.
    pub changed_at: Timestamp,
    /// When the draft is erased unless it is sent.
    pub expires_at: Option<Timestamp>,
}

/// Everything the person of this session has begun, newest first.
pub async fn enrolments(
    ctx: &Ctx,
    platform: &Platform,
    session: &Session,
) -> Result<Vec<Begun>, Failure> {
    let identity = session.identity.ok_or(Failure::NotFound)?;
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    let ids = rows::list_by_identity(&mut tx, identity).await?;
    tx.commit().await?;
    // The person's own, also what was begun in another tab a moment ago.
    let ctx = Ctx { actor: Actor::Family { drafts: ids.clone() }, ..ctx.clone() };
    let mut begun = Vec::with_capacity(ids.len());
    for id in ids {
        match drafts::load(&ctx, platform, id).await {
            Ok(opened) => begun.push(line(&opened)),
            // Expired in between.
            Err(Failure::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(begun)
}

fn line(opened: &drafts::Opened) -> Begun {
    let word = |binding| opened.answers.bound(&opened.definition, binding).unwrap_or_default();
    let name = format!("{} {}", word(Binding::PupilName), word(Binding::PupilSurname));
    let pupil = match name.trim() {
        "" => opened.pupil.as_str().to_owned(),
        name => name.to_owned(),
    };
    Begun {
        draft: opened.draft.id,
        pupil,
        school_year: opened.school_year,
        state: opened.application.as_ref().map(|application| application.state),
        is_verified: opened.is_verified(),
        changed_at: opened.draft.last_changed_at,
        expires_at: opened.draft.expires_at,
    }
}
