//! A received mail, raw and as a person sees it.

use mail_parser::{Addr, Address, Message, MessageParser, MessagePart, MimeHeaders as _};

/// One delivered mail.
#[derive(Clone, Debug)]
pub struct ReceivedMail {
    /// Position in the mailbox, from 1.
    pub sequence: u64,
    /// Sender of the envelope; empty for a bounce.
    pub from: String,
    /// Recipients of the envelope.
    pub to: Vec<String>,
    /// The message as it came over the wire, dots unstuffed.
    pub raw: Vec<u8>,
    /// `From` as shown to a person.
    pub shown_from: String,
    /// `To` as shown to a person.
    pub shown_to: String,
    /// Decoded subject.
    pub subject: String,
    /// `Date` as the sender wrote it.
    pub date: String,
    /// Text part, line ends as LF; empty where there is none.
    pub text: String,
    /// HTML part; empty where there is none.
    pub html: String,
    /// The attached files.
    pub attachments: Vec<ReceivedAttachment>,
    /// Message-ID with its angle brackets.
    pub message_id: String,
}

/// One attached file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedAttachment {
    /// File name.
    pub name: String,
    /// Media type, such as `application/pdf`.
    pub media_type: String,
    /// Decoded content.
    pub bytes: Vec<u8>,
}

impl ReceivedMail {
    /// Reads a message; `None` when it has no readable header at all.
    pub(super) fn parse(from: String, to: Vec<String>, raw: Vec<u8>) -> Option<Self> {
        let message = MessageParser::default().parse(&raw)?;
        let raw_header = |name| message.header_raw(name).unwrap_or_default().trim().to_owned();
        let mail = Self {
            sequence: 0,
            from,
            to,
            shown_from: shown(message.from()),
            shown_to: shown(message.to()),
            subject: message.subject().unwrap_or_default().to_owned(),
            date: raw_header("Date"),
            text: body(&message, Kind::Plain).replace("\r\n", "\n"),
            html: body(&message, Kind::Html),
            attachments: attachments(&message),
            message_id: raw_header("Message-ID"),
            raw: Vec::new(),
        };
        Some(Self { raw, ..mail })
    }

    /// A header's value as written, unfolded; `None` when the mail has no such header.
    pub fn header(&self, name: &str) -> Option<String> {
        let message = MessageParser::default().parse(&self.raw)?;
        let value = message.header_raw(name.to_owned())?;
        Some(value.replace("\r\n", "").trim().to_owned())
    }
}

/// The addresses of a header that has none of its own envelope.
pub(super) fn header_addresses(raw: &[u8]) -> (String, Vec<String>) {
    let Some(message) = MessageParser::default().parse(raw) else { return Default::default() };
    let list = |address: Option<&Address<'_>>| -> Vec<String> {
        let found = address.into_iter().flat_map(Address::iter);
        found.filter_map(|addr| addr.address().map(str::to_owned)).collect()
    };
    (list(message.from()).into_iter().next().unwrap_or_default(), list(message.to()))
}

fn shown(address: Option<&Address<'_>>) -> String {
    let one = |addr: &Addr<'_>| match (addr.name(), addr.address()) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (name, address) => address.or(name).unwrap_or_default().to_owned(),
    };
    address.map(|all| all.iter().map(one).collect::<Vec<_>>().join(", ")).unwrap_or_default()
}

#[derive(PartialEq, Eq)]
enum Kind {
    Plain,
    Html,
}

/// The first text part of the wanted kind that is not an attachment.
fn body(message: &Message<'_>, wanted: Kind) -> String {
    let mut parts = message.text_bodies().chain(message.html_bodies());
    let is_wanted =
        |part: &&MessagePart<'_>| part.is_text() && part.is_text_html() == (wanted == Kind::Html);
    let found = parts.find(is_wanted).and_then(|part| part.text_contents());
    found.unwrap_or_default().to_owned()
}

fn attachments(message: &Message<'_>) -> Vec<ReceivedAttachment> {
    let one = |part: &MessagePart<'_>| ReceivedAttachment {
        name: part.attachment_name().unwrap_or("unnamed").to_owned(),
        media_type: part.content_type().map_or_else(
            || "application/octet-stream".to_owned(),
            |kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or("octet-stream")),
        ),
        bytes: part.contents().to_vec(),
    };
    message.attachments().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::ReceivedMail;

    const MAIL: &[u8] = b"From: =?utf-8?Q?Citt=C3=A0_di_Prova?= <ufficio@example.it>\r\n\
        To: anna.prova@example.it\r\nSubject: =?utf-8?B?UGVyY2jDqQ==?=\r\n\
        Message-ID: <uno@example.it>\r\nDate: Sat, 21 Nov 2026 10:00:00 +0000\r\n\
        MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n\
        --m\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n\
        --a\r\nContent-Type: text/plain; charset=utf-8\r\n\
        Content-Transfer-Encoding: quoted-printable\r\n\r\nperch=C3=A9\r\nno\r\n\
        --a\r\nContent-Type: text/html\r\n\r\n<p>si</p>\r\n--a--\r\n\
        --m\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\
        Content-Disposition: attachment; filename=\"lettera.pdf\"\r\n\r\nJVBERg==\r\n--m--\r\n";

    #[test]
    fn shows_what_a_person_sees() {
        let mail = ReceivedMail::parse(String::new(), Vec::new(), MAIL.to_vec()).unwrap();
        assert_eq!(mail.shown_from, "Città di Prova <ufficio@example.it>");
        assert_eq!((mail.subject.as_str(), mail.text.as_str()), ("Perché", "perché\nno"));
        assert_eq!(mail.html, "<p>si</p>");
        assert_eq!(mail.message_id, "<uno@example.it>");
        assert_eq!(mail.attachments.len(), 1);
        assert_eq!(mail.attachments[0].name, "lettera.pdf");
        assert_eq!(mail.attachments[0].media_type, "application/pdf");
        assert_eq!(mail.attachments[0].bytes, b"%PDF");
        assert_eq!(mail.header("date").unwrap(), "Sat, 21 Nov 2026 10:00:00 +0000");
        assert_eq!(mail.header("reply-to"), None);
    }
}
