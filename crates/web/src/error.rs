//! Failures on their way to a page: a status now, the page in the outermost layer, which knows language and tenant.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::ids::DraftId;
use operations::Failure;
use pages::errors::Problem;

/// What a handler returns when it cannot show its own page.
#[derive(Debug)]
pub(crate) enum WebError {
    /// An operation failed.
    Failure(Failure),
    /// A refusal with its page.
    Problem(Problem),
    /// A page could not be rendered.
    Render(pages::RenderError),
    /// No live session: «sessione scaduta» with what was typed, or the office's sign-in.
    SignedOut { office: bool },
    /// The temporary password must be changed first.
    ChangePasswordFirst(DraftId),
}

impl From<Failure> for WebError {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<Problem> for WebError {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<pages::RenderError> for WebError {
    fn from(error: pages::RenderError) -> Self {
        Self::Render(error)
    }
}

impl WebError {
    /// What the visitor is told.
    pub(crate) fn problem(&self) -> Problem {
        match self {
            Self::Failure(Failure::NotFound | Failure::Forbidden)
            | Self::SignedOut { .. }
            | Self::ChangePasswordFirst(_) => Problem::NotFound,
            Self::Failure(failure) if failure.is_unavailable() => Problem::Unavailable(30),
            Self::Failure(_) | Self::Render(_) => Problem::Internal,
            Self::Problem(problem) => *problem,
        }
    }
}

/// Marks a response as bare; the outermost layer turns it into a page or leads elsewhere.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Refusal {
    /// The page of a problem.
    Problem(Problem),
    /// The family's session is over.
    SessionExpired,
    /// The officer must sign in.
    OfficeSignIn,
    /// The temporary password must be changed first.
    ChangePassword(DraftId),
}

impl IntoResponse for WebError {
    fn into_response(self) -> Response {
        match &self {
            Self::Failure(Failure::NotFound | Failure::Forbidden) => {}
            Self::Failure(failure) => {
                tracing::error!(error = error_chain(failure), "operation failed");
            }
            Self::Render(error) => tracing::error!(error = error_chain(error), "page not rendered"),
            _ => {}
        }
        let refusal = match self {
            Self::SignedOut { office: false } => Refusal::SessionExpired,
            Self::SignedOut { office: true } => Refusal::OfficeSignIn,
            Self::ChangePasswordFirst(draft) => Refusal::ChangePassword(draft),
            _ => Refusal::Problem(self.problem()),
        };
        let problem = self.problem();
        let status =
            StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        if let Some(seconds) = problem.retry_after() {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(refusal);
        response
    }
}

/// An error with its sources on one line; our errors carry codes, never values.
pub(crate) fn error_chain(error: &dyn std::error::Error) -> String {
    let mut line = error.to_string();
    let mut source = error.source();
    while let Some(next) = source {
        line = format!("{line}: {next}");
        source = next.source();
    }
    line
}
