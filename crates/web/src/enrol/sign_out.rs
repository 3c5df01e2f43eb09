//! Leaving, and the page for a session that is over.

use crate::{State, cookies, error::WebError, extract::Visit, respond};
use axum::{
    extract::State as Shared,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use operations::sessions;
use pages::enrol::SessionExpired;
use routes::tenant::Start;

/// `POST /esci`: the session ends on the server, too.
pub(crate) async fn post(Shared(state): Shared<State>, visit: Visit) -> Result<Response, WebError> {
    if let Some(session) = visit.session()? {
        sessions::end(&visit.ctx(), &state.platform, session.id).await?;
    }
    let jar = visit.jar.clone().add(cookies::no_session(visit.tenant.slug()));
    Ok((jar, respond::to(&visit, &Start {})).into_response())
}

/// `GET /sessione-scaduta`
pub(crate) async fn expired(
    Shared(state): Shared<State>,
    visit: Visit,
) -> Result<Response, WebError> {
    respond::page(&state, &visit, StatusCode::OK, &SessionExpired::default())
}
