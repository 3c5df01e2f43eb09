//! Signing in to the office, and leaving it.

use crate::{
    State,
    budgets::Budgets,
    cookies,
    error::WebError,
    extract::{FormInput, Visit},
    pace::Pace,
    respond,
};
use axum::{
    extract::State as Shared,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::EmailAddress;
use operations::{
    officers::{self, OfficerSignIn},
    sessions,
};
use pages::{
    FormField as _, FormState,
    office::{OfficeSignIn as Page, OfficeSignInField as Field, SignedOut},
};
use routes::office::{OfficeApplications, OfficeSignedOut};

/// `GET /ufficio/accesso`
pub(crate) async fn get(Shared(state): Shared<State>, visit: Visit) -> Result<Response, WebError> {
    respond::page(&state, &visit, StatusCode::OK, &Page::default())
}

/// `POST /ufficio/accesso`
pub(crate) async fn post(
    Shared(state): Shared<State>,
    visit: Visit,
    form: FormInput,
) -> Result<Response, WebError> {
    let typed = FormState::default().value(Field::Email, form.raw(Field::Email.name()));
    let refuse = |message| {
        let page = Page { form: typed.clone().general(message) };
        respond::page(&state, &visit, StatusCode::UNPROCESSABLE_ENTITY, &page)
    };
    let Ok(email) = EmailAddress::parse(form.raw(Field::Email.name())) else {
        return refuse(Page::WRONG);
    };
    Budgets::of(&state, &visit).await?.office_sign_in(&email).await?;
    let (password, code) = (form.raw(Field::Password.name()), form.text(Field::Code.name()));
    let previous = visit.session()?;
    let pace = Pace::start();
    let signed_in =
        officers::sign_in(&visit.ctx(), &state.platform, &email, password, code, previous).await?;
    pace.keep().await;
    match signed_in {
        OfficerSignIn::Right { session } => {
            let cookie = cookies::session(visit.tenant.slug(), &session.token);
            let jar = visit.jar.clone().add(cookie);
            Ok((jar, respond::to(&visit, &OfficeApplications {})).into_response())
        }
        OfficerSignIn::Wrong => refuse(Page::WRONG),
        OfficerSignIn::Paused => refuse(Page::PAUSED),
    }
}

/// `POST /ufficio/esci`
pub(crate) async fn sign_out(
    Shared(state): Shared<State>,
    visit: Visit,
) -> Result<Response, WebError> {
    let (ctx, _, session) = visit.officer()?;
    sessions::end(&ctx, &state.platform, session.id).await?;
    let jar = visit.jar.clone().add(cookies::no_session(visit.tenant.slug()));
    Ok((jar, respond::to(&visit, &OfficeSignedOut {})).into_response())
}

/// `GET /ufficio/uscita`
pub(crate) async fn signed_out(
    Shared(state): Shared<State>,
    visit: Visit,
) -> Result<Response, WebError> {
    respond::page(&state, &visit, StatusCode::OK, &SignedOut {})
}
