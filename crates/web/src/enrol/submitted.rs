//! After «Invia Iscrizione»: number, dates, three downloads.

use crate::{
    State,
    error::WebError,
    extract::{Path, Visit},
    respond,
};
use axum::{extract::State as Shared, http::StatusCode, response::Response};
use domain::ids::DraftId;
use operations::{applications, drafts};
use pages::enrol::{Mailed, Submitted};
use routes::enrol::Status;
use tenants::LetterDelivery;

/// `GET /iscrizioni/{draft}/inviata`
pub(crate) async fn get(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(draft): Path<DraftId>,
) -> Result<Response, WebError> {
    let (ctx, _) = visit.family(draft)?;
    let opened = drafts::load(&ctx, &state.platform, draft).await?;
    if opened.application.is_none() {
        return Ok(respond::to(&visit, &Status { draft }));
    }
    let submission = applications::submission(&ctx, &state.platform, draft, None).await?;
    let page = Submitted {
        draft,
        number: submission.registration(),
        submitted_at: submission.submitted_at,
        answer_by: submission.answer_due,
        mailed_to: opened.email.unwrap_or_default(),
        mailed: match opened.tenant.settings().documents.letter_delivery {
            LetterDelivery::Attachment => Mailed::Letter,
            LetterDelivery::Link if submission.identity.is_some() => Mailed::Summary,
            LetterDelivery::Link => Mailed::Link,
        },
        changed: submission.version > 1,
        late: submission.late,
    };
    respond::page(&state, &visit, StatusCode::OK, &page)
}
