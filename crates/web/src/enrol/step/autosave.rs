//! Kept while typing: the script posts the form and reads a few words of JSON.

use crate::{
    State,
    error::WebError,
    extract::{UploadInput, Visit},
};
use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::ids::DraftId;
use operations::drafts::{self, Intent, Refused, SaveStep, Saved};
use pages::words;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// 200 with the new revision, 409 when another tab was faster, 401 when the session is gone.
pub(super) async fn post(
    state: &State,
    visit: &Visit,
    draft: DraftId,
    step: String,
    input: UploadInput,
) -> Result<Response, WebError> {
    let (ctx, _) = match visit.family(draft) {
        Ok(family) => family,
        Err(WebError::SignedOut { .. }) => return Ok(refusal(StatusCode::UNAUTHORIZED)),
        Err(other) => return Err(other),
    };
    let save = SaveStep {
        draft,
        step,
        revision: input.form.revision()?,
        posted: input.form.into_fields(),
        uploads: Vec::new(),
        removals: Vec::new(),
        intent: Intent::Autosave,
    };
    match drafts::save_step(&ctx, &state.platform, save).await? {
        Ok(saved) => Ok(Json(answer(visit, &saved)).into_response()),
        Err(Refused::Conflict(_)) => Ok(refusal(StatusCode::CONFLICT)),
        Err(Refused::NotHere) => Ok(refusal(StatusCode::NOT_FOUND)),
    }
}

/// What is wrong so far goes along; the script shows it beside the questions that were already answered.
fn answer(visit: &Visit, saved: &Saved) -> Value {
    let errors: BTreeMap<&str, String> = saved
        .errors
        .iter()
        .map(|error| (error.field.as_str(), words::field_error(error.kind).text(visit.locale)))
        .collect();
    let saved_at = i18n::short_time(visit.now);
    json!({ "revision": saved.opened.draft.revision, "saved_at": saved_at, "errors": errors })
}

fn refusal(status: StatusCode) -> Response {
    (status, Json(json!({}))).into_response()
}
