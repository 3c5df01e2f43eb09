//! Outside tenants: the chooser on the shared host, probes, languages.

use crate::{
    State, cookies,
    error::WebError,
    extract::{FormInput, Path, Place, Visit, locale_of},
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
use routes::{Route as _, platform::EntranceChoice, tenant::Start};
use serde::Deserialize;
use std::sync::Arc;
use tenants::Tenant;

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
    let page = Chooser {
        typed,
        results: found.iter().map(|tenant| result(tenant)).collect(),
        last: last(&state, &jar).map(|tenant| result(&tenant)),
    };
    let locale = locale_of(&headers, &jar, &Locale::ALL);
    let frame = Frame::new(FrameKind::Platform, locale, &Locale::ALL, "", "/");
    Ok((StatusCode::OK, Html(state.engine.html(&page, &frame)?)).into_response())
}

fn result(tenant: &Tenant) -> TenantResult {
    TenantResult {
        name: tenant.name().to_owned(),
        province: tenant.settings().identity.province.clone(),
        href: EntranceChoice { comune: tenant.slug().to_owned() }.path(),
    }
}

/// The comune that this browser has chosen last, while it is still here.
fn last(state: &State, jar: &CookieJar) -> Option<Arc<Tenant>> {
    jar.get(cookies::COMUNE).and_then(|cookie| state.platform.tenants.by_slug(cookie.value()))
}

/// `GET /avvio`: an app starts where it was left, and at the chooser the first time.
pub(crate) async fn start(
    Shared(state): Shared<State>,
    Extension(place): Extension<Place>,
    jar: CookieJar,
) -> Result<Response, WebError> {
    if !matches!(place, Place::Shared) {
        return Err(Problem::UnknownTenant.into());
    }
    let mount = last(&state, &jar).map(|tenant| format!("/{}", tenant.slug()));
    Ok(respond::redirect(&Start {}.href(&mount.unwrap_or_default())))
}

/// `GET /comuni/{comune}`: remembers the choice and goes there.
pub(crate) async fn choice(
    Shared(state): Shared<State>,
    Extension(place): Extension<Place>,
    jar: CookieJar,
    Path(comune): Path<String>,
) -> Result<Response, WebError> {
    let tenant = state.platform.tenants.by_slug(&comune);
    let Some(tenant) = tenant.filter(|_| matches!(place, Place::Shared)) else {
        return Err(Problem::UnknownTenant.into());
    };
    let there = Start {}.href(&format!("/{}", tenant.slug()));
    Ok((jar.add(cookies::comune(tenant.slug())), respond::redirect(&there)).into_response())
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
