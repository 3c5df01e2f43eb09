//! «Cambio Password», after signing in with a temporary one.

use crate::{
    State,
    error::WebError,
    extract::{FormInput, Path, Visit},
    respond,
};
use axum::{extract::State as Shared, http::StatusCode, response::Response};
use domain::ids::DraftId;
use operations::credentials::{self, Changed};
use pages::{
    FormField as _, FormState, Message,
    enrol::{ChangePassword, PasswordField as Field},
    words,
};
use routes::enrol::Status;

/// `GET /iscrizioni/{draft}/password`
pub(crate) async fn get(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(draft): Path<DraftId>,
) -> Result<Response, WebError> {
    let (_, session) = visit.family_before_change(draft)?;
    if !session.drafts.iter().any(|grant| grant.draft == draft && grant.must_change_password) {
        return Ok(respond::to(&visit, &Status { draft }));
    }
    render(&state, &visit, draft, StatusCode::OK, FormState::default())
}

/// `POST /iscrizioni/{draft}/password`
pub(crate) async fn post(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(draft): Path<DraftId>,
    form: FormInput,
) -> Result<Response, WebError> {
    let (ctx, session) = visit.family_before_change(draft)?;
    let refuse = StatusCode::UNPROCESSABLE_ENTITY;
    let chosen = match read(&form) {
        Ok(chosen) => chosen,
        Err(form) => return render(&state, &visit, draft, refuse, form),
    };
    match credentials::change_password(&ctx, &state.platform, draft, &chosen, session).await? {
        Changed::Done => Ok(respond::to(&visit, &Status { draft })),
        Changed::Refused(problems) => {
            let first = problems.first().map(|problem| words::password_problem(*problem));
            let form = first
                .into_iter()
                .fold(FormState::default(), |form, message| form.error(Field::New, message));
            render(&state, &visit, draft, refuse, form)
        }
    }
}

/// The new password, typed twice alike.
pub(super) fn read(form: &FormInput) -> Result<String, FormState<Field>> {
    let (chosen, repeated) = (form.raw(Field::New.name()), form.raw(Field::Repeat.name()));
    if chosen == repeated {
        return Ok(chosen.to_owned());
    }
    Err(FormState::default().error(Field::Repeat, Message::new("errors.passwords_differ")))
}

fn render(
    state: &State,
    visit: &Visit,
    draft: DraftId,
    status: StatusCode,
    form: FormState<Field>,
) -> Result<Response, WebError> {
    respond::page(state, visit, status, &ChangePassword { draft, temporary: true, form })
}
