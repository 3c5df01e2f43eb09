//! «Verifica Email»: the address that gets the code.

use crate::{
    State,
    budgets::Budgets,
    error::WebError,
    extract::{FormInput, Path, Visit},
    respond,
};
use axum::{extract::State as Shared, http::StatusCode, response::Response};
use domain::{EmailAddress, form::FieldErrorKind, ids::DraftId};
use operations::{
    drafts,
    email_codes::{self, Requested},
};
use pages::{
    FormField as _, FormState,
    enrol::{EmailAddress as Page, EmailAddressField as Field},
    words,
};
use routes::enrol::{EmailCode, Privacy};

/// `GET /iscrizioni/{draft}/email`
pub(crate) async fn get(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(draft): Path<DraftId>,
) -> Result<Response, WebError> {
    let (ctx, _) = visit.family(draft)?;
    let opened = drafts::load(&ctx, &state.platform, draft).await?;
    if opened.is_verified() {
        return Ok(respond::to(&visit, &Privacy { draft }));
    }
    // What the identity provider knows is a proposal: it is proven like any other address.
    let known = opened.person.and_then(|person| person.identity.email).unwrap_or_default();
    let form = FormState::default().value(Field::Email, &known);
    render(&state, &visit, draft, StatusCode::OK, form)
}

/// `POST /iscrizioni/{draft}/email`: «Invia email».
pub(crate) async fn post(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(draft): Path<DraftId>,
    form: FormInput,
) -> Result<Response, WebError> {
    let (ctx, _) = visit.family(draft)?;
    let typed = form.raw(Field::Email.name());
    if let Some(visit) = visit.switched(&form) {
        let typed = FormState::default().value(Field::Email, typed);
        let page = render(&state, &visit, draft, StatusCode::OK, typed)?;
        return Ok(respond::in_chosen_language(&visit, page));
    }
    let Ok(email) = EmailAddress::parse(typed) else {
        let form = FormState::default()
            .value(Field::Email, typed)
            .error(Field::Email, words::field_error(FieldErrorKind::BadEmail));
        return render(&state, &visit, draft, StatusCode::UNPROCESSABLE_ENTITY, form);
    };
    if email_codes::wait(&ctx, &state.platform, draft, &email).await?.is_none() {
        Budgets::of(&state, &visit).await?.code(&email).await?;
    }
    match email_codes::request(&ctx, &state.platform, draft, &email).await? {
        // A code sent a moment ago still works: the next page says where it went.
        Requested::Sent | Requested::TooSoon { .. } => {
            Ok(respond::to(&visit, &EmailCode { draft }))
        }
        Requested::AlreadyVerified => Ok(respond::to(&visit, &Privacy { draft })),
    }
}

fn render(
    state: &State,
    visit: &Visit,
    draft: DraftId,
    status: StatusCode,
    form: FormState<Field>,
) -> Result<Response, WebError> {
    respond::page(state, visit, status, &Page { draft, form })
}
