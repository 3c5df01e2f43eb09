//! «Password dimenticata»: the same answer whether or not codice fiscale and address belong together.

use super::credential_door::require_door;
use crate::{
    State,
    budgets::Budgets,
    error::WebError,
    extract::{FormInput, Visit},
    pace::Pace,
    respond,
};
use axum::{extract::State as Shared, http::StatusCode, response::Response};
use domain::{CodiceFiscale, EmailAddress, form::FieldErrorKind};
use operations::credentials;
use pages::{
    FormField as _, FormState,
    enrol::{ForgottenPassword, ForgottenPasswordField as Field, ForgottenPasswordSent},
    words,
};

/// `GET /iscrizioni/password-dimenticata`
pub(crate) async fn get(Shared(state): Shared<State>, visit: Visit) -> Result<Response, WebError> {
    require_door(&visit)?;
    respond::page(&state, &visit, StatusCode::OK, &ForgottenPassword::default())
}

/// `POST /iscrizioni/password-dimenticata`
pub(crate) async fn post(
    Shared(state): Shared<State>,
    visit: Visit,
    form: FormInput,
) -> Result<Response, WebError> {
    require_door(&visit)?;
    let (typed_code, typed_email) =
        (form.raw(Field::CodiceFiscale.name()), form.raw(Field::Email.name()));
    let mut typed = FormState::default()
        .value(Field::CodiceFiscale, typed_code)
        .value(Field::Email, typed_email);
    if let Some(visit) = visit.switched(&form) {
        let page =
            respond::page(&state, &visit, StatusCode::OK, &ForgottenPassword { form: typed })?;
        return Ok(respond::in_chosen_language(&visit, page));
    }
    let codice_fiscale = CodiceFiscale::parse(typed_code)
        .map_err(|error| typed.add_error(Field::CodiceFiscale, words::codice_fiscale_error(error)));
    let email = EmailAddress::parse(typed_email)
        .map_err(|_| typed.add_error(Field::Email, words::field_error(FieldErrorKind::BadEmail)));
    let (Ok(codice_fiscale), Ok(email)) = (codice_fiscale, email) else {
        let page = ForgottenPassword { form: typed };
        return respond::page(&state, &visit, StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    Budgets::of(&state, &visit).await?.link(&email).await?;
    let pace = Pace::start();
    credentials::request_link(&visit.ctx(), &state.platform, &codice_fiscale, &email).await?;
    pace.keep().await;
    respond::page(&state, &visit, StatusCode::OK, &ForgottenPasswordSent {})
}
