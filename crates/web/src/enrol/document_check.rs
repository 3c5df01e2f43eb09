//! Public check of the code printed on a document.

use crate::{
    State,
    budgets::Budgets,
    error::WebError,
    extract::{FormInput, Visit},
    respond,
};
use axum::{extract::State as Shared, http::StatusCode, response::Response};
use operations::applications;
use pages::{
    FormField as _, FormState,
    enrol::{CheckedDocument, DocumentCheck, DocumentCheckField as Field},
};

/// `GET /verifica`
pub(crate) async fn get(Shared(state): Shared<State>, visit: Visit) -> Result<Response, WebError> {
    respond::page(&state, &visit, StatusCode::OK, &DocumentCheck::default())
}

/// `POST /verifica`: the code travels in the body, not in the address.
pub(crate) async fn post(
    Shared(state): Shared<State>,
    visit: Visit,
    form: FormInput,
) -> Result<Response, WebError> {
    let typed = FormState::default().value(Field::Code, form.raw(Field::Code.name()));
    if let Some(visit) = visit.switched(&form) {
        let page = DocumentCheck { form: typed, found: None };
        let page = respond::page(&state, &visit, StatusCode::OK, &page)?;
        return Ok(respond::in_chosen_language(&visit, page));
    }
    Budgets::of(&state, &visit).await?.verification().await?;
    let found =
        applications::check_document(&visit.ctx(), &state.platform, form.text(Field::Code.name()))
            .await?;
    let (status, page) = if let Some(found) = found {
        let found = CheckedDocument {
            number: found.registration,
            submitted_at: found.submitted_at,
            replaced: !found.is_current,
        };
        (StatusCode::OK, DocumentCheck { form: typed, found: Some(found) })
    } else {
        let form = typed.error(Field::Code, DocumentCheck::UNKNOWN);
        (StatusCode::UNPROCESSABLE_ENTITY, DocumentCheck { form, found: None })
    };
    respond::page(&state, &visit, status, &page)
}
