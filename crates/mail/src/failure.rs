//! Why a mail was not sent, and whether another try makes sense.

use crate::message::BuildError;
use lettre::transport::smtp;
use std::{error::Error as _, fmt, io};

/// A mail that was not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// The cause may pass: try again later. The message may even have arrived.
    #[error("mail not sent, to be tried again: {code}")]
    Retry {
        /// What happened.
        code: Code,
    },
    /// The cause will not pass: tell a person.
    #[error("mail not sent, given up: {code}")]
    GiveUp {
        /// What happened.
        code: Code,
    },
}

/// What happened, in a form fit for logs and tables: no address, no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// The server's reply code.
    Reply(u16),
    /// The server could not be reached, or the connection broke.
    Connection,
    /// The server was too slow.
    Timeout,
    /// No encrypted connection that can be trusted.
    Tls,
    /// The server refused our user or password, or offers no way to present them.
    Credentials,
    /// An address that no mail can be sent to or from; also for the caller whose stored address
    /// no longer parses.
    Address,
    /// A message that cannot be built.
    Content,
}

impl Code {
    /// Short form, such as `smtp_550`.
    pub fn as_text(self) -> String {
        match self {
            Self::Reply(code) => format!("smtp_{code}"),
            Self::Connection => "connection".to_owned(),
            Self::Timeout => "timeout".to_owned(),
            Self::Tls => "tls".to_owned(),
            Self::Credentials => "credentials".to_owned(),
            Self::Address => "address".to_owned(),
            Self::Content => "content".to_owned(),
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.as_text())
    }
}

impl SendError {
    /// What happened.
    pub fn code(self) -> Code {
        match self {
            Self::Retry { code } | Self::GiveUp { code } => code,
        }
    }

    /// Whether another try makes sense.
    pub fn is_retry(self) -> bool {
        matches!(self, Self::Retry { .. })
    }

    pub(crate) const TIMEOUT: Self = Self::Retry { code: Code::Timeout };

    /// A failure before any mail was offered. It says nothing about the mail, whatever its reply
    /// code, so it is always worth another try: the operator or the relay will mend it.
    pub(crate) fn while_connecting(error: &smtp::Error) -> Self {
        Self::Retry { code: code(error) }
    }

    /// A failure while this mail was offered. Only what is wrong with its recipient or its content is final; whatever
    /// is wrong between the relay and us gets mended, and the mail must not be lost meanwhile.
    pub(crate) fn while_offering(stage: Stage, error: &smtp::Error) -> Self {
        let code = code(error);
        let about_us = || error.source().is_some_and(|text| is_about_us(&text.to_string()));
        match code {
            // "Authenticate first" and its kin are about us, not about the mail.
            Code::Reply(530 | 534 | 535 | 538) => Self::Retry { code: Code::Credentials },
            Code::Reply(reply @ 500..=599) if stage.is_final(reply) && !about_us() => {
                Self::GiveUp { code }
            }
            _ => Self::Retry { code },
        }
    }
}

/// What the relay was answering to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Who sends it.
    Sender,
    /// Whom it is for.
    Recipient,
    /// Whether its content may come.
    Data,
    /// The content.
    Content,
}

impl Stage {
    /// Whether a permanent refusal at this stage is one of the mail itself. 500 to 504 mean that we misunderstand each
    /// other; 554 to a recipient is how relays say that they relay nothing for us (RFC 5321, section 4.2.2).
    fn is_final(self, reply: u16) -> bool {
        match self {
            Self::Sender | Self::Data => false,
            Self::Recipient => !matches!(reply, 500 | 502..=504 | 554),
            Self::Content => !matches!(reply, 500..=504),
        }
    }
}

/// Whether the enhanced status in front of the text (RFC 3463) speaks of a bad sender (x.1.7, x.1.8) or of policy
/// (x.7): relays that wait with their verdict on the sender give it to the recipient or to the content.
fn is_about_us(text: &str) -> bool {
    let mut parts = text.split_whitespace().next().unwrap_or_default().split('.');
    matches!(
        (parts.next(), parts.next(), parts.next()),
        (Some("5"), Some("7"), Some(_)) | (Some("5"), Some("1"), Some("7" | "8"))
    )
}

impl From<BuildError> for SendError {
    fn from(error: BuildError) -> Self {
        let code = match error {
            BuildError::Address(_) => Code::Address,
            _ => Code::Content,
        };
        Self::GiveUp { code }
    }
}

fn code(error: &smtp::Error) -> Code {
    match error.status().map(u16::from) {
        Some(reply) => Code::Reply(reply),
        None if error.is_timeout() => Code::Timeout,
        None if error.is_tls() || is_handshake(error) => Code::Tls,
        None => Code::Connection,
    }
}

/// A failed handshake reaches us as an I/O error about invalid data.
fn is_handshake(error: &smtp::Error) -> bool {
    let mut source = error.source();
    while let Some(cause) = source {
        if let Some(io) = cause.downcast_ref::<io::Error>() {
            return io.kind() == io::ErrorKind::InvalidData;
        }
        source = cause.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::is_about_us;

    #[test]
    fn a_late_verdict_on_the_sender_is_told_from_one_on_the_recipient() {
        for text in [
            "5.7.1 <x>: Sender address rejected: not owned by user",
            "5.7.26 unauthenticated sender",
            "5.1.8 domain of sender not found",
        ] {
            assert!(is_about_us(text), "{text}");
        }
        for text in ["5.1.1 no such user", "5.2.1 mailbox disabled", "5.7 no", "no such user", ""] {
            assert!(!is_about_us(text), "{text}");
        }
    }
}
