//! Mails as types: subject, text and HTML from three templates that share one struct.

mod messages;

pub use messages::{
    ApplicationConfirmed, ApplicationRefused, ApplicationSubmitted, DraftSaved, EmailCode,
    PasswordLink,
};

use crate::{Contacts, Engine, RenderError, Sample};
use domain::Locale;
use jiff::Timestamp;
use serde::Serialize;

/// A mail: its struct holds the variables of its three templates.
pub trait Mail: Serialize + Sized {
    /// Folder below `templates/mail/`.
    const STEM: &'static str;
    /// The three templates: subject, text, HTML.
    const TEMPLATES: [&'static str; 3];
    /// The states worth looking at.
    fn samples(now: Timestamp) -> Vec<Sample<Self>>;
}

/// What surrounds every mail.
#[derive(Clone, Debug, Serialize)]
pub struct MailFrame {
    /// Language of the family.
    pub locale: Locale,
    /// Writing direction.
    pub dir: &'static str,
    /// The comune's name.
    pub tenant: String,
    /// The office that signs.
    pub office: String,
    /// Brand colour, `#rrggbb`.
    pub colour: String,
    /// How to reach the office.
    pub contacts: Contacts,
    /// Address of the start page, from the tenant's settings and never from a request.
    pub start_href: String,
}

/// A mail ready for the message builder.
#[derive(Clone)]
pub struct RenderedMail {
    /// One line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// HTML.
    pub html: String,
}

/// A mail is personal: it must not reach a log through `{:?}`.
impl std::fmt::Debug for RenderedMail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RenderedMail(…)")
    }
}

impl Engine {
    /// The mail with its three parts.
    ///
    /// # Errors
    /// When a template asks for something the mail does not have.
    pub fn mail<M: Mail>(&self, mail: &M, frame: &MailFrame) -> Result<RenderedMail, RenderError> {
        let part = |template| {
            self.render(template, mail, |context| {
                context.insert("mail_frame", frame);
                context.insert("locale", frame.locale.tag());
            })
        };
        let [subject, text, html] = M::TEMPLATES;
        // A subject is one line whatever its arguments hold.
        let subject = part(subject)?.split_whitespace().collect::<Vec<_>>().join(" ");
        Ok(RenderedMail { subject, text: closed(&part(text)?), html: part(html)? })
    }
}

/// A paragraph that is left out leaves empty lines behind: no more than one stays.
fn closed(text: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for line in text.trim().lines().map(str::trim_end) {
        if !(line.is_empty() && kept.last().is_some_and(|last| last.is_empty())) {
            kept.push(line);
        }
    }
    kept.join("\n") + "\n"
}
