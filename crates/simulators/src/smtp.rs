//! An SMTP server that accepts every mail, keeps it and shows it.

mod command;
mod dialogue;
mod failure;
mod mailbox;
mod mailbox_page;
mod received;
mod sink;
mod stored_file;
mod wire;

pub use failure::Failure;
pub use received::{ReceivedAttachment, ReceivedMail};
pub use sink::{Encryption, SinkError, SinkOptions, SmtpSink};

#[cfg(test)]
mod tests;
