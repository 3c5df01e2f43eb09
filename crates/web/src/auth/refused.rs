//! The page for a sign-in that led nowhere: why, and what to do.

use super::doors::sign_in_href;
use crate::{State, error::WebError, extract::Visit, respond};
use axum::{http::StatusCode, response::Response};
use domain::identity::IdentityScheme;
use operations::logins::Purpose;
use pages::identity::{Reason, SignInRefused};

/// What is known of the sign-in.
pub(super) struct Seen<'a> {
    scheme: IdentityScheme,
    purpose: Purpose,
    provider: Option<&'a str>,
}

impl<'a> Seen<'a> {
    /// A sign-in at this door, of which nothing else is known.
    pub(super) const fn at(scheme: IdentityScheme) -> Self {
        Self { scheme, purpose: Purpose::Portal, provider: None }
    }

    pub(super) const fn purpose(self, purpose: Purpose) -> Self {
        Self { purpose, ..self }
    }

    pub(super) const fn provider(self, provider: &'a str) -> Self {
        Self { provider: Some(provider), ..self }
    }
}

/// The page, with status 403, as the federations demand.
pub(super) fn page(
    state: &State,
    visit: &Visit,
    seen: &Seen<'_>,
    code: &'static str,
    provider_error: Option<u8>,
) -> Result<Response, WebError> {
    let provider = seen.provider.and_then(|id| state.providers.find(seen.scheme, id));
    let shown = provider_error.map_or_else(
        || format!("{} {code}", seen.scheme.name()),
        |number| format!("{} {number}", seen.scheme.name()),
    );
    let reason = Reason::from_code(code, provider_error, seen.scheme);
    let mut page = SignInRefused::new(seen.scheme, reason, shown).doors(true);
    if let Some(provider) = provider {
        page = page.retry(sign_in_href(&visit.mount, seen.purpose, &provider));
    }
    respond::page(state, visit, StatusCode::FORBIDDEN, &page)
}
