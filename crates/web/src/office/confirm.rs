//! Confirming an application.

use super::{load, officer_name};
use crate::{
    State,
    error::WebError,
    extract::{FormInput, Path, Visit},
    respond,
};
use axum::{extract::State as Shared, http::StatusCode, response::Response};
use domain::{application::IdentityVerification, ids::ApplicationId};
use operations::applications::{self, Confirm as Input, Decided};
use pages::{
    FormField as _, FormState, Message,
    office::{Confirm as Page, ConfirmField as Field},
};
use routes::{Route as _, office::OfficeApplication};

/// `GET …/conferma`
pub(crate) async fn get(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(id): Path<ApplicationId>,
) -> Result<Response, WebError> {
    render(&state, &visit, id, StatusCode::OK, FormState::default()).await
}

/// `POST …/conferma`
pub(crate) async fn post(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(application): Path<ApplicationId>,
    form: FormInput,
) -> Result<Response, WebError> {
    let (ctx, _, _) = visit.officer()?;
    let typed = form.text(Field::Identity.name());
    let kept = FormState::default().value(Field::Identity, typed);
    let refuse = StatusCode::UNPROCESSABLE_ENTITY;
    let identity = IdentityVerification::from_code(typed);
    let input = Input { application, version: form.revision()?, identity };
    let message: Message = match applications::confirm(&ctx, &state.platform, input).await? {
        Decided::Done => return Ok(done(&visit, application, "?esito=confermata")),
        // Decided before, by this press or by somebody else: the page says how.
        Decided::NotOpen => return Ok(done(&visit, application, "")),
        Decided::IdentityMissing => {
            let form = kept.error(Field::Identity, Page::IDENTITY_MISSING);
            return render(&state, &visit, application, refuse, form).await;
        }
        Decided::AlreadyEnrolled => Page::ALREADY_ENROLLED,
        Decided::Stale | Decided::ReasonMissing => Page::STALE,
    };
    render(&state, &visit, application, refuse, kept.general(message)).await
}

/// Back to the application, which says what was done.
pub(super) fn done(visit: &Visit, application: ApplicationId, said: &str) -> Response {
    respond::redirect(&format!("{}{said}", OfficeApplication { application }.href(&visit.mount)))
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
    // Who came with SPID or CIE is identified already: nothing is asked.
    let identities =
        if case.is_identified { Vec::new() } else { Page::identities(form.typed(Field::Identity)) };
    let page = Page {
        application,
        number: case.number,
        version: case.version,
        services: case.services,
        identities,
        form,
    };
    respond::office_page(state, visit, &name, status, &page)
}
