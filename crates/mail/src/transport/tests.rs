//! The transport against a real mail server on a real socket.

use super::Transport;
use crate::{Attachment, Code, Outgoing, SendError, Sender, Settings};
use domain::Locale;
use simulators::smtp::{Encryption, Failure, SinkOptions, SmtpSink};
use std::{path::PathBuf, time::Duration};

const TO: &str = "anna.prova@example.it";

fn outgoing(unique: &str) -> Outgoing {
    Outgoing {
        message_id: format!("<{unique}@campanella.example.it>"),
        date: "2026-11-21T10:00:00Z".parse().unwrap(),
        from: Sender {
            name: "Città di Prova".to_owned(),
            address: "scuola@comune.example.it".parse().unwrap(),
        },
        reply_to: None,
        to: TO.parse().unwrap(),
        subject: "Perché: il tuo codice".to_owned(),
        text: "Ciao\n".to_owned(),
        html: "<p>Ciao</p>".to_owned(),
        attachments: Vec::new(),
        locale: Locale::En,
    }
}

async fn sink(encryption: Encryption) -> SmtpSink {
    SmtpSink::start(SinkOptions { encryption, ..SinkOptions::default() }).await.unwrap()
}

fn settings(scheme: &str, sink: &SmtpSink) -> Settings {
    Settings { timeout_seconds: 5, ..Settings::new(format!("{scheme}://{}", sink.addr())) }
}

fn plain(sink: &SmtpSink) -> Transport {
    Transport::new(&settings("smtp", sink)).unwrap()
}

/// The sink's certificate as a file, and the folder that keeps it.
fn ca_file(sink: &SmtpSink) -> (tempfile::TempDir, Option<PathBuf>) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ca.pem");
    std::fs::write(&path, sink.root_certificate_pem().unwrap()).unwrap();
    (dir, Some(path))
}

const fn retry(code: Code) -> Result<(), SendError> {
    Err(SendError::Retry { code })
}

const fn give_up(code: Code) -> Result<(), SendError> {
    Err(SendError::GiveUp { code })
}

#[tokio::test]
async fn a_mail_arrives_as_it_was_meant() {
    let sink = sink(Encryption::None).await;
    let pdf: Vec<u8> = (0..=255).cycle().take(100_000).chain(*b"\r\n.\r\n.\n\r").collect();
    let text = ".\n..\n.fine\nCittà\n\n.\n";
    let mail = Outgoing {
        text: text.to_owned(),
        html: "<p>Città</p>\n.\n<p>fine</p>".to_owned(),
        attachments: vec![
            Attachment { file_name: "lettera perché.pdf".to_owned(), pdf: pdf.clone() },
            Attachment { file_name: "riepilogo.pdf".to_owned(), pdf: Vec::new() },
        ],
        ..outgoing("uno")
    };
    plain(&sink).send(&mail).await.unwrap();
    let received = sink.messages().pop().unwrap();
    assert_eq!(received.from, "scuola@comune.example.it");
    assert_eq!(received.to, [TO]);
    assert_eq!(received.shown_from, "Città di Prova <scuola@comune.example.it>");
    assert_eq!(received.subject, "Perché: il tuo codice");
    assert_eq!(received.message_id, "<uno@campanella.example.it>");
    assert_eq!(received.text.trim_end(), text.trim_end());
    assert_eq!(received.html.replace("\r\n", "\n").trim_end(), mail.html);
    assert_eq!(received.header("Auto-Submitted").unwrap(), "auto-generated");
    assert_eq!(received.header("Content-Language").unwrap(), "en");
    assert_eq!(received.attachments.len(), 2);
    assert_eq!(received.attachments[0].name, "lettera perché.pdf");
    assert_eq!(received.attachments[0].media_type, "application/pdf");
    assert!(received.attachments[0].bytes == pdf, "the attachment came back changed");
    assert!(received.attachments[1].bytes.is_empty());
}

#[tokio::test]
async fn a_hostile_text_stays_one_message_to_one_recipient() {
    let sink = sink(Encryption::None).await;
    let hostile = "a\r\n.\r\nMAIL FROM:<x@example.it>\r\nRCPT TO:<y@example.it>\r\nDATA\r\n\
                   a\n.\nb\r.\rc\r\n.\n\n.\r\nQUIT\r\n";
    let mail =
        Outgoing { text: hostile.to_owned(), html: hostile.to_owned(), ..outgoing("ostile") };
    let transport = plain(&sink);
    transport.send(&mail).await.unwrap();
    transport.send(&outgoing("dopo")).await.unwrap();
    let recipients: Vec<_> = sink.messages().into_iter().map(|mail| mail.to).collect();
    assert_eq!(recipients, [[TO], [TO]]);
}

#[tokio::test]
async fn starttls_needs_the_right_authority() {
    let (sink, other) = (sink(Encryption::StartTls).await, sink(Encryption::StartTls).await);
    let ((_dir, right), (_other_dir, wrong)) = (ca_file(&sink), ca_file(&other));
    for (ca_file, expected) in
        [(right, Ok(())), (wrong, retry(Code::Tls)), (None, retry(Code::Tls))]
    {
        let settings = Settings { ca_file, ..settings("smtp+starttls", &sink) };
        let sent = Transport::new(&settings).unwrap().send(&outgoing("tls")).await;
        assert_eq!(sent, expected);
    }
    assert_eq!(sink.messages().len(), 1);
}

#[tokio::test]
async fn a_server_without_starttls_gets_nothing() {
    let sink = sink(Encryption::None).await;
    let transport = Transport::new(&settings("smtp+starttls", &sink)).unwrap();
    assert_eq!(transport.send(&outgoing("uno")).await, retry(Code::Tls));
    assert!(sink.messages().is_empty());
}

#[tokio::test]
async fn implicit_tls_and_credentials_work_and_wrong_ones_are_tried_again() {
    let options = SinkOptions {
        encryption: Encryption::Implicit,
        credentials: Some(("ufficio".to_owned(), "p@ss:w".to_owned())),
        ..SinkOptions::default()
    };
    let sink = SmtpSink::start(options).await.unwrap();
    let (_dir, ca_file) = ca_file(&sink);
    for (credentials, expected) in [
        ("ufficio:p%40ss%3Aw@", Ok(())),
        ("ufficio:sbagliata@", retry(Code::Credentials)),
        ("", retry(Code::Credentials)),
    ] {
        let url = format!("smtps://{credentials}{}", sink.addr());
        let settings = Settings { ca_file: ca_file.clone(), ..Settings::new(url) };
        let transport = Transport::new(&settings).unwrap();
        assert_eq!(transport.send(&outgoing("uno")).await, expected, "{credentials}");
    }
    assert_eq!(sink.messages().len(), 1);
    let stranger = Settings::new(format!("smtps://u:p@{}", sink.addr()));
    assert_eq!(Transport::new(&stranger).unwrap().check().await, retry(Code::Tls));
}

#[tokio::test]
async fn replies_decide_between_another_try_and_giving_up() {
    let sink = sink(Encryption::None).await;
    let transport = plain(&sink);
    for (failure, expected) in [
        (Failure::Message(421), retry(Code::Reply(421))),
        (Failure::Message(451), retry(Code::Reply(451))),
        (Failure::Message(552), give_up(Code::Reply(552))),
        (Failure::Message(535), retry(Code::Credentials)),
        (Failure::Recipient(450), retry(Code::Reply(450))),
        (Failure::Message(554), give_up(Code::Reply(554))),
        (Failure::Message(503), retry(Code::Reply(503))),
        (Failure::Recipient(550), give_up(Code::Reply(550))),
        (Failure::Recipient(554), retry(Code::Reply(554))),
        (Failure::Recipient(503), retry(Code::Reply(503))),
        (Failure::Sender(553), retry(Code::Reply(553))),
        (Failure::Sender(550), retry(Code::Reply(550))),
        (Failure::CutBeforeReply { kept: false }, retry(Code::Connection)),
    ] {
        sink.fail_next(1, failure.clone());
        assert_eq!(transport.send(&outgoing("uno")).await, expected, "{failure:?}");
    }
    assert!(sink.messages().is_empty());
    sink.fail_for("altra@example.it", Failure::Recipient(550));
    assert_eq!(transport.send(&outgoing("uno")).await, Ok(()));
    let bad = Outgoing { subject: "a\r\nBcc: b@example.it".to_owned(), ..outgoing("due") };
    assert_eq!(transport.send(&bad).await, give_up(Code::Content));
    assert_eq!(sink.messages().len(), 1);
}

#[tokio::test]
async fn a_repeat_after_a_lost_reply_is_the_same_message() {
    let sink = sink(Encryption::None).await;
    let transport = plain(&sink);
    sink.fail_next(1, Failure::CutBeforeReply { kept: true });
    assert_eq!(transport.send(&outgoing("stesso")).await, retry(Code::Connection));
    assert_eq!(transport.send(&outgoing("stesso")).await, Ok(()));
    let [first, second] = sink.messages().try_into().unwrap();
    assert_eq!(first.message_id, "<stesso@campanella.example.it>");
    assert!(first.raw == second.raw, "the repeat differs");
}

#[tokio::test]
async fn a_late_reply_is_never_taken_for_the_next_mails_answer() {
    let sink = sink(Encryption::None).await;
    let settings = Settings { timeout_seconds: 1, pool_size: 1, ..settings("smtp", &sink) };
    let transport = Transport::new(&settings).unwrap();
    sink.fail_next(1, Failure::Delay(Duration::from_millis(1500)));
    assert_eq!(transport.send(&outgoing("lenta")).await, retry(Code::Timeout));
    sink.fail_next(1, Failure::Message(550));
    assert_eq!(transport.send(&outgoing("rifiutata")).await, give_up(Code::Reply(550)));
    assert_eq!(sink.connections(), 2);
}

#[tokio::test]
async fn nobody_listening_is_a_reason_to_try_again() {
    let gone = sink(Encryption::None).await;
    let transport = plain(&gone);
    drop(gone);
    assert_eq!(transport.send(&outgoing("uno")).await, retry(Code::Connection));
}

#[tokio::test]
async fn connections_are_reused_and_never_more_than_allowed() {
    let sink = sink(Encryption::None).await;
    let transport = plain(&sink);
    for number in 0..5 {
        transport.send(&outgoing(&format!("serie-{number}"))).await.unwrap();
    }
    assert_eq!(sink.connections(), 1);
    let settings = Settings { pool_size: 3, ..settings("smtp", &sink) };
    let transport = Transport::new(&settings).unwrap();
    let sends = (0..20).map(|number| {
        let transport = transport.clone();
        tokio::spawn(async move { transport.send(&outgoing(&format!("pari-{number}"))).await })
    });
    for send in sends.collect::<Vec<_>>() {
        assert_eq!(send.await.unwrap(), Ok(()));
    }
    assert_eq!(sink.messages().len(), 25);
    assert!(sink.connections() <= 4, "{} connections", sink.connections());
    transport.close().await;
}

#[tokio::test]
async fn a_connection_that_died_while_idle_costs_no_mail() {
    let options = SinkOptions {
        encryption: Encryption::None,
        idle_timeout: Duration::from_millis(100),
        ..SinkOptions::default()
    };
    let sink = SmtpSink::start(options).await.unwrap();
    let transport = plain(&sink);
    assert_eq!(transport.send(&outgoing("uno")).await, Ok(()));
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(transport.send(&outgoing("due")).await, Ok(()));
    assert_eq!((sink.messages().len(), sink.connections()), (2, 2));
}

#[tokio::test]
async fn the_check_tells_whether_mail_could_go_out() {
    let sink = sink(Encryption::StartTls).await;
    let (_dir, ca_file) = ca_file(&sink);
    let right = Settings { ca_file, ..settings("smtp+starttls", &sink) };
    assert_eq!(Transport::new(&right).unwrap().check().await, Ok(()));
    let wrong = settings("smtp+starttls", &sink);
    assert_eq!(Transport::new(&wrong).unwrap().check().await, retry(Code::Tls));
    assert!(sink.messages().is_empty());
}
