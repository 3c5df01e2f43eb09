//! Host and path → tenant: one router for host, path and shared entrance.

use crate::{
    State,
    extract::{Mounted, Place},
};
use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{HeaderMap, Uri, header, uri::PathAndQuery},
    response::Response,
};
use std::sync::Arc;
use tenants::Tenant;
use tower::ServiceExt as _;

/// The routers behind the resolver.
#[derive(Clone)]
pub(crate) struct Routers {
    pub(crate) tenant: Router,
    pub(crate) platform: Router,
}

/// Where a request belongs.
pub(crate) enum Target {
    /// To a tenant; the path is what remains after the mount.
    Tenant { tenant: Arc<Tenant>, mount: String, path: String },
    /// To the shared host itself.
    Platform,
    /// To nobody we know.
    Unknown,
}

/// Finds the tenant, strips its mount and hands the request on; says where it belonged and the path within.
pub(crate) async fn dispatch(
    state: &State,
    routers: Routers,
    mut request: Request,
) -> (Place, String, Response) {
    let host = host(request.headers(), request.uri());
    let path = request.uri().path().to_owned();
    let target =
        if is_common(&path) { Target::Platform } else { resolve(state, host.as_deref(), &path) };
    let (router, place, here) = match target {
        Target::Tenant { tenant, mount, path } => {
            let place = Place::Tenant(Mounted { tenant, mount: mount.clone() });
            if path.is_empty() {
                return (place, path, crate::respond::redirect(&format!("{mount}/")));
            }
            set_path(&mut request, &path);
            (routers.tenant, place, path)
        }
        Target::Platform => (routers.platform, Place::Shared, path),
        Target::Unknown => (routers.platform, Place::Unknown, path),
    };
    request.extensions_mut().insert(place.clone());
    let response = match router.oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    };
    (place, here, response)
}

/// Files and probes are the same on every host.
fn is_common(path: &str) -> bool {
    path.starts_with("/static/") || path == "/livez" || path == "/readyz"
}

fn resolve(state: &State, host: Option<&str>, path: &str) -> Target {
    let Some(host) = host else { return Target::Unknown };
    // First, so that no tenant takes the shared entrance from all others by claiming its host.
    if host != state.settings.shared_host() {
        let tenant = state.platform.tenants.by_host(host);
        return tenant.map_or(Target::Unknown, |tenant| Target::Tenant {
            tenant,
            mount: String::new(),
            path: path.to_owned(),
        });
    }
    let rest = path.strip_prefix('/').unwrap_or(path);
    let (slug, tail) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
    match state.platform.tenants.by_slug(slug) {
        Some(tenant) => Target::Tenant { tenant, mount: format!("/{slug}"), path: tail.to_owned() },
        None => Target::Platform,
    }
}

/// The one host the request names, lower case, without port and trailing dot; none when it names several or none.
fn host(headers: &HeaderMap, uri: &Uri) -> Option<String> {
    let mut named = headers.get_all(header::HOST).iter();
    let (first, more) = (named.next(), named.next());
    if more.is_some() {
        return None;
    }
    let text = match (uri.authority(), first) {
        (Some(authority), Some(host)) if host.to_str().ok() != Some(authority.as_str()) => {
            return None;
        }
        (Some(authority), _) => authority.as_str().to_owned(),
        (None, Some(host)) => host.to_str().ok()?.to_owned(),
        (None, None) => return None,
    };
    let name = match text.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        Some(_) => return None,
        None => &text,
    };
    let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.';
    (!name.is_empty() && name.bytes().all(plain)).then_some(name)
}

fn set_path(request: &mut Request<Body>, path: &str) {
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    let mut parts = request.uri().clone().into_parts();
    if let Ok(path_and_query) = PathAndQuery::try_from(format!("{path}{query}")) {
        parts.path_and_query = Some(path_and_query);
        if let Ok(uri) = Uri::from_parts(parts) {
            *request.uri_mut() = uri;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::host;
    use axum::http::{HeaderMap, HeaderValue, Uri, header};

    fn named(hosts: &[&str], uri: &str) -> Option<String> {
        let mut headers = HeaderMap::new();
        for name in hosts {
            headers.append(header::HOST, HeaderValue::from_str(name).unwrap());
        }
        host(&headers, &uri.parse::<Uri>().unwrap())
    }

    #[test]
    fn a_host_is_read_without_port_case_and_trailing_dot() {
        assert_eq!(named(&["Servizi.Alfa.Example."], "/").as_deref(), Some("servizi.alfa.example"));
        assert_eq!(named(&["alfa.example:8443"], "/").as_deref(), Some("alfa.example"));
        assert_eq!(
            named(&["alfa.example"], "http://alfa.example/x").as_deref(),
            Some("alfa.example")
        );
    }

    #[test]
    fn two_hosts_contradictions_and_odd_characters_name_nobody() {
        assert_eq!(named(&["alfa.example", "beta.example"], "/"), None);
        assert_eq!(named(&["alfa.example"], "http://beta.example/"), None);
        for odd in ["alfa.example:x", "alfa_example/", "[::1]", "alfa.example@evil.example", ""] {
            assert_eq!(named(&[odd], "/"), None, "{odd}");
        }
        assert_eq!(named(&[], "/"), None);
    }
}
