//! What a built message looks like, and what cannot be built.

use super::{Attachment, BuildError, Field, Outgoing, Sender, build};
use domain::{EmailAddress, Locale};

fn outgoing() -> Outgoing {
    Outgoing {
        message_id: "<0197.mail@campanella.example.it>".to_owned(),
        date: "2026-11-21T10:00:00Z".parse().unwrap(),
        from: Sender {
            name: "Comune di Prova".to_owned(),
            address: "scuola@comune.example.it".parse().unwrap(),
        },
        reply_to: None,
        to: "anna.prova@example.it".parse().unwrap(),
        subject: "Il tuo codice".to_owned(),
        text: "Ciao\n".to_owned(),
        html: "<p>Ciao</p>".to_owned(),
        attachments: Vec::new(),
        locale: Locale::It,
    }
}

fn text_of(outgoing: &Outgoing) -> String {
    String::from_utf8(build(outgoing).unwrap().bytes().to_vec()).unwrap()
}

#[test]
fn headers_are_as_given_and_the_bytes_repeat() {
    let mail = Outgoing { reply_to: Some("urp@comune.example.it".parse().unwrap()), ..outgoing() };
    let text = text_of(&mail);
    for line in [
        "Message-ID: <0197.mail@campanella.example.it>\r\n",
        "Date: Sat, 21 Nov 2026 10:00:00 +0000\r\n",
        "From: \"Comune di Prova\" <scuola@comune.example.it>\r\n",
        "Reply-To: urp@comune.example.it\r\n",
        "To: anna.prova@example.it\r\n",
        "Subject: Il tuo codice\r\n",
        "Auto-Submitted: auto-generated\r\n",
        "Content-Language: it\r\n",
        "MIME-Version: 1.0\r\n",
        "Content-Type: multipart/alternative; boundary=\"=_alternative\"\r\n",
    ] {
        assert!(text.contains(line), "missing {line:?} in\n{text}");
    }
    assert_eq!(text, text_of(&mail));
}

#[test]
fn beyond_ascii_is_encoded_and_lines_stay_short() {
    let mail = Outgoing {
        subject: "Perché è così ".repeat(10),
        text: format!("{}\n.\n..fine", "à".repeat(3000)),
        from: Sender { name: "Città di Prova".to_owned(), ..outgoing().from },
        to: "anna@prová.example.it".parse().unwrap(),
        ..outgoing()
    };
    let text = text_of(&mail);
    assert!(text.is_ascii() && text.contains("To: anna@xn--"));
    assert!(text.split("\r\n").all(|line| line.len() <= 78 && !line.contains(['\r', '\n'])));
}

#[test]
fn line_breaks_and_nul_are_refused_in_every_header_field() {
    for bad in ["\r\nBcc: altra@example.it", "\nX: y", "\r", "\0", "\r\n\r\ncorpo", "\u{85}"] {
        let add = |text: &str| format!("{text}{bad}");
        let base = outgoing();
        let named = Sender { name: add("Comune"), ..base.from.clone() };
        let pdf = Attachment { file_name: add("a.pdf"), pdf: vec![1] };
        let cases = [
            (Outgoing { subject: add("Oggetto"), ..base.clone() }, Field::Subject),
            (Outgoing { from: named, ..base.clone() }, Field::From),
            (Outgoing { attachments: vec![pdf], ..base.clone() }, Field::FileName),
        ];
        for (mail, field) in cases {
            assert_eq!(build(&mail).err(), Some(BuildError::Control(field)), "{bad:?}");
        }
        let mail = Outgoing { message_id: add("<a@b>"), ..base };
        assert_eq!(build(&mail).err(), Some(BuildError::MessageId), "{bad:?}");
        let address: Result<EmailAddress, _> = add("anna.prova@example.it").parse();
        assert!(address.is_err(), "{bad:?}");
    }
}

#[test]
fn bodies_cannot_become_headers_or_parts() {
    let hostile = "\r\n--=_alternative--\r\n\r\n.\r\nMAIL FROM:<x@example.it>\rBcc: y\nfine";
    let mail = Outgoing { text: hostile.to_owned(), html: hostile.to_owned(), ..outgoing() };
    let text = text_of(&mail);
    assert_eq!(text.matches("\r\n--=_alternative--").count(), 1);
    assert_eq!(text.matches("\r\n--=_alternative\r\n").count(), 2);
    assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
}

#[test]
fn whatever_address_there_is_it_is_exactly_one_recipient() {
    for to in [
        "anna.prova+scuola@example.it",
        "a'b@sub.example.it",
        "{anna|prova}=x@example.it",
        "Anna@PROVÀ.example.it",
        "!#$%&'*+-/=?^_`{|}~@example.it",
    ] {
        let to: EmailAddress = to.parse().unwrap();
        let message = build(&Outgoing { to: to.clone(), ..outgoing() }).unwrap();
        let recipients = message.envelope.to();
        assert_eq!(recipients.len(), 1);
        assert_eq!(recipients[0].to_string(), to.as_str());
        let text = String::from_utf8(message.bytes).unwrap();
        assert!(text.contains(&format!("\r\nTo: {}\r\n", to.as_str())), "{text}");
    }
}

#[test]
fn ids_and_file_names_have_one_form() {
    for id in ["a@b", "<a>", "<a@b", "<@b>", "<a@>", "<a b@c>", "<a@b@c>", "<à@b>", "<a@b>>"] {
        let mail = Outgoing { message_id: id.to_owned(), ..outgoing() };
        assert_eq!(build(&mail).err(), Some(BuildError::MessageId), "{id}");
    }
    for name in ["", "../a.pdf", "a/b.pdf", "a\\b.pdf", ".a", "a\".pdf"] {
        let pdf = Attachment { file_name: name.to_owned(), pdf: Vec::new() };
        let mail = Outgoing { attachments: vec![pdf], ..outgoing() };
        assert_eq!(build(&mail).err(), Some(BuildError::FileName), "{name}");
    }
    let mail = Outgoing { subject: "x".repeat(201), ..outgoing() };
    assert_eq!(build(&mail).err(), Some(BuildError::TooLong(Field::Subject)));
    let mail = Outgoing { date: "1969-12-31T00:00:00Z".parse().unwrap(), ..outgoing() };
    assert_eq!(build(&mail).err(), Some(BuildError::Date));
}

#[test]
fn debug_shows_nothing_personal() {
    let pdf = Attachment { file_name: "anna-prova.pdf".to_owned(), pdf: vec![1, 2] };
    let mail = Outgoing { attachments: vec![pdf.clone()], ..outgoing() };
    let shown = format!("{mail:?} {pdf:?}");
    assert!(!shown.to_lowercase().contains("anna") && !shown.contains("codice"), "{shown}");
}
