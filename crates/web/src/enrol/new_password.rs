//! The single-use link of a mail.

use super::{change_password::read, credential_door::enter};
use crate::{
    State,
    error::WebError,
    extract::{FormInput, Path, Visit},
    respond,
};
use axum::{extract::State as Shared, http::StatusCode, response::Response};
use operations::credentials::{self, LinkUsed};
use pages::{
    FormState,
    enrol::{NewPassword, PasswordField as Field, PasswordLinkSpent},
    words,
};
use routes::enrol::Status;

/// `GET /iscrizioni/nuova-password/{token}`: looking does not use the link up.
pub(crate) async fn get(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    if credentials::find_link(&visit.ctx(), &state.platform, &token).await? {
        let page = NewPassword { token, form: FormState::default() };
        return respond::page(&state, &visit, StatusCode::OK, &page);
    }
    spent(&state, &visit)
}

/// `POST /iscrizioni/nuova-password/{token}`
pub(crate) async fn post(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(token): Path<String>,
    form: FormInput,
) -> Result<Response, WebError> {
    let again = |form| {
        let page = NewPassword { token: token.clone(), form };
        respond::page(&state, &visit, StatusCode::UNPROCESSABLE_ENTITY, &page)
    };
    let chosen = match read(&form) {
        Ok(chosen) => chosen,
        Err(form) => return again(form),
    };
    let outcome =
        credentials::use_link(&visit.ctx(), &state.platform, &token, &chosen, visit.session()?)
            .await?;
    match outcome {
        LinkUsed::Done { draft, session } => Ok(enter(&visit, &session, &Status { draft })),
        LinkUsed::Refused(problems) => {
            let first = problems.first().map(|problem| words::password_problem(*problem));
            again(
                first
                    .into_iter()
                    .fold(FormState::default(), |form, message| form.error(Field::New, message)),
            )
        }
        LinkUsed::Gone => spent(&state, &visit),
    }
}

fn spent(state: &State, visit: &Visit) -> Result<Response, WebError> {
    respond::page(state, visit, StatusCode::GONE, &PasswordLinkSpent {})
}
