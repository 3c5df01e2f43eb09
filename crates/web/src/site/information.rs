//! Accessibility and privacy: what every page's footer leads to.

use crate::{State, enrol::journey, error::WebError, extract::Visit, respond};
use axum::{extract::State as Shared, http::StatusCode, response::Response};
use pages::site::{Accessibility, PrivacyNotice};

/// `GET /accessibilita`
pub(crate) async fn accessibility(
    Shared(state): Shared<State>,
    visit: Visit,
) -> Result<Response, WebError> {
    respond::page(&state, &visit, StatusCode::OK, &Accessibility {})
}

/// `GET /privacy`
pub(crate) async fn privacy_notice(
    Shared(state): Shared<State>,
    visit: Visit,
) -> Result<Response, WebError> {
    let notice = journey::notice(&visit.tenant, visit.locale);
    respond::page(&state, &visit, StatusCode::OK, &PrivacyNotice { notice })
}
