//! «Vai al riepilogo iscrizione», and «Invia Iscrizione».

use super::journey::{self, Here};
use crate::{
    State,
    error::WebError,
    extract::{FormInput, Path, Visit},
    respond,
};
use axum::{extract::State as Shared, http::StatusCode, response::Response};
use domain::{
    Ctx,
    form::{Journey, validate_all},
    ids::DraftId,
    school_service::SchoolService,
};
use operations::{
    applications::{self, Submit, Submitted},
    drafts::{self, Opened},
};
use pages::{
    FormField as _, FormState, Message,
    enrol::{Incomplete, Summary as Page, SummaryField as Field, WindowClosed},
    errors::Problem,
};
use routes::enrol::{EmailAddress, Privacy, Submitted as SubmittedRoute};

/// `GET /iscrizioni/{draft}/riepilogo`
pub(crate) async fn get(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(draft): Path<DraftId>,
) -> Result<Response, WebError> {
    let (ctx, _) = visit.family(draft)?;
    let opened = drafts::load(&ctx, &state.platform, draft).await?;
    show(&state, &visit, &opened, FormState::default())
}

/// The summary, or the page that comes before it.
fn show(
    state: &State,
    visit: &Visit,
    opened: &Opened,
    form: FormState<Field>,
) -> Result<Response, WebError> {
    let draft = opened.draft.id;
    if !opened.is_verified() {
        return Ok(respond::to(visit, &EmailAddress { draft }));
    }
    if !opened.has_read_privacy() {
        return Ok(respond::to(visit, &Privacy { draft }));
    }
    let closed = applications::sending(opened, visit.now).closed;
    if !closed.is_empty() {
        return closed_page(state, visit, opened, &closed, StatusCode::OK);
    }
    render(state, visit, opened, StatusCode::OK, form)
}

/// `POST /iscrizioni/{draft}/riepilogo`: «Invia Iscrizione». However often it is pressed, one application.
pub(crate) async fn post(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(draft): Path<DraftId>,
    form: FormInput,
) -> Result<Response, WebError> {
    let (ctx, _) = visit.family(draft)?;
    let kept = Field::ALL
        .iter()
        .fold(FormState::default(), |kept, field| kept.value(*field, form.raw(field.name())));
    if let Some(visit) = visit.switched(&form) {
        let opened = drafts::load(&ctx, &state.platform, draft).await?;
        // Boxes are ticked under the answers that were shown.
        let shown = opened.draft.revision == form.revision()?;
        let kept = if shown { kept } else { FormState::default() };
        let page = show(&state, &visit, &opened, kept)?;
        return Ok(respond::in_chosen_language(&visit, page));
    }
    let none_asked = visit.tenant.settings().declarations.texts.is_empty();
    let input = Submit {
        draft,
        revision: form.revision()?,
        privacy_accepted: form.ticked(Field::Privacy.name()),
        declarations_accepted: none_asked || form.ticked(Field::Declarations.name()),
    };
    match applications::submit(&ctx, &state.platform, input).await? {
        Submitted::Sent { .. } | Submitted::Unchanged => {
            Ok(respond::to(&visit, &SubmittedRoute { draft }))
        }
        Submitted::PrivacyUnread => Ok(respond::to(&visit, &Privacy { draft })),
        Submitted::Incomplete { .. } => again(&state, &visit, &ctx, draft, kept).await,
        Submitted::BoxesMissing => {
            let mut form = kept;
            if !input.declarations_accepted {
                form.add_error(Field::Declarations, Page::DECLARATIONS_MISSING);
            }
            if !input.privacy_accepted {
                form.add_error(Field::Privacy, Page::PRIVACY_MISSING);
            }
            again(&state, &visit, &ctx, draft, form).await
        }
        Submitted::Stale => {
            let form = FormState::default().general(Message::new("errors.summary_stale"));
            again(&state, &visit, &ctx, draft, form).await
        }
        Submitted::Closed { services } => closed(&state, &visit, &ctx, draft, &services).await,
    }
}

async fn again(
    state: &State,
    visit: &Visit,
    ctx: &Ctx,
    draft: DraftId,
    form: FormState<Field>,
) -> Result<Response, WebError> {
    let opened = drafts::load(ctx, &state.platform, draft).await?;
    render(state, visit, &opened, StatusCode::UNPROCESSABLE_ENTITY, form)
}

/// The window closed while the family was writing: what was typed is kept.
async fn closed(
    state: &State,
    visit: &Visit,
    ctx: &Ctx,
    draft: DraftId,
    services: &[SchoolService],
) -> Result<Response, WebError> {
    let opened = drafts::load(ctx, &state.platform, draft).await?;
    closed_page(state, visit, &opened, services, StatusCode::UNPROCESSABLE_ENTITY)
}

fn closed_page(
    state: &State,
    visit: &Visit,
    opened: &Opened,
    services: &[SchoolService],
    status: StatusCode,
) -> Result<Response, WebError> {
    let page = WindowClosed {
        draft: opened.draft.id,
        windows: journey::window_cards(visit, opened, services),
        kept_until: journey::kept_until(opened),
    };
    respond::page(state, visit, status, &page)
}

fn render(
    state: &State,
    visit: &Visit,
    opened: &Opened,
    status: StatusCode,
    form: FormState<Field>,
) -> Result<Response, WebError> {
    let (tenant, locale) = (&opened.tenant, visit.locale);
    let journey = Journey::new(&opened.definition, &opened.answers, &opened.offered);
    let sending = applications::sending(opened, visit.now);
    let first_step = journey.first().ok_or(Problem::Internal)?.key.clone();
    let privacy = &tenant.settings().privacy_notice;
    let sentence = privacy.acknowledgement.as_ref().map(|text| text.get(locale).to_owned());
    let page = Page {
        draft: opened.draft.id,
        school_year: opened.school_year.label(),
        progress: journey::progress(visit, opened, &Here::Summary),
        sections: journey::sections(
            tenant,
            &opened.definition,
            &opened.answers,
            &opened.offered,
            locale,
        ),
        incomplete: incomplete(visit, opened),
        declarations: tenant
            .settings()
            .declarations
            .texts
            .iter()
            .map(|text| text.get(locale).to_owned())
            .collect(),
        notice: journey::notice(tenant, locale),
        privacy_sentence: sentence
            .unwrap_or_else(|| i18n::t(locale, "enrol.privacy.understood", &[])),
        form,
        revision: opened.draft.revision.into(),
        first_step,
        late: sending.late,
        kept: journey::service_names(visit, opened, &sending.kept),
        withdrawn: journey::service_names(visit, opened, &sending.withdrawn),
        changing: opened.application.is_some(),
    };
    respond::page(state, visit, status, &page)
}

/// Steps with something missing or wrong.
fn incomplete(visit: &Visit, opened: &Opened) -> Vec<Incomplete> {
    validate_all(&opened.definition, &opened.answers, &opened.form_context(visit.now))
        .into_iter()
        .map(|(step, errors)| Incomplete {
            step: step.to_owned(),
            title: opened
                .definition
                .step(step)
                .map(|step| step.title.get(visit.locale).to_owned())
                .unwrap_or_default(),
            count: errors.len(),
        })
        .collect()
}
