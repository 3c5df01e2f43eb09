//! «Invia Iscrizione»: one application with one number, however often the button is pressed.

use super::{
    filing::{Filing, file},
    sending::{Sending, sending},
};
use crate::{
    Failure, Platform,
    drafts::{self, Opened},
};
use domain::{
    Ctx,
    form::{Journey, validate_all},
    ids::DraftId,
    school_service::SchoolService,
};
use secrets::TenantKeys;
use std::sync::Arc;
use storage::applications as rows;

/// What the summary page posts.
#[derive(Clone, Copy, Debug)]
pub struct Submit {
    /// The draft.
    pub draft: DraftId,
    /// The revision that the summary showed.
    pub revision: i32,
    /// The privacy box was ticked.
    pub privacy_accepted: bool,
    /// The declarations were made (DPR 445/2000).
    pub declarations_accepted: bool,
}

/// What came of sending.
#[derive(Debug, PartialEq, Eq)]
pub enum Submitted {
    /// It is sent: now, or by an earlier press of the same button.
    Sent {
        /// Registration number.
        number: i32,
    },
    /// The privacy notice in force was not read yet.
    PrivacyUnread,
    /// The privacy box or the declarations are not ticked.
    BoxesMissing,
    /// Something is missing or wrong in this step.
    Incomplete {
        /// Key of the first such step.
        step: String,
    },
    /// The answers have changed since the summary was shown.
    Stale,
    /// Nothing has changed since the last sending.
    Unchanged,
    /// These services do not take applications now; what was typed is kept.
    Closed {
        /// The services.
        services: Vec<SchoolService>,
    },
}

/// Sends the draft as an application, or as a new version of the one it already is.
pub async fn submit(ctx: &Ctx, platform: &Platform, input: Submit) -> Result<Submitted, Failure> {
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    // The lock on the draft makes parallel presses wait for each other; the later ones find the application.
    let mut opened = drafts::lock(ctx, platform, &mut tx, input.draft).await?;
    if let Some(application) = &opened.application {
        // An officer deciding at this moment finishes first; then its decision is read again.
        rows::lock(&mut tx, application.id).await?;
        opened.services = rows::list_services(&mut tx, application.id).await?;
        let sent =
            rows::find_version_by_revision(&mut tx, application.id, opened.draft.revision).await?;
        if sent.is_some() {
            let fresh = opened.draft.revision == input.revision;
            let number = application.number;
            return Ok(if fresh { Submitted::Sent { number } } else { Submitted::Unchanged });
        }
    }
    let sending = sending(&opened, ctx.now);
    if !sending.closed.is_empty() {
        return Ok(Submitted::Closed { services: sending.closed });
    }
    if let Some(refused) = judge(ctx, &opened, input) {
        return Ok(refused);
    }
    if sending.is_idle() {
        return Ok(Submitted::Unchanged);
    }
    let keys = platform.keys(ctx.tenant).await?;
    let filing = prepare(opened, sending, keys);
    let number = file(ctx, platform, &mut tx, filing).await?;
    tx.commit().await?;
    Ok(Submitted::Sent { number })
}

fn judge(ctx: &Ctx, opened: &Opened, input: Submit) -> Option<Submitted> {
    if !opened.is_verified() || !opened.has_read_privacy() {
        return Some(Submitted::PrivacyUnread);
    }
    if opened.draft.revision != input.revision {
        return Some(Submitted::Stale);
    }
    let wrong = validate_all(&opened.definition, &opened.answers, &opened.form_context(ctx.now));
    if let Some((step, _)) = wrong.first() {
        return Some(Submitted::Incomplete { step: (*step).to_owned() });
    }
    (!(input.privacy_accepted && input.declarations_accepted)).then_some(Submitted::BoxesMissing)
}

fn prepare(opened: Opened, sending: Sending, keys: Arc<TenantKeys>) -> Filing {
    let journey = Journey::new(&opened.definition, &opened.answers, &opened.offered);
    let answers = journey.visible_answers();
    Filing { opened, answers, sending, keys }
}
