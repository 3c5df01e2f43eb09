//! Answers: pages, redirects, downloads.

use crate::{State, cookies, error::WebError, extract::Visit, layers, views};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use pages::{FrameKind, Page, errors::Problem};
use routes::Route;

/// A page of the tenant.
pub(crate) fn page<P: Page>(
    state: &State,
    visit: &Visit,
    status: StatusCode,
    page: &P,
) -> Result<Response, WebError> {
    let frame = views::frame(visit, P::FRAME);
    let html = state.engine.html(page, &frame)?;
    Ok((status, Html(html)).into_response())
}

/// An answer to the language chooser of a page that keeps what was typed: the choice is remembered.
pub(crate) fn in_chosen_language(visit: &Visit, response: Response) -> Response {
    (visit.jar.clone().add(cookies::language(visit.locale)), response).into_response()
}

/// A page whose form goes to another site: the one page from which a form may leave.
pub(crate) fn leaving<P: Page>(
    state: &State,
    visit: &Visit,
    shown: &P,
    action: &str,
) -> Result<Response, WebError> {
    let mut response = page(state, visit, StatusCode::OK, shown)?;
    let target = url::Url::parse(action).map_err(|_| Problem::Internal)?;
    let mut targets = target.origin().ascii_serialization();
    // Browsers apply the policy to redirects too, and where a provider hands its visitors on is its own affair.
    if target.scheme() == "https" {
        targets.push_str(" https:");
    }
    let policy = HeaderValue::from_str(&layers::content_security_policy(&targets));
    let policy = policy.map_err(|_| Problem::Internal)?;
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}

/// A page for a signed-in officer.
pub(crate) fn office_page<P: Page>(
    state: &State,
    visit: &Visit,
    officer: &str,
    status: StatusCode,
    page: &P,
) -> Result<Response, WebError> {
    let mut frame = views::frame(visit, FrameKind::Office);
    if let Some(session) = &mut frame.session {
        session.name = Some(officer.to_owned());
    }
    let html = state.engine.html(page, &frame)?;
    Ok((status, Html(html)).into_response())
}

/// To another page of the tenant, by GET.
pub(crate) fn to(visit: &Visit, route: &impl Route) -> Response {
    redirect(&route.href(&visit.mount))
}

/// To a path of ours, by GET.
pub(crate) fn redirect(path: &str) -> Response {
    match HeaderValue::from_str(path) {
        Ok(location) => (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A document or file, never shown inside our origin: saved, sandboxed, not sniffed.
pub(crate) fn download(file_name: &str, media_type: &str, bytes: Vec<u8>) -> Response {
    let plain: String =
        file_name
            .chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') {
                    c
                } else {
                    '_'
                }
            })
            .collect();
    let disposition =
        format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", percent(file_name));
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    if let (Ok(kind), Ok(disposition)) =
        (HeaderValue::from_str(media_type), HeaderValue::from_str(&disposition))
    {
        headers.insert(header::CONTENT_TYPE, kind);
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; sandbox"),
    );
    response
}

fn percent(name: &str) -> String {
    name.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::download;
    use axum::http::header;

    #[test]
    fn a_download_is_never_shown_in_our_origin_and_its_name_cannot_break_the_header() {
        let response = download("caffè \"x\"\r\nSet-Cookie: a.pdf", "application/pdf", vec![1]);
        let disposition = response.headers()[header::CONTENT_DISPOSITION].to_str().unwrap();
        assert!(disposition.starts_with("attachment; filename=\"caff_ _x___Set-Cookie_ a.pdf\""));
        assert!(
            response.headers()[header::CONTENT_SECURITY_POLICY]
                .to_str()
                .unwrap()
                .contains("sandbox")
        );
        assert!(!response.headers().contains_key(header::SET_COOKIE));
    }
}
