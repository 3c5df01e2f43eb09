//! One step of the form: shown, saved, judged.

mod autosave;
mod conflict;
mod view;

use super::journey;
use crate::{
    State,
    error::WebError,
    extract::{Path, UploadInput, Visit},
    respond,
};
use axum::{
    extract::{Query, State as Shared},
    http::StatusCode,
    response::Response,
};
use domain::{
    Ctx,
    form::Journey,
    ids::{AttachmentId, DraftId},
};
use operations::drafts::{self, Intent, Opened, Refused, SaveStep, Saved};
use pages::{
    action::{self, Action},
    enrol::DraftSaved,
    errors::Problem,
};
use routes::{
    Route as _,
    enrol::{DraftSaved as SavedRoute, EmailAddress, Privacy, Step, Summary},
};
use serde::Deserialize;

/// `?_summary=1`: the family came from the summary and returns to it. `?password=1`: after a first save.
#[derive(Debug, Deserialize)]
pub(crate) struct From {
    #[serde(rename = "_summary")]
    summary: Option<String>,
    password: Option<String>,
}

/// `GET /iscrizioni/{draft}/passo/{step}`
pub(crate) async fn get(
    Shared(state): Shared<State>,
    visit: Visit,
    Path((draft, step)): Path<(DraftId, String)>,
    Query(from): Query<From>,
) -> Result<Response, WebError> {
    let (ctx, _) = visit.family(draft)?;
    let opened = drafts::load(&ctx, &state.platform, draft).await?;
    if let Some(elsewhere) = not_yet(&visit, &opened) {
        return Ok(elsewhere);
    }
    view::page(
        &state,
        &visit,
        &opened,
        &step,
        &view::Shown { from_summary: from.summary.is_some(), ..view::Shown::default() },
    )
}

/// `POST /iscrizioni/{draft}/passo/{step}`
pub(crate) async fn post(
    Shared(state): Shared<State>,
    visit: Visit,
    Path((draft, step)): Path<(DraftId, String)>,
    input: UploadInput,
) -> Result<Response, WebError> {
    // The chooser is no button of the form: what was typed is kept, and the step is shown again.
    if let Some(visit) = visit.switched(&input.form) {
        let answer = answer(&state, &visit, draft, &step, Action::Upload, input).await?;
        return Ok(respond::in_chosen_language(&visit, answer));
    }
    let pressed = input.form.action()?;
    if pressed == Action::Autosave {
        return autosave::post(&state, &visit, draft, step, input).await;
    }
    answer(&state, &visit, draft, &step, pressed, input).await
}

/// Saves, and shows what is to be mended or where to go on.
async fn answer(
    state: &State,
    visit: &Visit,
    draft: DraftId,
    step: &str,
    pressed: Action,
    input: UploadInput,
) -> Result<Response, WebError> {
    let from_summary = input.form.ticked(action::FROM_SUMMARY);
    let removing = !input.form.all(action::REMOVE).is_empty();
    let (ctx, _) = visit.family(draft)?;
    let saved = match save(&ctx, state, draft, step, pressed, input).await? {
        Ok(saved) => saved,
        Err(Refused::NotHere) => return Ok(respond::to(visit, &Privacy { draft })),
        Err(Refused::Conflict(conflict)) => return conflict::page(state, visit, step, conflict),
    };
    if is_over(&saved.opened) {
        return Ok(respond::to(visit, &Summary { draft }));
    }
    if !saved.upload_problems.is_empty() || !saved.errors.is_empty() {
        let shown = view::Shown {
            errors: &saved.errors,
            uploads: &saved.upload_problems,
            from_summary,
            judged: true,
        };
        return view::page(state, visit, &saved.opened, step, &shown);
    }
    let pressed = if removing { Action::Upload } else { pressed };
    Ok(onward(visit, &saved, step, pressed, from_summary))
}

/// Saves what was posted.
async fn save(
    ctx: &Ctx,
    state: &State,
    draft: DraftId,
    step: &str,
    pressed: Action,
    input: UploadInput,
) -> Result<Result<Saved, Refused>, WebError> {
    let removals: Vec<AttachmentId> =
        input.form.all(action::REMOVE).iter().filter_map(|id| id.parse().ok()).collect();
    let intent = match pressed {
        Action::Next if removals.is_empty() => Intent::Next,
        Action::Save => Intent::SaveDraft,
        _ => Intent::Keep,
    };
    let revision = input.form.revision()?;
    let input = SaveStep {
        draft,
        step: step.to_owned(),
        revision,
        posted: input.form.into_fields(),
        uploads: input.files,
        removals,
        intent,
    };
    Ok(drafts::save_step(ctx, &state.platform, input).await?)
}

/// Where the pressed button leads.
fn onward(
    visit: &Visit,
    saved: &Saved,
    step: &str,
    pressed: Action,
    from_summary: bool,
) -> Response {
    let opened = &saved.opened;
    let draft = opened.draft.id;
    let journey = Journey::new(&opened.definition, &opened.answers, &opened.offered);
    let here = Step { draft, step: step.to_owned() };
    match pressed {
        Action::Save => to_saved(visit, draft, saved.password_mailed),
        Action::Back => match journey.previous_before(step) {
            Some(previous) => respond::to(visit, &Step { draft, step: previous.key.clone() }),
            None => respond::to(visit, &Privacy { draft }),
        },
        Action::Next => match journey.next_after(step) {
            Some(next) if !from_summary => {
                respond::to(visit, &Step { draft, step: next.key.clone() })
            }
            _ => respond::to(visit, &Summary { draft }),
        },
        _ => respond::to(visit, &here),
    }
}

/// To the page that says that the draft is saved, and that a password was mailed.
pub(super) fn to_saved(visit: &Visit, draft: DraftId, password_mailed: bool) -> Response {
    let password = if password_mailed { "?password=1" } else { "" };
    respond::redirect(&format!("{}{password}", SavedRoute { draft }.href(&visit.mount)))
}

/// Where a family must go before it may see a step.
fn not_yet(visit: &Visit, opened: &Opened) -> Option<Response> {
    let draft = opened.draft.id;
    if !opened.is_verified() {
        return Some(respond::to(visit, &EmailAddress { draft }));
    }
    if !opened.has_read_privacy() {
        return Some(respond::to(visit, &Privacy { draft }));
    }
    is_over(opened).then(|| respond::to(visit, &Summary { draft }))
}

/// Every window has closed and nothing was sent: no step leads anywhere, and the summary says so. What was typed is
/// kept.
fn is_over(opened: &Opened) -> bool {
    opened.offered.is_empty()
}

/// `GET /iscrizioni/{draft}/bozza`: it is saved, and is not an application.
pub(crate) async fn saved(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(draft): Path<DraftId>,
    Query(from): Query<From>,
) -> Result<Response, WebError> {
    let (ctx, _) = visit.family(draft)?;
    let opened = drafts::load(&ctx, &state.platform, draft).await?;
    if !opened.is_verified() {
        return Ok(respond::to(&visit, &EmailAddress { draft }));
    }
    let cards = journey::window_cards(&visit, &opened, &opened.offered);
    // A window that takes late applications has closed already: nothing has to be done by then.
    let ends = cards.iter().filter_map(|card| card.closes_at);
    let closes_at = ends.filter(|at| *at > visit.now).min();
    let kept_until = journey::kept_until(&opened).ok_or(Problem::NotFound)?;
    let page = DraftSaved {
        draft,
        kept_until,
        password_mailed_to: from.password.and(opened.email.clone()),
        continue_href: journey::continue_href(&visit, &opened),
        closes_at,
        by_identity: opened.person.is_some(),
    };
    respond::page(&state, &visit, StatusCode::OK, &page)
}
