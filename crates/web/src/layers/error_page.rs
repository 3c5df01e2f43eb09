//! The outermost layer: a bare refusal becomes a page in the visitor's language and the comune's look.

use crate::{
    State,
    error::{Refusal, error_chain},
    extract::{Mounted, Place, TypedSlot, locale_of},
    respond, views,
};
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use domain::Locale;
use pages::{
    Frame, FrameKind, Page,
    enrol::SessionExpired,
    errors::{ErrorPage, Problem, Resend},
    office::OfficeSessionExpired,
};
use routes::{Route as _, enrol::ChangePassword, office::OfficeSignIn};

/// What is remembered of a request for the page that may be needed.
pub(crate) struct Context {
    pub(crate) place: Place,
    pub(crate) headers: HeaderMap,
    pub(crate) here: String,
    pub(crate) typed: TypedSlot,
}

/// Turns a bare refusal into a page, or into a way to where the visitor must go first.
pub(crate) fn pages(state: &State, context: &Context, response: Response) -> Response {
    let refusal = response.extensions().get::<Refusal>().copied();
    match refusal.or_else(|| bare(&response).map(Refusal::Problem)) {
        None => response,
        Some(Refusal::OfficeSignIn) => office_sign_in(state, context),
        Some(Refusal::ChangePassword(draft)) => {
            respond::redirect(&ChangePassword { draft }.href(mount(context)))
        }
        Some(Refusal::SessionExpired) => {
            let page = SessionExpired { resend: resend(context) };
            render(state, context, &page, StatusCode::UNAUTHORIZED.into_response())
        }
        Some(Refusal::Problem(problem)) => problem_page(state, context, problem, response),
    }
}

/// To the office's door; whoever was writing keeps what was typed.
fn office_sign_in(state: &State, context: &Context) -> Response {
    match resend(context).filter(|typed| !typed.fields.is_empty()) {
        Some(resend) => {
            let page = OfficeSessionExpired { resend };
            render(state, context, &page, StatusCode::UNAUTHORIZED.into_response())
        }
        None => respond::redirect(&OfficeSignIn {}.href(mount(context))),
    }
}

fn problem_page(
    state: &State,
    context: &Context,
    problem: Problem,
    response: Response,
) -> Response {
    let mut page = ErrorPage::new(problem);
    if let Some(id) = context.headers.get("x-request-id").and_then(|id| id.to_str().ok())
        && problem == Problem::Internal
    {
        page = page.reference(id);
    }
    if keeps_typed(problem)
        && let Some(resend) = resend(context)
    {
        page = page.resend(resend);
    }
    render(state, context, &page, response)
}

fn resend(context: &Context) -> Option<Resend> {
    context.typed.resend(format!("{}{}", mount(context), context.here))
}

/// The page with the bare answer's status and those of its headers that matter.
fn render<P: Page>(state: &State, context: &Context, page: &P, response: Response) -> Response {
    let html = match state.engine.html(page, &frame(context)) {
        Ok(html) => html,
        Err(error) => {
            tracing::error!(error = error_chain(&error), "error page not rendered");
            return response;
        }
    };
    let (parts, _) = response.into_parts();
    let mut answer = (parts.status, Html(html)).into_response();
    for name in [header::RETRY_AFTER, header::ALLOW, header::SET_COOKIE] {
        for value in parts.headers.get_all(&name) {
            answer.headers_mut().append(&name, value.clone());
        }
    }
    answer
}

/// What was typed is given back where sending it again makes sense.
const fn keeps_typed(problem: Problem) -> bool {
    matches!(
        problem,
        Problem::Unavailable(_)
            | Problem::Internal
            | Problem::TooManyRequests(_)
            | Problem::TooLarge
    )
}

/// The problem of an answer that came without a page of its own.
fn bare(response: &Response) -> Option<Problem> {
    let has_own_body = [
        HeaderValue::from_static("text/html; charset=utf-8"),
        HeaderValue::from_static("application/json"),
    ];
    if response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| has_own_body.contains(kind))
    {
        return None;
    }
    let problem = match response.status() {
        StatusCode::BAD_REQUEST => Problem::BadRequest,
        StatusCode::FORBIDDEN => Problem::CrossSite,
        StatusCode::NOT_FOUND => Problem::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => Problem::MethodNotAllowed,
        StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Problem::UnsupportedMedia,
        StatusCode::UNPROCESSABLE_ENTITY => Problem::Unprocessable,
        StatusCode::TOO_MANY_REQUESTS => Problem::TooManyRequests(60),
        StatusCode::REQUEST_TIMEOUT | StatusCode::SERVICE_UNAVAILABLE => Problem::Unavailable(30),
        status if status.is_server_error() => Problem::Internal,
        _ => return None,
    };
    Some(problem)
}

fn mount(context: &Context) -> &str {
    match &context.place {
        Place::Tenant(Mounted { mount, .. }) => mount,
        Place::Shared | Place::Unknown => "",
    }
}

fn frame(context: &Context) -> Frame {
    let jar = CookieJar::from_headers(&context.headers);
    match &context.place {
        Place::Tenant(Mounted { tenant, mount }) => {
            let locale = locale_of(&context.headers, &jar, tenant.locales());
            let office = context.here.starts_with("/ufficio");
            let kind = if office { FrameKind::Office } else { FrameKind::Family };
            views::tenant_frame(tenant, locale, kind, mount, "/")
        }
        Place::Shared | Place::Unknown => {
            let locale = locale_of(&context.headers, &jar, &Locale::ALL);
            Frame::new(FrameKind::Platform, locale, &Locale::ALL, "", "/")
        }
    }
}
