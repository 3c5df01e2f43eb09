//! One message to one recipient, and its bytes.

mod address;

use domain::{EmailAddress, Locale};
use jiff::Timestamp;
use lettre::{
    address::Envelope,
    message::{
        Attachment as AttachedPart, Body, Mailbox, MultiPart, MultiPartKind, SinglePart,
        header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue},
    },
};
use std::{fmt, time::SystemTime};

/// Longest subject, display name or file name, in characters.
const MAX_LABEL: usize = 200;
/// Longest Message-ID, in characters: its header stays on one line of legal length.
const MAX_MESSAGE_ID: usize = 250;

// Neither quoted-printable nor base64 can contain `=_`, so these never occur in a part.
const MIXED_BOUNDARY: &str = "=_mixed";
const ALTERNATIVE_BOUNDARY: &str = "=_alternative";

/// What is to be sent. The caller gives everything, so building it again gives the same bytes.
#[derive(Clone)]
pub struct Outgoing {
    /// `<unique@host>`, the same at every try.
    pub message_id: String,
    /// When the mail was caused.
    pub date: Timestamp,
    /// The tenant's sender.
    pub from: Sender,
    /// Where answers go, if not to the sender.
    pub reply_to: Option<EmailAddress>,
    /// The one recipient's address.
    pub to: EmailAddress,
    /// Subject, one line.
    pub subject: String,
    /// The text part.
    pub text: String,
    /// The HTML part.
    pub html: String,
    /// Files to attach.
    pub attachments: Vec<Attachment>,
    /// Language of the texts.
    pub locale: Locale,
}

/// Who a mail comes from.
#[derive(Clone, Debug)]
pub struct Sender {
    /// As families know it, such as "Comune di Prova".
    pub name: String,
    /// Its address, also the one that bounces go to.
    pub address: EmailAddress,
}

/// One attached PDF.
#[derive(Clone)]
pub struct Attachment {
    /// Shown file name, without folders.
    pub file_name: String,
    /// The document.
    pub pdf: Vec<u8>,
}

/// A field that cannot be sent as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BuildError {
    /// An address the library does not take.
    #[error("{0} is not an address mail can be sent with")]
    Address(Field),
    /// A line break or another control character where a header would begin.
    #[error("{0} holds a control character")]
    Control(Field),
    /// Longer than a header may be.
    #[error("{0} is too long")]
    TooLong(Field),
    /// Not a Message-ID.
    #[error("the message id is not of the form <unique@host>")]
    MessageId,
    /// A file name with a folder in it, or none.
    #[error("the file name is not a plain file name")]
    FileName,
    /// Before 1970.
    #[error("the date cannot be written in a mail")]
    Date,
    /// The library refused what these checks let pass.
    #[error("the message cannot be put together")]
    Assembly,
}

/// A field of [`Outgoing`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Sender's name or address.
    From,
    /// Address for answers.
    ReplyTo,
    /// Recipient.
    To,
    /// Subject.
    Subject,
    /// Name of an attached file.
    FileName,
}

/// A message ready for the wire.
pub struct Message {
    pub(crate) envelope: Envelope,
    pub(crate) bytes: Vec<u8>,
}

impl Message {
    /// The whole message, ASCII, lines ended by CR LF.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl fmt::Debug for Outgoing {
    /// The stable id only: the rest is personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outgoing").field("message_id", &self.message_id).finish_non_exhaustive()
    }
}

impl fmt::Debug for Attachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attachment").field("bytes", &self.pdf.len()).finish_non_exhaustive()
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::From => "the sender",
            Self::ReplyTo => "the address for answers",
            Self::To => "the recipient",
            Self::Subject => "the subject",
            Self::FileName => "the file name",
        })
    }
}

/// Builds the message: text and HTML as alternatives, attachments beside them.
///
/// No field can add a header, a recipient or a second message: line breaks and other control
/// characters are refused wherever a header would hold them.
pub fn build(outgoing: &Outgoing) -> Result<Message, BuildError> {
    let from = address::convert(&outgoing.from.address, Field::From)?;
    let to = address::convert(&outgoing.to, Field::To)?;
    label(&outgoing.from.name, Field::From)?;
    label(&outgoing.subject, Field::Subject)?;
    let date = u64::try_from(outgoing.date.as_second()).map_err(|_| BuildError::Date)?;
    let date = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(date);
    let mut builder = lettre::Message::builder()
        .raw_header(message_id(&outgoing.message_id)?)
        .date(date)
        .from(Mailbox::new(Some(outgoing.from.name.clone()), from.clone()))
        .to(Mailbox::new(None, to.clone()))
        .subject(outgoing.subject.clone())
        .raw_header(plain_header("Auto-Submitted", "auto-generated"))
        .raw_header(plain_header("Content-Language", outgoing.locale.tag()));
    if let Some(reply_to) = &outgoing.reply_to {
        let reply_to = address::convert(reply_to, Field::ReplyTo)?;
        builder = builder.reply_to(Mailbox::new(None, reply_to));
    }
    let message = builder.multipart(parts(outgoing)?).map_err(|_| BuildError::Assembly)?;
    let envelope = Envelope::new(Some(from), vec![to]).map_err(|_| BuildError::Assembly)?;
    Ok(Message { envelope, bytes: message.formatted() })
}

fn parts(outgoing: &Outgoing) -> Result<MultiPart, BuildError> {
    let texts = MultiPart::builder()
        .kind(MultiPartKind::Alternative)
        .boundary(ALTERNATIVE_BOUNDARY)
        .singlepart(text_part(&outgoing.text, ContentType::TEXT_PLAIN)?)
        .singlepart(text_part(&outgoing.html, ContentType::TEXT_HTML)?);
    if outgoing.attachments.is_empty() {
        return Ok(texts);
    }
    let mut mixed =
        MultiPart::builder().kind(MultiPartKind::Mixed).boundary(MIXED_BOUNDARY).multipart(texts);
    for attachment in &outgoing.attachments {
        mixed = mixed.singlepart(pdf_part(attachment)?);
    }
    Ok(mixed)
}

/// Quoted-printable whatever the text: short lines, no character the wire could change.
fn text_part(text: &str, kind: ContentType) -> Result<SinglePart, BuildError> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let body = Body::new_with_encoding(text, ContentTransferEncoding::QuotedPrintable);
    Ok(SinglePart::builder().header(kind).body(body.map_err(|_| BuildError::Assembly)?))
}

fn pdf_part(attachment: &Attachment) -> Result<SinglePart, BuildError> {
    let name = &attachment.file_name;
    label(name, Field::FileName)?;
    if name.is_empty() || name.starts_with('.') || name.contains(['/', '\\', '"']) {
        return Err(BuildError::FileName);
    }
    let kind = ContentType::parse("application/pdf").map_err(|_| BuildError::Assembly)?;
    let body = Body::new_with_encoding(attachment.pdf.clone(), ContentTransferEncoding::Base64)
        .map_err(|_| BuildError::Assembly)?;
    Ok(AttachedPart::new(name.clone()).body(body, kind))
}

fn label(text: &str, field: Field) -> Result<(), BuildError> {
    if text.contains(char::is_control) {
        return Err(BuildError::Control(field));
    }
    if text.chars().count() > MAX_LABEL {
        return Err(BuildError::TooLong(field));
    }
    Ok(())
}

/// The id exactly as given: a repeat is recognised by it.
fn message_id(id: &str) -> Result<HeaderValue, BuildError> {
    let inner = id.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    let (left, right) = inner.and_then(|i| i.split_once('@')).ok_or(BuildError::MessageId)?;
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let fine = |part: &str| !part.is_empty() && part.chars().all(allowed);
    if id.len() > MAX_MESSAGE_ID || !fine(left) || !fine(right) {
        return Err(BuildError::MessageId);
    }
    Ok(plain_header("Message-ID", id))
}

/// A header whose value is known to be short and plain ASCII.
fn plain_header(name: &'static str, value: &str) -> HeaderValue {
    let name = HeaderName::new_from_ascii_str(name);
    HeaderValue::dangerous_new_pre_encoded(name, value.to_owned(), value.to_owned())
}

#[cfg(test)]
mod tests;
