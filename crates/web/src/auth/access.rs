//! «Accedi»: the doors for coming back.

use super::doors::doors;
use crate::{State, error::WebError, extract::Visit, respond};
use axum::{extract::State as Shared, http::StatusCode, response::Response};
use operations::logins::Purpose;
use pages::identity::Access;
use routes::{enrol::CredentialDoor, identity::Enrolments};

/// `GET /accesso`: who is signed in goes on to what is theirs; without a door for digital identities there is one way.
pub(crate) async fn get(Shared(state): Shared<State>, visit: Visit) -> Result<Response, WebError> {
    if visit.session()?.is_some_and(|session| session.identity.is_some()) {
        return Ok(respond::to(&visit, &Enrolments {}));
    }
    match doors(&state, &visit, Purpose::Portal) {
        Some(doors) => respond::page(&state, &visit, StatusCode::OK, &Access { doors }),
        None => Ok(respond::to(&visit, &CredentialDoor {})),
    }
}
