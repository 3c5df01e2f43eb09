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

    /// A failure while this mail was offered.
    pub(crate) fn while_sending(error: &smtp::Error) -> Self {
        let code = code(error);
        match code {
            // "Authenticate first" and its kin are about us, not about the mail.
            Code::Reply(530 | 534 | 535 | 538) => Self::Retry { code: Code::Credentials },
            Code::Reply(500..=599) | Code::Address => Self::GiveUp { code },
            _ => Self::Retry { code },
        }
    }
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
