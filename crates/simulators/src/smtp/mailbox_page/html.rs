//! HTML of the mailbox page, small enough to need no template engine.

use crate::smtp::ReceivedMail;
use std::fmt::Write as _;

/// All mails, newest first; the browser asks again every few seconds.
pub(super) fn list(mails: &[ReceivedMail]) -> String {
    let mut rows = String::new();
    for mail in mails.iter().rev() {
        let files = match mail.attachments.len() {
            0 => String::new(),
            1 => " <small>with 1 file</small>".to_owned(),
            many => format!(" <small>with {many} files</small>"),
        };
        let _ = write!(
            rows,
            "<li><a href=\"/mails/{sequence}\"><b>{subject}{files}</b>\
             <span>to {to}</span><span>{from}</span><time>{date}</time></a></li>",
            sequence = mail.sequence,
            subject = escape(subject(mail)),
            to = escape(&mail.to.join(", ")),
            from = escape(&mail.shown_from),
            date = escape(&mail.date),
        );
    }
    let body = if rows.is_empty() {
        "<p>No mail yet. This page looks again every few seconds.</p>".to_owned()
    } else {
        format!("<ol reversed>{rows}</ol>")
    };
    layout("Demo mailbox", "<meta http-equiv=\"refresh\" content=\"5\">", &body)
}

/// One mail: header, text, HTML in a frame of its own, attachments.
pub(super) fn mail(mail: &ReceivedMail) -> String {
    let mut body = format!(
        "<p><a href=\"/\">All mails</a></p><h2>{subject}</h2><dl>\
         <dt>From</dt><dd>{from}</dd><dt>To</dt><dd>{to}</dd><dt>Date</dt><dd>{date}</dd></dl>",
        subject = escape(subject(mail)),
        from = escape(&mail.shown_from),
        to = escape(&mail.shown_to),
        date = escape(&mail.date),
    );
    body.push_str(&files(mail));
    if !mail.html.is_empty() {
        let _ = write!(
            body,
            "<h3>As HTML</h3><iframe title=\"The mail as HTML\" src=\"/mails/{}/html\" \
             sandbox=\"allow-popups allow-popups-to-escape-sandbox\"></iframe>",
            mail.sequence
        );
    }
    if !mail.text.is_empty() {
        let _ = write!(body, "<h3>As text</h3><pre>{}</pre>", escape(&mail.text));
    }
    layout(&format!("{} – Demo mailbox", subject(mail)), "", &body)
}

/// A mail that is not there.
pub(super) fn not_found() -> String {
    layout("Demo mailbox", "", "<p>This mail is not here. <a href=\"/\">All mails</a></p>")
}

fn files(mail: &ReceivedMail) -> String {
    let mut items = String::new();
    for (number, file) in mail.attachments.iter().enumerate() {
        let _ = write!(
            items,
            "<li><a href=\"/mails/{}/attachments/{number}\">{}</a> ({}, {} bytes)</li>",
            mail.sequence,
            escape(&file.name),
            escape(&file.media_type),
            file.bytes.len()
        );
    }
    let _ = write!(
        items,
        "<li><a href=\"/mails/{}/eml\">The whole mail (.eml)</a></li>",
        mail.sequence
    );
    format!("<ul class=\"files\">{items}</ul>")
}

fn subject(mail: &ReceivedMail) -> &str {
    if mail.subject.is_empty() { "(no subject)" } else { &mail.subject }
}

fn layout(title: &str, head: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">{head}\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title}</title><link rel=\"stylesheet\" href=\"/style.css\"></head>\
         <body><header><h1>Demo mailbox</h1>\
         <p>Mails sent by this demo. None of them left this machine.</p></header>\
         <main>{body}</main></body></html>",
        title = escape(title),
    )
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
