//! Refusing an application.

use super::{confirm::done, load, officer_name};
use crate::{
    State,
    error::WebError,
    extract::{FormInput, Path, Visit},
    respond,
};
use axum::{extract::State as Shared, http::StatusCode, response::Response};
use domain::ids::ApplicationId;
use operations::applications::{self, Decided, Reject};
use pages::{
    FormField as _, FormState,
    office::{Confirm, Refuse as Page, RefuseField as Field},
};

/// `GET …/rifiuta`
pub(crate) async fn get(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(id): Path<ApplicationId>,
) -> Result<Response, WebError> {
    render(&state, &visit, id, StatusCode::OK, FormState::default()).await
}

/// `POST …/rifiuta`
pub(crate) async fn post(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(application): Path<ApplicationId>,
    form: FormInput,
) -> Result<Response, WebError> {
    let (ctx, _, _) = visit.officer()?;
    let reason = form.raw(Field::Reason.name()).to_owned();
    let kept = FormState::default().value(Field::Reason, reason.clone());
    let input = Reject { application, version: form.revision()?, reason };
    let form = match applications::reject(&ctx, &state.platform, input).await? {
        Decided::Done => return Ok(done(&visit, application, "?esito=respinta")),
        Decided::NotOpen => return Ok(done(&visit, application, "")),
        Decided::ReasonMissing => kept.error(Field::Reason, Page::REASON_MISSING),
        Decided::Stale | Decided::AlreadyEnrolled | Decided::IdentityMissing => {
            kept.general(Confirm::STALE)
        }
    };
    render(&state, &visit, application, StatusCode::UNPROCESSABLE_ENTITY, form).await
}

async fn render(
    state: &State,
    visit: &Visit,
    application: ApplicationId,
    status: StatusCode,
    form: FormState<Field>,
) -> Result<Response, WebError> {
    let (ctx, officer, _) = visit.officer()?;
    let name = officer_name(&ctx, state, officer).await?;
    let case = load(&ctx, state, visit, application).await?;
    let page = Page {
        application,
        number: case.number,
        version: case.version,
        services: case.services,
        form,
    };
    respond::office_page(state, visit, &name, status, &page)
}
