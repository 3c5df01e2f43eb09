//! «Nuova Iscrizione»: the codice fiscale of the pupil alone begins, with the password it resumes.

use crate::{
    State,
    budgets::Budgets,
    cookies,
    error::WebError,
    extract::{FormInput, Visit},
    respond,
};
use axum::{
    extract::State as Shared,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::CodiceFiscale;
use operations::{
    credentials::{self, SignedIn},
    drafts::{self, Started},
    sessions::Opened,
};
use pages::{
    FormField as _, FormState,
    enrol::{CredentialDoor, CredentialDoorField as Field},
    errors::Problem,
    words,
};
use routes::{
    Route,
    enrol::{ChangePassword, EmailAddress, Status},
};
use secrets::Token;

/// `GET /iscrizioni/nuova`
pub(crate) async fn get(Shared(state): Shared<State>, visit: Visit) -> Result<Response, WebError> {
    require_door(&visit)?;
    let page = render(&state, &visit, StatusCode::OK, FormState::default())?;
    Ok(with_browser(&state, &visit, page))
}

/// `POST /iscrizioni/nuova`: the answer never tells whether a codice fiscale is known.
pub(crate) async fn post(
    Shared(state): Shared<State>,
    visit: Visit,
    form: FormInput,
) -> Result<Response, WebError> {
    require_door(&visit)?;
    let typed =
        FormState::default().value(Field::CodiceFiscale, form.raw(Field::CodiceFiscale.name()));
    if let Some(visit) = visit.switched(&form) {
        let page = render(&state, &visit, StatusCode::OK, typed)?;
        return Ok(respond::in_chosen_language(&visit, page));
    }
    let codice_fiscale = match CodiceFiscale::parse(form.raw(Field::CodiceFiscale.name())) {
        Ok(codice_fiscale) => codice_fiscale,
        Err(error) => {
            let typed = typed.error(Field::CodiceFiscale, words::codice_fiscale_error(error));
            return render(&state, &visit, StatusCode::UNPROCESSABLE_ENTITY, typed);
        }
    };
    let password = form.raw(Field::Password.name());
    if password.is_empty() {
        begin(&state, &visit, &codice_fiscale, typed).await
    } else {
        resume(&state, &visit, &codice_fiscale, password, typed).await
    }
}

async fn begin(
    state: &State,
    visit: &Visit,
    codice_fiscale: &CodiceFiscale,
    typed: FormState<Field>,
) -> Result<Response, WebError> {
    Budgets::of(state, visit).await?.start(codice_fiscale).await?;
    match drafts::start(&visit.ctx(), &state.platform, codice_fiscale, visit.session()?).await? {
        Started::Draft { draft, session } => Ok(enter(visit, &session, &EmailAddress { draft })),
        Started::NotOpen => {
            let typed = typed.general(CredentialDoor::NOT_OPEN);
            render(state, visit, StatusCode::UNPROCESSABLE_ENTITY, typed)
        }
    }
}

async fn resume(
    state: &State,
    visit: &Visit,
    codice_fiscale: &CodiceFiscale,
    password: &str,
    typed: FormState<Field>,
) -> Result<Response, WebError> {
    Budgets::of(state, visit).await?.sign_in(codice_fiscale).await?;
    let outcome = credentials::sign_in(
        &visit.ctx(),
        &state.platform,
        codice_fiscale,
        password,
        visit.session()?,
    )
    .await?;
    match outcome {
        SignedIn::Right { draft, must_change_password: true, session } => {
            Ok(enter(visit, &session, &ChangePassword { draft }))
        }
        SignedIn::Right { draft, session, .. } => Ok(enter(visit, &session, &Status { draft })),
        SignedIn::Wrong => render(
            state,
            visit,
            StatusCode::UNPROCESSABLE_ENTITY,
            typed.general(CredentialDoor::WRONG),
        ),
        SignedIn::Paused => Err(Problem::TooManyRequests(15 * 60).into()),
    }
}

/// Goes on with a fresh session.
pub(super) fn enter(visit: &Visit, session: &Opened, route: &impl Route) -> Response {
    let jar = visit.jar.clone().add(cookies::session(visit.tenant.slug(), &session.token));
    (jar, respond::to(visit, route)).into_response()
}

/// Where a comune has closed the door, neither it nor the ways to a password exist.
pub(super) fn require_door(visit: &Visit) -> Result<(), WebError> {
    if visit.tenant.doors().password_access { Ok(()) } else { Err(Problem::NotFound.into()) }
}

fn with_browser(state: &State, visit: &Visit, response: Response) -> Response {
    if visit.browser().is_some() {
        return response;
    }
    let token = Token::new(&*state.platform.entropy);
    (visit.jar.clone().add(cookies::browser(&token)), response).into_response()
}

fn render(
    state: &State,
    visit: &Visit,
    status: StatusCode,
    form: FormState<Field>,
) -> Result<Response, WebError> {
    let year =
        visit.tenant.shown_year(visit.now).map(domain::SchoolYear::label).unwrap_or_default();
    respond::page(state, visit, status, &CredentialDoor { school_year: year, form })
}
