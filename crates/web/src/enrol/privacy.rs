//! First step: the privacy notice.

use super::{
    journey::{self, Here},
    step,
};
use crate::{
    State,
    error::WebError,
    extract::{FormInput, Path, Visit},
    respond,
};
use axum::{extract::State as Shared, http::StatusCode, response::Response};
use domain::{form::Journey, ids::DraftId};
use operations::drafts::{self, Opened};
use pages::{
    FormField as _, FormState,
    action::Action,
    enrol::{Privacy, PrivacyField as Field},
    errors::Problem,
};
use routes::enrol::{EmailAddress, Step};

/// `GET /iscrizioni/{draft}/privacy`
pub(crate) async fn get(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(draft): Path<DraftId>,
) -> Result<Response, WebError> {
    let (ctx, _) = visit.family(draft)?;
    let opened = drafts::load(&ctx, &state.platform, draft).await?;
    let form = if opened.has_read_privacy() {
        FormState::default().value(Field::Understood, "yes")
    } else {
        FormState::default()
    };
    show(&state, &visit, &opened, form)
}

/// The notice, or the page that comes before it.
fn show(
    state: &State,
    visit: &Visit,
    opened: &Opened,
    form: FormState<Field>,
) -> Result<Response, WebError> {
    if !opened.is_verified() {
        return Ok(respond::to(visit, &EmailAddress { draft: opened.draft.id }));
    }
    render(state, visit, opened, StatusCode::OK, form)
}

/// `POST /iscrizioni/{draft}/privacy`
pub(crate) async fn post(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(draft): Path<DraftId>,
    form: FormInput,
) -> Result<Response, WebError> {
    let (ctx, _) = visit.family(draft)?;
    let understood = form.ticked(Field::Understood.name());
    if let Some(visit) = visit.switched(&form) {
        let opened = drafts::load(&ctx, &state.platform, draft).await?;
        let ticked =
            FormState::default().value(Field::Understood, form.raw(Field::Understood.name()));
        let page = show(&state, &visit, &opened, ticked)?;
        return Ok(respond::in_chosen_language(&visit, page));
    }
    let saving = form.action()? == Action::Save;
    if !understood && !saving {
        let opened = drafts::load(&ctx, &state.platform, draft).await?;
        let form = FormState::default().error(Field::Understood, Privacy::MISSING);
        return render(&state, &visit, &opened, StatusCode::UNPROCESSABLE_ENTITY, form);
    }
    let accepted =
        if understood { drafts::accept_privacy(&ctx, &state.platform, draft).await? } else { None };
    if saving {
        let saved = drafts::save_begun(&ctx, &state.platform, draft).await?;
        return Ok(match saved {
            Some(mailed) => step::to_saved(&visit, draft, mailed),
            None => respond::to(&visit, &EmailAddress { draft }),
        });
    }
    let Some(opened) = accepted else { return Ok(respond::to(&visit, &EmailAddress { draft })) };
    let journey = Journey::new(&opened.definition, &opened.answers, &opened.offered);
    let first = journey.first().ok_or(Problem::Internal)?;
    Ok(respond::to(&visit, &Step { draft, step: first.key.clone() }))
}

fn render(
    state: &State,
    visit: &Visit,
    opened: &Opened,
    status: StatusCode,
    form: FormState<Field>,
) -> Result<Response, WebError> {
    let page = Privacy {
        draft: opened.draft.id,
        progress: journey::progress(visit, opened, &Here::Privacy),
        notice: journey::notice(&opened.tenant, visit.locale),
        form,
        changing: opened.application.is_some(),
    };
    respond::page(state, visit, status, &page)
}
