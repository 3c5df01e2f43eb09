//! Start page of the comune.

use super::journey::window_card;
use crate::{State, auth::doors::doors, error::WebError, extract::Visit, respond};
use axum::{extract::State as Shared, http::StatusCode, response::Response};
use domain::{enrolment_window::WindowKind, form::QuestionKind};
use operations::logins::Purpose;
use pages::enrol::Start;

/// `GET /`
pub(crate) async fn get(Shared(state): Shared<State>, visit: Visit) -> Result<Response, WebError> {
    let tenant = &visit.tenant;
    let year = tenant.shown_year(visit.now);
    let offers =
        year.map(|year| tenant.offers(year, WindowKind::New, visit.now)).unwrap_or_default();
    let terms = tenant.settings().terms;
    let taking = offers.iter().any(|offer| offer.state.accepts());
    let page = Start {
        school_year: year.map(domain::SchoolYear::label).unwrap_or_default(),
        taking,
        windows: offers.iter().map(|offer| window_card(offer, visit.locale)).collect(),
        credential_door: tenant.doors().password_access,
        doors: doors(&state, &visit, if taking { Purpose::Enrol } else { Purpose::Portal }),
        needs: year.map(|year| needs(&visit, year)).unwrap_or_default(),
        minutes: terms.minutes_needed.into(),
        answer_days: terms.answer_days.into(),
    };
    respond::page(&state, &visit, StatusCode::OK, &page)
}

/// The documents that the form asks for.
pub(crate) fn needs(visit: &Visit, year: domain::SchoolYear) -> Vec<String> {
    let Some(form) = visit.tenant.form(year) else { return Vec::new() };
    form.questions()
        .filter(|(_, question)| question.kind == QuestionKind::File)
        .map(|(_, question)| question.label.get(visit.locale).to_owned())
        .collect()
}
