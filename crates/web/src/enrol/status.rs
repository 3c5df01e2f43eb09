//! «Modulo Iscrizione - Anno Scolastico»: the status box and all answers.

use super::journey;
use crate::{
    State,
    error::WebError,
    extract::{Path, Visit},
    respond,
};
use axum::{extract::State as Shared, http::StatusCode, response::Response};
use domain::{
    Ctx,
    application::State as Decision,
    form::{Binding, validate_all},
    ids::DraftId,
    school_service::SchoolService,
    submission::registration,
};
use operations::{
    applications,
    drafts::{self, Opened},
};
use pages::{
    enrol::{ServiceStatus, Status as Page, StatusBox},
    journey::Section,
    words::{self, Tone},
};
use routes::enrol::EmailAddress;

/// `GET /iscrizioni/{draft}/stato`
pub(crate) async fn get(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(draft): Path<DraftId>,
) -> Result<Response, WebError> {
    let (ctx, _) = visit.family(draft)?;
    let opened = drafts::load(&ctx, &state.platform, draft).await?;
    if !opened.is_verified() {
        return Ok(respond::to(&visit, &EmailAddress { draft }));
    }
    let page = Page {
        draft,
        school_year: opened.school_year.label(),
        status: status_box(&ctx, &state, &visit, &opened).await?,
        sections: guardian_first(&visit, &opened),
        change_href: may_change(&visit, &opened).then(|| journey::continue_href(&visit, &opened)),
        documents: opened.application.is_some(),
    };
    respond::page(&state, &visit, StatusCode::OK, &page)
}

async fn status_box(
    ctx: &Ctx,
    state: &State,
    visit: &Visit,
    opened: &Opened,
) -> Result<StatusBox, WebError> {
    let draft = &opened.draft;
    let application = opened.application.as_ref();
    let decision = application.map(|application| application.state);
    let reasons = applications::refusal_reasons(ctx, &state.platform, draft.id).await?;
    Ok(StatusBox {
        word: decision.map_or_else(
            || words::draft_state(visit.locale),
            |state| words::state(visit.locale, state),
        ),
        tone: decision.map_or(Tone::Secondary, words::state_tone),
        first_saved_at: draft.first_saved_at.unwrap_or(draft.created_at),
        last_changed_at: draft.last_changed_at,
        submitted_at: application.map(|application| application.last_submitted_at),
        number: application.map(|known| registration(opened.school_year, known.number)),
        services: services(visit, opened, &reasons),
        with_family: decision.is_none_or(|state| state == Decision::InformationRequested),
        missing: missing(visit, opened),
        answer_by: application.filter(|known| known.state.is_open()).map(|known| known.answer_due),
        kept_until: journey::kept_until(opened),
        unsent_changes: opened.has_unsent_changes(),
    })
}

/// Shown when there are several services, or one was refused and says why.
fn services(visit: &Visit, opened: &Opened, reasons: &[(String, String)]) -> Vec<ServiceStatus> {
    let several = opened.services.len() > 1;
    let name = journey::service_name(&opened.tenant, visit.locale);
    let reason = |service: &str| reasons.iter().find(|(refused, _)| refused == service);
    let status = |row: &storage::applications::ServiceRow| ServiceStatus {
        service: row.school_service.parse::<SchoolService>().map(&name).unwrap_or_default(),
        word: words::state(visit.locale, row.state),
        tone: words::state_tone(row.state),
        reason: reason(&row.school_service).map(|(_, reason)| reason.clone()).unwrap_or_default(),
    };
    let rows = opened.services.iter();
    rows.filter(|row| several || row.state == Decision::Rejected).map(status).collect()
}

/// Steps of a draft that are not complete.
fn missing(visit: &Visit, opened: &Opened) -> Vec<String> {
    validate_all(&opened.definition, &opened.answers, &opened.form_context(visit.now))
        .iter()
        .filter_map(|(step, _)| {
            Some(opened.definition.step(step)?.title.get(visit.locale).to_owned())
        })
        .collect()
}

/// Changing is allowed while a window takes applications or the office asks for something.
fn may_change(visit: &Visit, opened: &Opened) -> bool {
    let asked = opened.services.iter().any(|row| row.state == Decision::InformationRequested);
    let open = !opened.tenant.open_services(opened.school_year, visit.now).is_empty();
    let over = opened.application.as_ref().is_some_and(|known| known.state == Decision::Ended);
    (open || asked || opened.application.is_none()) && !over
}

/// All answers, the guardian's step first, as the notices show it.
fn guardian_first(visit: &Visit, opened: &Opened) -> Vec<Section> {
    let mut sections = journey::sections(
        &opened.tenant,
        &opened.definition,
        &opened.answers,
        &opened.offered,
        visit.locale,
    );
    let guardian = opened
        .definition
        .bound(Binding::GuardianCodiceFiscale)
        .and_then(|question| opened.definition.step_of(&question.key))
        .map(|step| step.key.as_str());
    sections.sort_by_key(|section| Some(section.step.as_str()) != guardian);
    sections
}
