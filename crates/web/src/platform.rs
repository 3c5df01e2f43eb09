//! Outside tenants: the chooser on the shared host, probes, languages.

use crate::{
    State, cookies,
    error::WebError,
    extract::{FormInput, Place, Visit, locale_of},
    respond,
};
use axum::{
    Extension,
    extract::{Query, State as Shared},
    http::{HeaderMap, StatusCode},
    response::{Html, IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use domain::Locale;
use pages::{
    Frame, FrameKind, action,
    errors::Problem,
    platform::{Chooser, TenantResult},
};
use serde::Deserialize;

/// Most comuni shown for one search.
const MOST_RESULTS: usize = 20;

/// `?comune=`
#[derive(Debug, Deserialize)]
pub(crate) struct Search {
    comune: Option<String>,
}

/// `GET /` on the shared host.
pub(crate) async fn chooser(
    Shared(state): Shared<State>,
    Extension(place): Extension<Place>,
    headers: HeaderMap,
    jar: CookieJar,
    Query(search): Query<Search>,
) -> Result<Response, WebError> {
    if !matches!(place, Place::Shared) {
        return Err(Problem::UnknownTenant.into());
    }
    let typed = search.comune.unwrap_or_default();
    let found = state.platform.tenants.search(&typed, MOST_RESULTS);
    let result = |tenant: &std::sync::Arc<tenants::Tenant>| TenantResult {
        name: tenant.name().to_owned(),
        province: tenant.settings().identity.province.clone(),
        href: format!("/{}/", tenant.slug()),
    };
    let page = Chooser { typed, results: found.iter().map(result).collect() };
    let locale = locale_of(&headers, &jar, &Locale::ALL);
    let frame = Frame::new(FrameKind::Platform, locale, &Locale::ALL, "", "/");
    Ok((StatusCode::OK, Html(state.engine.html(&page, &frame)?)).into_response())
}

/// `POST /lingua` on the shared host.
pub(crate) async fn chooser_language(
    jar: CookieJar,
    form: FormInput,
) -> Result<Response, WebError> {
    remember(jar, &form, "")
}

/// `POST /lingua` of a tenant.
pub(crate) async fn language(visit: Visit, form: FormInput) -> Result<Response, WebError> {
    remember(visit.jar.clone(), &form, &visit.mount)
}

/// Remembers the language and goes back to where the chooser was used: a path of ours, nothing else.
fn remember(jar: CookieJar, form: &FormInput, mount: &str) -> Result<Response, WebError> {
    let locale: Locale = form.text(action::LANGUAGE).parse().map_err(|_| Problem::Unprocessable)?;
    let back = own_path(form.text(action::RETURN_TO));
    Ok((jar.add(cookies::language(locale)), respond::redirect(&format!("{mount}{back}")))
        .into_response())
}

/// The path if it is one within the tenant; the start page otherwise.
fn own_path(path: &str) -> &str {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte);
    let own = path.starts_with('/') && !path.starts_with("//") && path.bytes().all(plain);
    if own { path } else { "/" }
}

/// `GET /livez`
pub(crate) async fn livez() -> &'static str {
    "ok"
}

/// `GET /readyz`: the database answers and the tenants have been read. There may be none yet: they come after the
/// programs of a first installation.
pub(crate) async fn readyz(Shared(state): Shared<State>) -> Response {
    let loaded = state.platform.tenants.is_loaded();
    match state.platform.pool.ping().await {
        Ok(()) if loaded => "ok".into_response(),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "not ready").into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn only_our_own_paths_are_returned_to() {
        assert_eq!(own_path("/iscrizioni/nuova"), "/iscrizioni/nuova");
        for foreign in [
            "//evil.example",
            "/\\evil",
            "https:evil",
            "/%09/evil",
            "",
            "/a?b=c",
            "/a\r\nX: y",
            "/@evil:1",
        ] {
            assert_eq!(own_path(foreign), "/", "{foreign}");
        }
    }
}
