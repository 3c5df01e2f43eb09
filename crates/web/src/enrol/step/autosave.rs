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
use operations::drafts::{self, Intent, Refused, SaveStep};
use serde_json::json;

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
        Ok(saved) => {
            let saved_at = i18n::short_time(visit.now);
            Ok(Json(json!({ "revision": saved.opened.draft.revision, "saved_at": saved_at }))
                .into_response())
        }
        Err(Refused::Conflict(_)) => Ok(refusal(StatusCode::CONFLICT)),
        Err(Refused::NotHere) => Ok(refusal(StatusCode::NOT_FOUND)),
    }
}

fn refusal(status: StatusCode) -> Response {
    (status, Json(json!({}))).into_response()
}
