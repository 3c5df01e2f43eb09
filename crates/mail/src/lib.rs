//! Outgoing mail: building one message, sending it over SMTP, and when to try again.
//!
//! One [`Outgoing`] is one message to one recipient. The caller gives its Message-ID and date,
//! so a repeated delivery is the same message and never a second one. Nothing here logs, and no
//! error carries an address or a text.

mod backoff;
mod failure;
mod message;
mod settings;
mod transport;

pub use backoff::{MAX_TRIES, backoff};
pub use failure::{Code, SendError};
pub use message::{Attachment, BuildError, Field, Message, Outgoing, Sender, build};
pub use settings::{Settings, SettingsError};
pub use transport::Transport;
