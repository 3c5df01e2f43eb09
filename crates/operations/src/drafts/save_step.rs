//! Saving one step: nothing typed is lost, two tabs do not overwrite each other.

use super::{
    load::{Opened, lock},
    sealed_answers::seal_answers,
    uploads::{self, Upload, UploadProblem},
};
use crate::{Failure, Platform, audit, credentials};
use domain::{
    Ctx,
    form::{Answers, FieldError, Journey, Step, validate_step},
    ids::{AttachmentId, DraftId},
    school_service::SchoolService,
};
use serde_json::json;
use std::collections::BTreeMap;
use storage::{
    TenantTx,
    drafts::{self, AnswersUpdate},
};

/// What the button asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intent {
    /// «Avanti»: judge the step.
    Next,
    /// «Salva Bozza»: keep it, complete or not.
    SaveDraft,
    /// Kept as it is: going back, taking a file in or out.
    Keep,
    /// Kept quietly while typing, and judged.
    Autosave,
}

/// One step as posted.
#[derive(Debug)]
pub struct SaveStep {
    /// The draft.
    pub draft: DraftId,
    /// Key of the step.
    pub step: String,
    /// The revision the page was made from.
    pub revision: i32,
    /// Fields by name, as typed.
    pub posted: BTreeMap<String, Vec<String>>,
    /// Files chosen on the page.
    pub uploads: Vec<Upload>,
    /// Files to take away.
    pub removals: Vec<AttachmentId>,
    /// What the button asked for.
    pub intent: Intent,
}

/// What came of saving.
#[derive(Debug)]
pub struct Saved {
    /// The draft as it is now.
    pub opened: Box<Opened>,
    /// What must be mended before going on; empty where nobody is going on.
    pub errors: Vec<FieldError>,
    /// Files that were not taken, by question.
    pub upload_problems: Vec<(String, UploadProblem)>,
    /// A temporary password was mailed with this first «Salva Bozza».
    pub password_mailed: bool,
}

/// Somebody else, or another tab, saved in between.
#[derive(Debug)]
pub struct Conflict {
    /// The draft as it is now.
    pub opened: Box<Opened>,
    /// The answers as they would be with what was just posted.
    pub mine: Answers,
    /// Files were posted too; they are not kept.
    pub with_files: bool,
}

/// Why nothing was saved.
#[derive(Debug)]
pub enum Refused {
    /// Two tabs.
    Conflict(Conflict),
    /// The form has no such step, or the address is not verified.
    NotHere,
}

/// Saves a step.
pub async fn save_step(
    ctx: &Ctx,
    platform: &Platform,
    input: SaveStep,
) -> Result<Result<Saved, Refused>, Failure> {
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    let mut opened = lock(ctx, platform, &mut tx, input.draft).await?;
    let Some(answers) = posted_answers(&opened, &input) else { return Ok(Err(Refused::NotHere)) };
    // The same answers again are no conflict: a repeated press, or an autosave whose answer got lost.
    let nothing_new = answers == opened.answers && input.uploads.is_empty();
    if opened.draft.revision != input.revision && !nothing_new {
        let with_files = !input.uploads.is_empty();
        let conflict = Conflict { opened: Box::new(opened), mine: answers, with_files };
        return Ok(Err(Refused::Conflict(conflict)));
    }
    let had_answers = std::mem::replace(&mut opened.answers, answers);
    let upload_problems = uploads::take(ctx, platform, &mut tx, &mut opened, &input).await?;
    let first_save = input.intent == Intent::SaveDraft && opened.needs_password();
    if opened.answers != had_answers || opened.draft.first_saved_at.is_none() {
        store(ctx, platform, &mut tx, &mut opened, None).await?;
    }
    if first_save {
        credentials::mail_temporary(ctx, platform, &mut tx, &mut opened).await?;
    }
    if input.intent != Intent::Autosave {
        let details = json!({ "revision": opened.draft.revision });
        audit::record(ctx, platform, &mut tx, "draft_saved", input.draft.uuid(), details).await?;
    }
    tx.commit().await?;
    let mut saved = unchanged(opened, &input, ctx);
    saved.upload_problems = upload_problems;
    saved.password_mailed = first_save;
    Ok(Ok(saved))
}

/// Records that the privacy notice in force was read.
pub async fn accept_privacy(
    ctx: &Ctx,
    platform: &Platform,
    draft: DraftId,
) -> Result<Option<Opened>, Failure> {
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    let mut opened = lock(ctx, platform, &mut tx, draft).await?;
    if !opened.is_verified() {
        return Ok(None);
    }
    let version = opened.tenant.privacy_version().to_owned();
    if !opened.has_read_privacy() {
        store(ctx, platform, &mut tx, &mut opened, Some(version.clone())).await?;
        let details = json!({ "version": version });
        audit::record(ctx, platform, &mut tx, "privacy_notice_read", draft.uuid(), details).await?;
        tx.commit().await?;
    }
    Ok(Some(opened))
}

/// «Salva Bozza» before the first question: whether a temporary password was mailed; none while the address is not
/// verified.
pub async fn save_begun(
    ctx: &Ctx,
    platform: &Platform,
    draft: DraftId,
) -> Result<Option<bool>, Failure> {
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    let mut opened = lock(ctx, platform, &mut tx, draft).await?;
    if !opened.is_verified() {
        return Ok(None);
    }
    let first_save = opened.needs_password();
    if opened.draft.first_saved_at.is_none() || first_save {
        store(ctx, platform, &mut tx, &mut opened, None).await?;
    }
    if first_save {
        credentials::mail_temporary(ctx, platform, &mut tx, &mut opened).await?;
    }
    let details = json!({ "revision": opened.draft.revision });
    audit::record(ctx, platform, &mut tx, "draft_saved", draft.uuid(), details).await?;
    tx.commit().await?;
    Ok(Some(first_save))
}

/// The answers with what was posted; none when there is no such step. A step that has left the journey meanwhile (its
/// window closed, another tab took its service back) is kept too: nothing typed is lost.
fn posted_answers(opened: &Opened, input: &SaveStep) -> Option<Answers> {
    if !opened.is_verified() {
        return None;
    }
    let mut answers = opened.answers.clone();
    let step = opened.definition.step(&input.step)?;
    let journey = Journey::new(&opened.definition, &opened.answers, &SchoolService::ALL);
    let mut visible = journey.questions(step);
    // What the identity provider has answered cannot be answered otherwise, whatever the page posts.
    visible.retain(|question| !opened.fixed.contains(&question.key));
    answers.take_step(step, &input.posted, &visible);
    Some(answers)
}

fn step_of<'a>(opened: &'a Opened, key: &str) -> Option<&'a Step> {
    Journey::new(&opened.definition, &opened.answers, &opened.offered).step(key)
}

async fn store(
    ctx: &Ctx,
    platform: &Platform,
    tx: &mut TenantTx,
    opened: &mut Opened,
    privacy_version: Option<String>,
) -> Result<(), Failure> {
    let keys = platform.keys(ctx.tenant).await?;
    let sealed = seal_answers(platform, &keys, opened.draft.id, &opened.pupil, &opened.answers)?;
    opened.draft.revision += 1;
    ctx.locale.tag().clone_into(&mut opened.draft.locale);
    opened.draft.last_changed_at = ctx.now;
    opened.draft.first_saved_at.get_or_insert(ctx.now);
    let kept = opened.tenant.draft_expires_at(opened.school_year, ctx.now);
    opened.draft.expires_at = opened.draft.expires_at.map(|_| kept);
    let update = AnswersUpdate {
        id: opened.draft.id,
        answers_enc: &sealed,
        revision: opened.draft.revision,
        privacy_version: privacy_version.as_deref(),
        locale: ctx.locale.tag(),
        at: ctx.now,
        expires_at: Some(kept),
    };
    drafts::update_answers(tx, &update).await?;
    opened.draft.privacy_version = privacy_version.or_else(|| opened.draft.privacy_version.take());
    Ok(())
}

/// The step judged as it stands.
fn unchanged(opened: Opened, input: &SaveStep, ctx: &Ctx) -> Saved {
    let errors = match (input.intent, step_of(&opened, &input.step)) {
        (Intent::Next | Intent::Autosave, Some(step)) => {
            validate_step(&opened.definition, step, &opened.answers, &opened.form_context(ctx.now))
        }
        _ => Vec::new(),
    };
    Saved { opened: Box::new(opened), errors, upload_problems: Vec::new(), password_mailed: false }
}
