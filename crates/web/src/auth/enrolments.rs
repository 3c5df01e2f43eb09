//! What a person has begun and sent, and beginning for another child.

use crate::{
    State,
    budgets::Budgets,
    error::WebError,
    extract::{FormInput, Visit},
    respond, views,
};
use axum::{extract::State as Shared, http::StatusCode, response::Response};
use domain::{CodiceFiscale, Ctx, Locale, enrolment_window::WindowKind};
use operations::identities::{self, Begun, Person};
use pages::{
    FormField as _, FormState,
    identity::{
        EnrolmentLine, EnrolmentTarget, Enrolments as Page, EnrolmentsField as Field, StateLabel,
    },
    words,
};
use routes::enrol::EmailAddress;
use storage::sessions::Session;

/// `GET /iscrizioni/mie`
pub(crate) async fn get(Shared(state): Shared<State>, visit: Visit) -> Result<Response, WebError> {
    render(&state, &visit, StatusCode::OK, FormState::default()).await
}

/// `POST /iscrizioni/mie`: «Sono un nuovo iscritto».
pub(crate) async fn post(
    Shared(state): Shared<State>,
    visit: Visit,
    form: FormInput,
) -> Result<Response, WebError> {
    let (ctx, session) = visit.person()?;
    let raw = form.raw(Field::CodiceFiscale.name());
    let typed = FormState::default().value(Field::CodiceFiscale, raw);
    if let Some(visit) = visit.switched(&form) {
        let page = render(&state, &visit, StatusCode::OK, typed).await?;
        return Ok(respond::in_chosen_language(&visit, page));
    }
    let pupil = match CodiceFiscale::parse(raw) {
        Ok(pupil) => pupil,
        Err(error) => {
            let typed = typed.error(Field::CodiceFiscale, words::codice_fiscale_error(error));
            return render(&state, &visit, StatusCode::UNPROCESSABLE_ENTITY, typed).await;
        }
    };
    Budgets::of(&state, &visit).await?.start(&pupil).await?;
    if let Some(draft) = identities::begin(&ctx, &state.platform, session, &pupil).await? {
        return Ok(respond::to(&visit, &EmailAddress { draft }));
    }
    let typed = typed.general(Page::NOT_OPEN);
    render(&state, &visit, StatusCode::UNPROCESSABLE_ENTITY, typed).await
}

async fn render(
    state: &State,
    visit: &Visit,
    status: StatusCode,
    form: FormState<Field>,
) -> Result<Response, WebError> {
    let (ctx, session) = visit.person()?;
    let page = page(state, visit, &ctx, session, form).await?;
    respond::page(state, visit, status, &page)
}

async fn page(
    state: &State,
    visit: &Visit,
    ctx: &Ctx,
    session: &Session,
    form: FormState<Field>,
) -> Result<Page, WebError> {
    let Person { identity, .. } = identities::person(ctx, &state.platform, session).await?;
    let begun = identities::enrolments(ctx, &state.platform, session).await?;
    let tenant = &visit.tenant;
    Ok(Page {
        name: format!("{} {}", identity.name, identity.surname),
        scheme: identity.scheme.name().to_owned(),
        declares_code: identity.codice_fiscale.is_none(),
        taking: tenant.enrolling_year(WindowKind::New, visit.now).is_some(),
        school_year: tenant
            .shown_year(visit.now)
            .map(domain::SchoolYear::label)
            .unwrap_or_default(),
        told: begun.iter().any(|begun| begun.state.is_some()),
        lines: begun.into_iter().map(|begun| line(begun, visit.locale)).collect(),
        form,
    })
}

fn line(begun: Begun, locale: Locale) -> EnrolmentLine {
    let to = match (begun.is_verified, begun.state) {
        (false, _) => EnrolmentTarget::Email,
        (true, None) => EnrolmentTarget::Resume,
        (true, Some(_)) => EnrolmentTarget::Status,
    };
    EnrolmentLine {
        draft: begun.draft,
        pupil: begun.pupil,
        school_year: begun.school_year.label(),
        state: begun.state.map(|state| StateLabel::of(locale, state)),
        changed_at: begun.changed_at,
        last_day: begun.expires_at.map(views::last_day),
        to,
    }
}
