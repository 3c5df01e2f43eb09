//! The addresses of the server.

use super::{consent, shared::Shared, slo, sso};
use crate::identity_provider::{html, metadata, provider::Provider, value::hex};
use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::{get, post},
};
use openssl::hash::{MessageDigest, hash};
use std::sync::Arc;
use tokio::net::TcpListener;
use url::form_urlencoded;

/// One provider of the server.
#[derive(Clone)]
pub(super) struct At {
    pub(super) shared: Arc<Shared>,
    slug: String,
}

impl At {
    /// The provider as it is now.
    pub(super) fn provider(&self) -> Result<Provider, StatusCode> {
        self.shared.provider(&self.slug).ok_or(StatusCode::NOT_FOUND)
    }
}

/// Serves until the task is dropped.
pub(super) async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let mut router = Router::new()
        .route("/", get(list))
        .route("/stile.css", get(style))
        .route("/invio.js", get(script))
        .route("/registry.xml", get(registry))
        .route("/registry-certificate.pem", get(registry_certificate))
        .with_state(Arc::clone(&shared));
    for provider in shared.providers() {
        let path = provider.address.replacen(shared.base.as_str(), "/", 1);
        let at = At { shared: Arc::clone(&shared), slug: provider.slug };
        router = router.nest(&path, of_provider(at));
    }
    // Serving only ends when the listener is gone, and then there is nobody to tell.
    let _ended = axum::serve(listener, router).await;
}

fn of_provider(at: At) -> Router {
    Router::new()
        .route("/metadata", get(own_metadata))
        .route("/sso", get(sso::by_redirect).post(sso::by_form))
        .route("/consenso", post(consent::decide))
        .route("/slo", get(slo::by_redirect).post(slo::by_form))
        .route("/sessioni", get(slo::sessions))
        .route("/sessioni/esci", post(slo::leave))
        .with_state(at)
}

async fn list(State(shared): State<Arc<Shared>>) -> Response {
    page(StatusCode::OK, "'none'", html::list(&shared.providers()))
}

async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css")], html::STYLE).into_response()
}

async fn script() -> Response {
    ([(header::CONTENT_TYPE, "text/javascript")], html::SCRIPT).into_response()
}

/// The registry, with a tag so that a client need not take again what it has.
async fn registry(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Response {
    let Ok(xml) = shared.registry_xml() else { return UNSIGNED.into_response() };
    let Ok(digest) = hash(MessageDigest::sha256(), xml.as_bytes()) else {
        return UNSIGNED.into_response();
    };
    let tag = format!("\"{}\"", hex(&digest));
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if known == Some(tag.as_str()) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response();
    }
    ([(header::CONTENT_TYPE, XML.to_owned()), (header::ETAG, tag)], xml).into_response()
}

async fn registry_certificate(State(shared): State<Arc<Shared>>) -> Response {
    let Ok(pem) = shared.registry_key.certificate_pem() else { return UNSIGNED.into_response() };
    ([(header::CONTENT_TYPE, "application/x-pem-file")], pem).into_response()
}

async fn own_metadata(State(at): State<At>) -> Result<Response, StatusCode> {
    let xml = metadata::signed_entity(&at.provider()?).map_err(|_| UNSIGNED)?;
    Ok(([(header::CONTENT_TYPE, XML)], xml).into_response())
}

const XML: &str = "application/samlmetadata+xml";

/// A page; `targets` are where its forms may lead.
pub(super) fn page(status: StatusCode, targets: &str, body: String) -> Response {
    let policy = format!(
        "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; form-action {targets}; \
         frame-ancestors 'none'"
    );
    let headers = [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    (status, headers, Html(body)).into_response()
}

/// A key or OpenSSL failed.
pub(super) const UNSIGNED: StatusCode = StatusCode::INTERNAL_SERVER_ERROR;

/// The value of one field of a form; empty where there is none.
pub(super) fn field(form: &str, name: &str) -> String {
    let found = form_urlencoded::parse(form.as_bytes()).find(|(found, _)| found == name);
    found.map(|(_, value)| value.into_owned()).unwrap_or_default()
}
