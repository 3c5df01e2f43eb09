//! The office's list.

use super::officer_name;
use crate::{
    State,
    error::WebError,
    extract::{FormInput, Visit},
    respond,
};
use axum::{
    extract::{Query, State as Shared},
    http::StatusCode,
    response::Response,
};
use domain::{Locale, application::State as Decision, ids::ApplicationId};
use jiff::Timestamp;
use operations::applications::{self, Found, Search};
use pages::{
    office::{ApplicationRow, Applications, StateCount},
    words,
};
use routes::office::OfficeApplications;
use serde::Deserialize;

/// `?stato=…`, and where the next page begins. What is searched for is posted: a name stays out of the address.
#[derive(Debug, Deserialize)]
pub(crate) struct Filter {
    stato: Option<String>,
    da: Option<String>,
    id: Option<ApplicationId>,
}

/// `GET /ufficio`
pub(crate) async fn home(visit: Visit) -> Result<Response, WebError> {
    visit.officer()?;
    Ok(respond::to(&visit, &OfficeApplications {}))
}

/// `GET /ufficio/domande`
pub(crate) async fn get(
    Shared(state): Shared<State>,
    visit: Visit,
    Query(filter): Query<Filter>,
) -> Result<Response, WebError> {
    let after = filter.da.and_then(|at| at.parse::<Timestamp>().ok()).zip(filter.id);
    let wanted = filter.stato.as_deref().and_then(Decision::from_code);
    show(&state, &visit, Search { text: String::new(), state: wanted, after }).await
}

/// `POST /ufficio/domande`: a search.
pub(crate) async fn post(
    Shared(state): Shared<State>,
    visit: Visit,
    form: FormInput,
) -> Result<Response, WebError> {
    let wanted = Decision::from_code(form.text("state"));
    let text = form.text("text").to_owned();
    show(&state, &visit, Search { text, state: wanted, after: None }).await
}

async fn show(state: &State, visit: &Visit, search: Search) -> Result<Response, WebError> {
    let (ctx, officer, _) = visit.officer()?;
    let name = officer_name(&ctx, state, officer).await?;
    let found = applications::list(&ctx, &state.platform, &search).await?;
    let page = Applications {
        counts: counts(&found, search.state),
        any: found.counts.iter().any(|(_, count)| *count > 0),
        next: found.next.map(|(at, id)| next(at, id, search.state)),
        cut: found.cut,
        rows: found.applications.into_iter().map(|row| line(visit, row)).collect(),
        text: search.text,
        state: search.state.map(Decision::code).unwrap_or_default().to_owned(),
    };
    respond::office_page(state, visit, &name, StatusCode::OK, &page)
}

fn next(at: Timestamp, id: ApplicationId, state: Option<Decision>) -> String {
    let state = state.map(|state| format!("stato={}&", state.code())).unwrap_or_default();
    format!("{state}da={at}&id={id}")
}

fn counts(found: &Found, active: Option<Decision>) -> Vec<StateCount> {
    let all = StateCount {
        code: String::new(),
        word: i18n::t(Locale::It, "office.filter.all", &[]),
        count: found.counts.iter().map(|(_, count)| count).sum(),
        active: active.is_none(),
    };
    let count = |(state, count): &(Decision, i64)| StateCount {
        code: state.code().to_owned(),
        word: words::state(Locale::It, *state),
        count: *count,
        active: active == Some(*state),
    };
    std::iter::once(all).chain(found.counts.iter().map(count)).collect()
}

fn line(visit: &Visit, row: applications::ListedApplication) -> ApplicationRow {
    let school = visit.tenant.schools().iter().find(|school| school.code == row.school_code);
    ApplicationRow {
        application: row.id,
        number: row.registration,
        pupil: row.pupil,
        school: school.map_or(row.school_code, |school| school.name.clone()),
        word: words::state(Locale::It, row.state),
        tone: words::state_tone(row.state),
        submitted_at: row.submitted_at,
    }
}
