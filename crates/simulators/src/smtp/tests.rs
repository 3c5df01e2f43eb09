//! The mail server and its page over raw sockets.

use super::{Encryption, Failure, SinkError, SinkOptions, SmtpSink};
use std::{net::SocketAddr, time::Duration};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

const ENVELOPE: &str =
    "MAIL FROM:<ufficio@example.it>\r\nRCPT TO:<anna.prova@example.it>\r\nDATA\r\n";

async fn start(http: bool) -> SmtpSink {
    let http = http.then(|| SocketAddr::from(([127, 0, 0, 1], 0)));
    SmtpSink::start(SinkOptions { http, ..SinkOptions::default() }).await.unwrap()
}

/// Sends everything at once and returns the code of every reply line that ends a reply.
async fn codes(addr: SocketAddr, input: &str) -> Vec<u16> {
    let mut stream = TcpStream::connect(addr).await.unwrap();
    stream.write_all(input.as_bytes()).await.unwrap();
    let mut output = Vec::new();
    // A server that hangs up on unread input resets the connection; what came before counts.
    let _end = stream.read_to_end(&mut output).await;
    let output = String::from_utf8_lossy(&output).into_owned();
    let last = output.lines().filter(|line| line.as_bytes().get(3) == Some(&b' '));
    last.filter_map(|line| line.get(..3)?.parse().ok()).collect()
}

async fn get(addr: SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(addr).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: {addr}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut output = Vec::new();
    stream.read_to_end(&mut output).await.unwrap();
    String::from_utf8_lossy(&output).into_owned()
}

#[tokio::test]
async fn pipelined_commands_are_answered_in_order() {
    let sink = start(false).await;
    let input = format!(
        "MAIL FROM:<a@example.it>\r\nEHLO prova\r\nDATA\r\nRCPT TO:<b@example.it>\r\n\
         MAIL FROM:<a@example.it> SIZE=99999999\r\nMAIL FROM:<a@example.it> X=1\r\n\
         MAIL FROM:<a@example.it>\r\nMAIL FROM:<a@example.it>\r\nRSET\r\nNOOP\r\nTURN\r\n\
         RCPT TO:<perché@example.it>\r\n{ENVELOPE}Subject: uno\r\n\r\n..\r\n.\r\nQUIT\r\n"
    );
    let expected =
        [220, 503, 250, 503, 503, 552, 555, 250, 503, 250, 250, 500, 503, 250, 250, 354, 250, 221];
    assert_eq!(codes(sink.addr(), &input).await, expected);
    let mail = sink.messages().pop().unwrap();
    assert_eq!(mail.raw, b"Subject: uno\r\n\r\n.\r\n");
}

#[tokio::test]
async fn a_bare_line_end_smuggles_nothing() {
    let sink = start(false).await;
    for ending in ["\n.\r\n", "\r\n.\n", "\n.\n", "\r.\r"] {
        let input = format!(
            "EHLO prova\r\n{ENVELOPE}Subject: uno\r\n\r\na{ending}{ENVELOPE}b\r\n.\r\nQUIT\r\n"
        );
        let codes = codes(sink.addr(), &input).await;
        assert!(codes.starts_with(&[220, 250, 250, 250, 354, 521]), "{codes:?}");
    }
    assert!(sink.messages().is_empty());
}

#[tokio::test]
async fn what_was_said_before_the_handshake_does_not_count_after_it() {
    let sink = start(false).await;
    let input = format!("EHLO prova\r\nSTARTTLS\r\n{ENVELOPE}a\r\n.\r\nQUIT\r\n");
    assert_eq!(codes(sink.addr(), &input).await, [220, 250, 220]);
    assert!(sink.messages().is_empty());
}

#[tokio::test]
async fn a_password_is_asked_for_where_one_is_set() {
    let options = SinkOptions {
        encryption: Encryption::None,
        credentials: Some(("ufficio".to_owned(), "segreta".to_owned())),
        ..SinkOptions::default()
    };
    let sink = SmtpSink::start(options).await.unwrap();
    let input = "EHLO prova\r\nMAIL FROM:<a@example.it>\r\nAUTH LOGIN\r\n\
        AUTH PLAIN AHVmZmljaW8Ac2JhZ2xpYXRh\r\nAUTH PLAIN\r\nAHVmZmljaW8Ac2VncmV0YQ==\r\n\
        MAIL FROM:<a@example.it>\r\nQUIT\r\n";
    let expected = [220, 250, 530, 555, 535, 334, 235, 250, 221];
    assert_eq!(codes(sink.addr(), input).await, expected);
}

#[tokio::test]
async fn only_loopback_is_served() {
    let smtp = SocketAddr::from(([0, 0, 0, 0], 0));
    let refused = SmtpSink::start(SinkOptions { smtp, ..SinkOptions::default() }).await;
    assert!(matches!(refused, Err(SinkError::NotLoopback(addr)) if addr == smtp));
    let http = Some(smtp);
    let refused = SmtpSink::start(SinkOptions { http, ..SinkOptions::default() }).await;
    assert!(matches!(refused, Err(SinkError::NotLoopback(_))));
}

#[tokio::test]
async fn waiting_ends_with_the_mail_or_with_the_time() {
    let sink = start(false).await;
    let short = Duration::from_millis(50);
    assert!(sink.wait_for("anna.prova@example.it", |_| true, short).await.is_none());
    sink.fail_next(1, Failure::Message(451));
    let input = format!("EHLO prova\r\n{ENVELOPE}Subject: due\r\n\r\na\r\n.\r\nQUIT\r\n");
    let long = Duration::from_secs(10);
    let wait = sink.wait_for("Anna.Prova@example.it", |mail| mail.subject == "due", long);
    let send = async {
        assert_eq!(codes(sink.addr(), &input).await, [220, 250, 250, 250, 354, 451, 221]);
        assert_eq!(codes(sink.addr(), &input).await, [220, 250, 250, 250, 354, 250, 221]);
    };
    let (mail, ()) = tokio::join!(wait, send);
    assert_eq!(mail.unwrap().from, "ufficio@example.it");
    assert!(sink.wait_for("altra@example.it", |_| true, short).await.is_none());
}

#[tokio::test]
async fn mails_survive_a_restart_in_their_folder() {
    let dir = tempfile::tempdir().unwrap();
    let options = || SinkOptions { dir: Some(dir.path().to_owned()), ..SinkOptions::default() };
    let input = format!(
        "EHLO prova\r\n{ENVELOPE}Subject: Il tuo codice\r\nTo: anna.prova@example.it\r\n\r\na\r\n.\r\nQUIT\r\n"
    );
    let sink = SmtpSink::start(options()).await.unwrap();
    codes(sink.addr(), &input).await;
    drop(sink);
    assert!(dir.path().join("0001-il-tuo-codice.eml").exists());
    let sink = SmtpSink::start(options()).await.unwrap();
    codes(sink.addr(), &input).await;
    assert!(dir.path().join("0002-il-tuo-codice.eml").exists());
    let sequences: Vec<_> = sink.messages().iter().map(|mail| mail.sequence).collect();
    assert_eq!(sequences, [1, 2]);
}

#[tokio::test]
async fn the_page_shows_mails_and_runs_nothing_from_them() {
    let sink = start(true).await;
    let http = sink.http_addr().unwrap();
    assert!(get(http, "/").await.contains("No mail yet"));
    let mail = "From: \"<b>Prova</b>\" <ufficio@example.it>\r\nTo: anna.prova@example.it\r\n\
        Subject: <script>alert(1)</script>\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/mixed; boundary=m\r\n\r\n\
        --m\r\nContent-Type: text/html\r\n\r\n<p>Ciao</p><script>alert(2)</script>\r\n\
        --m\r\nContent-Type: text/html\r\n\
        Content-Disposition: attachment; filename=\"../a\\\"b.html\"\r\n\r\n<i>\r\n--m--\r\n";
    codes(sink.addr(), &format!("EHLO prova\r\n{ENVELOPE}{mail}.\r\nQUIT\r\n")).await;
    for path in ["/", "/mails/1"] {
        let page = get(http, path).await;
        assert!(page.contains("&lt;script&gt;alert(1)") && !page.contains("<script"), "{page}");
        assert!(page.contains("content-security-policy: default-src 'none'; style-src 'self'"));
    }
    let framed = get(http, "/mails/1/html").await;
    assert!(framed.contains("<p>Ciao</p>"));
    assert!(framed.contains("content-security-policy: sandbox allow-popups allow-popups-to"));
    let file = get(http, "/mails/1/attachments/0").await;
    assert!(file.contains("content-disposition: attachment; filename=\""), "{file}");
    assert!(file.contains("content-security-policy: sandbox; default-src 'none'"));
    assert!(get(http, "/mails/1/eml").await.contains("boundary=m\r\n\r\n--m\r\n"));
    let json = get(http, "/mails.json?to=Anna.Prova@example.it").await;
    assert!(json.contains("\"subject\":\"<script>alert(1)</script>\""), "{json}");
    assert!(get(http, "/mails.json?to=altra@example.it").await.ends_with("\r\n\r\n[]"));
    for path in ["/mails/2", "/mails/2/eml", "/mails/1/attachments/1", "/mails/2/html"] {
        assert!(get(http, path).await.starts_with("HTTP/1.1 404"), "{path}");
    }
}
