//! What went wrong, and what to do: one page for every refusal.

use crate::{Message, Page, Sample, Typed};
use jiff::Timestamp;
use serde::Serialize;

/// A refusal. The handler sets the status from [`Problem::status`] and `Retry-After` where given.
#[derive(Clone, Debug, Serialize)]
pub struct ErrorPage {
    /// Heading.
    pub title: Message,
    /// What happened.
    pub text: Message,
    /// What to do.
    pub advice: Message,
    /// The request's id, for the office and the log; never personal.
    pub reference: Option<String>,
    /// What was typed, to be sent again with one press.
    pub resend: Option<Resend>,
}

/// A form's content kept in the page. Files cannot be kept by the browser.
#[derive(Clone, Serialize)]
pub struct Resend {
    /// Where the form goes.
    pub href: String,
    /// Whether it was a form with files.
    pub multipart: bool,
    /// Names and values as typed, secrets left out.
    pub fields: Vec<ResendField>,
}

/// One value to send again.
#[derive(Clone, Serialize)]
pub struct ResendField {
    /// Name of the control.
    pub name: String,
    /// What was typed.
    pub value: String,
}

/// Typed text is personal: it must not reach a log through `{:?}`.
impl std::fmt::Debug for Resend {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Resend({} fields)", self.fields.len())
    }
}

/// The refusals a visitor can meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The request cannot be read.
    BadRequest,
    /// The post came from another site.
    CrossSite,
    /// No such page, or not for this visitor.
    NotFound,
    /// No comune at this host or path.
    UnknownTenant,
    /// The page exists but does not take this method.
    MethodNotAllowed,
    /// The body is too large.
    TooLarge,
    /// The body is of a type the page does not take.
    UnsupportedMedia,
    /// What was sent makes no sense on this page.
    Unprocessable,
    /// Too many attempts; seconds until the next one counts.
    TooManyRequests(u64),
    /// A mistake of ours.
    Internal,
    /// The platform is busy or the database is away; seconds until a retry makes sense.
    Unavailable(u64),
}

impl Problem {
    /// The HTTP status.
    pub const fn status(self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::CrossSite => 403,
            Self::NotFound | Self::UnknownTenant => 404,
            Self::MethodNotAllowed => 405,
            Self::TooLarge => 413,
            Self::UnsupportedMedia => 415,
            Self::Unprocessable => 422,
            Self::TooManyRequests(_) => 429,
            Self::Internal => 500,
            Self::Unavailable(_) => 503,
        }
    }

    /// Seconds for `Retry-After`.
    pub const fn retry_after(self) -> Option<u64> {
        match self {
            Self::TooManyRequests(seconds) | Self::Unavailable(seconds) => Some(seconds),
            _ => None,
        }
    }

    /// Keys of heading, text and advice.
    const fn keys(self) -> [&'static str; 3] {
        match self {
            Self::BadRequest => {
                ["errors.bad_request.title", "errors.bad_request.text", "errors.bad_request.advice"]
            }
            Self::CrossSite => {
                ["errors.cross_site.title", "errors.cross_site.text", "errors.cross_site.advice"]
            }
            Self::NotFound => {
                ["errors.not_found.title", "errors.not_found.text", "errors.not_found.advice"]
            }
            Self::UnknownTenant => [
                "errors.unknown_tenant.title",
                "errors.unknown_tenant.text",
                "errors.unknown_tenant.advice",
            ],
            Self::MethodNotAllowed => [
                "errors.method_not_allowed.title",
                "errors.method_not_allowed.text",
                "errors.method_not_allowed.advice",
            ],
            Self::TooLarge => {
                ["errors.too_large.title", "errors.too_large.text", "errors.too_large.advice"]
            }
            Self::UnsupportedMedia => [
                "errors.unsupported_media.title",
                "errors.unsupported_media.text",
                "errors.unsupported_media.advice",
            ],
            Self::Unprocessable => [
                "errors.unprocessable.title",
                "errors.unprocessable.text",
                "errors.unprocessable.advice",
            ],
            Self::TooManyRequests(_) => [
                "errors.too_many_requests.title",
                "errors.too_many_requests.text",
                "errors.too_many_requests.advice",
            ],
            Self::Internal => {
                ["errors.internal.title", "errors.internal.text", "errors.internal.advice"]
            }
            Self::Unavailable(_) => {
                ["errors.unavailable.title", "errors.unavailable.text", "errors.unavailable.advice"]
            }
        }
    }
}

impl ErrorPage {
    /// The page for a problem.
    pub fn new(problem: Problem) -> Self {
        let [title, text, advice] = problem.keys().map(Message::new);
        // Minutes are what people count in; a wait is never shown shorter than it is.
        let minutes = problem.retry_after().map_or(0, |seconds| seconds.div_ceil(60).max(1));
        Self { title, text, advice: advice.with("minutes", minutes), reference: None, resend: None }
    }

    /// The same page with the request's id.
    #[must_use]
    pub fn reference(mut self, id: impl Into<String>) -> Self {
        self.reference = Some(id.into());
        self
    }

    /// The same page with what was typed, ready to be sent again.
    #[must_use]
    pub fn resend(mut self, resend: Resend) -> Self {
        self.resend = Some(resend);
        self
    }
}

impl Page for ErrorPage {
    const TEMPLATE: &'static str = "errors/error.html";

    fn typed(&self) -> Typed {
        if self.resend.is_some() { Typed::OnlyHere } else { Typed::Nothing }
    }

    fn samples(_now: Timestamp) -> Vec<Sample<Self>> {
        let resend = Resend {
            href: "/montesole/iscrizioni/nuova".into(),
            multipart: false,
            fields: vec![ResendField {
                name: "pupil_name".into(),
                value: "Luca \"Lu\" <Esempio>\nprova".into(),
            }],
        };
        let page = |name, problem| Sample::new(name, Self::new(problem));
        vec![
            page("bad_request", Problem::BadRequest),
            page("cross_site", Problem::CrossSite),
            page("not_found", Problem::NotFound),
            page("unknown_tenant", Problem::UnknownTenant),
            page("method_not_allowed", Problem::MethodNotAllowed),
            page("too_large", Problem::TooLarge),
            page("unsupported_media", Problem::UnsupportedMedia),
            page("unprocessable", Problem::Unprocessable),
            page("too_many_requests", Problem::TooManyRequests(90)),
            Sample::new("internal", Self::new(Problem::Internal).reference("0198c0de-1")),
            page("unavailable", Problem::Unavailable(30)),
            Sample::new("unavailable_resend", Self::new(Problem::Unavailable(30)).resend(resend)),
        ]
    }
}
