//! The page "Demo mailbox": the received mails as a person sees them.

use super::{received::ReceivedMail, sink::Shared};
use axum::{
    Json, Router,
    extract::{Path, Query, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use tokio::net::TcpListener;

mod html;

type Mails = State<Arc<Shared>>;

/// Policy of our own pages: nothing but their style sheet and the framed mail.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; frame-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// Policy of a mail's HTML: no scripts, nothing loaded from anywhere; links open a new tab.
const MAIL_POLICY: &str = "sandbox allow-popups allow-popups-to-escape-sandbox; \
    default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'";
/// Policy of downloads.
const FILE_POLICY: &str = "sandbox; default-src 'none'";

/// Serves the page until the task is dropped.
pub(super) async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let router = Router::new()
        .route("/", get(list))
        .route("/style.css", get(style))
        .route("/mails.json", get(mails_json))
        .route("/mails/{sequence}", get(mail))
        .route("/mails/{sequence}/html", get(mail_html))
        .route("/mails/{sequence}/eml", get(eml))
        .route("/mails/{sequence}/attachments/{number}", get(attachment))
        .with_state(shared);
    // Serving only ends when the listener is gone, and then there is nobody to tell.
    let _ended = axum::serve(listener, router).await;
}

async fn list(State(shared): Mails) -> Response {
    page(html::list(&shared.mailbox.all()))
}

async fn mail(State(shared): Mails, Path(sequence): Path<u64>) -> Response {
    find(&shared, sequence).map_or_else(not_found, |mail| page(html::mail(&mail)))
}

/// Filter of the list for programs.
#[derive(Deserialize)]
struct Wanted {
    /// Recipient; all mails without it.
    to: Option<String>,
}

/// One mail for programs.
#[derive(Serialize)]
struct Listed {
    sequence: u64,
    to: Vec<String>,
    subject: String,
    message_id: String,
    text: String,
    html: String,
}

/// The list for programs, oldest first.
async fn mails_json(State(shared): Mails, Query(wanted): Query<Wanted>) -> Response {
    let is_wanted = |mail: &ReceivedMail| {
        wanted.to.as_ref().is_none_or(|to| mail.to.iter().any(|it| it.eq_ignore_ascii_case(to)))
    };
    let listed = |mail: &ReceivedMail| {
        is_wanted(mail).then(|| Listed {
            sequence: mail.sequence,
            to: mail.to.clone(),
            subject: mail.subject.clone(),
            message_id: mail.message_id.clone(),
            text: mail.text.clone(),
            html: mail.html.clone(),
        })
    };
    (policy(FILE_POLICY), Json(shared.mailbox.select(listed))).into_response()
}

async fn mail_html(State(shared): Mails, Path(sequence): Path<u64>) -> Response {
    let Some(mail) = find(&shared, sequence) else { return not_found() };
    let body = format!("<!doctype html><base target=\"_blank\">{}", mail.html);
    (policy(MAIL_POLICY), Html(body)).into_response()
}

async fn eml(State(shared): Mails, Path(sequence): Path<u64>) -> Response {
    let Some(mail) = find(&shared, sequence) else { return not_found() };
    download("message/rfc822", &format!("{sequence}.eml"), mail.raw)
}

async fn attachment(
    State(shared): Mails,
    Path((sequence, number)): Path<(u64, usize)>,
) -> Response {
    let found = find(&shared, sequence).and_then(|mail| mail.attachments.into_iter().nth(number));
    let Some(file) = found else { return not_found() };
    download(&file.media_type, &file.name, file.bytes)
}

async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css")], include_str!("mailbox_page/style.css")).into_response()
}

fn find(shared: &Shared, sequence: u64) -> Option<ReceivedMail> {
    shared.mailbox.find(|mail| mail.sequence == sequence)
}

fn page(body: String) -> Response {
    (policy(PAGE_POLICY), Html(body)).into_response()
}

fn not_found() -> Response {
    (StatusCode::NOT_FOUND, page(html::not_found())).into_response()
}

fn policy(policy: &'static str) -> [(HeaderName, &'static str); 3] {
    [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
    ]
}

/// A download under its own name, as far as a header can carry it.
fn download(media_type: &str, name: &str, bytes: Vec<u8>) -> Response {
    let safe = |c: char| if c.is_ascii_alphanumeric() || "._- ".contains(c) { c } else { '_' };
    let disposition =
        format!("attachment; filename=\"{}\"", name.chars().map(safe).collect::<String>());
    let value = |text: &str| {
        HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("application/octet-stream"))
    };
    let headers = [
        (header::CONTENT_TYPE, value(media_type)),
        (header::CONTENT_DISPOSITION, value(&disposition)),
    ];
    (policy(FILE_POLICY), headers, bytes).into_response()
}
