//! A listener and a pipe that a forged document names: whoever goes there is seen.

use super::early;
use simulators::identity_provider::signer::{SignOptions, Transform};
use std::{
    fs::OpenOptions,
    io::ErrorKind,
    net::TcpListener,
    path::PathBuf,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};
use support::saml_desk::Desk;
use tempfile::TempDir;

/// Time in which somebody who goes there would have been seen.
const WAIT: Duration = Duration::from_millis(50);

struct Bait {
    listener: TcpListener,
    pipe: PathBuf,
    opened: Arc<AtomicBool>,
    writer: JoinHandle<()>,
    _dir: TempDir,
}

impl Bait {
    fn lay() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        listener.set_nonblocking(true).unwrap();
        let dir = tempfile::tempdir().unwrap();
        let pipe = dir.path().join("bait");
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let opened = Arc::new(AtomicBool::new(false));
        let (seen, there) = (Arc::clone(&opened), pipe.clone());
        // Opening a pipe to write waits until somebody opens it to read.
        let writer = thread::spawn(move || {
            let written = OpenOptions::new().write(true).open(there);
            seen.store(written.is_ok(), Ordering::SeqCst);
        });
        Self { listener, pipe, opened, writer, _dir: dir }
    }

    fn addresses(&self) -> [String; 2] {
        let file = format!("file://{}", self.pipe.display());
        [format!("http://{}/x", self.listener.local_addr().unwrap()), file]
    }

    /// Nobody has come; and whoever comes now is seen, so that the bait is known to work.
    fn assert_untouched(self) {
        thread::sleep(WAIT);
        assert_eq!(self.listener.accept().unwrap_err().kind(), ErrorKind::WouldBlock);
        assert!(!self.opened.load(Ordering::SeqCst), "the pipe was opened");
        drop(OpenOptions::new().read(true).open(&self.pipe));
        self.writer.join().unwrap();
        assert!(self.opened.load(Ordering::SeqCst), "the bait sees readers");
    }
}

/// Documents that name an address, and the code of their refusal.
fn hooks(desk: &Desk, address: &str) -> Vec<(String, &'static str)> {
    let answer = desk.answer("anna");
    let default = SignOptions::default;
    let genuine = desk.signed_with(&answer, &default());
    let referring = |uri: &str| {
        desk.signed_with(&answer, &SignOptions { reference: Some(uri.to_owned()), ..default() })
    };
    let style = format!(
        "<xsl:stylesheet xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\" version=\"1.0\">\
         <xsl:include href=\"{address}\"/><xsl:variable name=\"x\" select=\"document('{address}')\"/></xsl:stylesheet>"
    );
    let xslt = Transform {
        inner_xml: style,
        ..Transform::new("http://www.w3.org/TR/1999/REC-xslt-19991116")
    };
    let mut transforms = default().transforms;
    transforms.push(xslt);
    let styled = desk.signed_with(&answer, &SignOptions { transforms, ..default() });
    let inside = |from: &str, what: &str| genuine.replacen(from, &format!("{what}{from}"), 1);
    let include = format!(
        "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"{address}\" parse=\"text\"/>"
    );
    let retrieval = format!("<ds:RetrievalMethod URI=\"{address}\" Type=\"urn:x\"/>");
    vec![
        (referring(address), "reference"),
        (referring(&format!("{address}#x")), "reference"),
        (styled, "transforms"),
        (inside("</saml:AttributeStatement>", &include), "unexpected_element"),
        (inside("</saml:AttributeValue>", &include), "text_with_elements"),
        (inside("</ds:KeyInfo>", &retrieval), "key_info"),
        (format!("<?xml-stylesheet href=\"{address}\"?>{genuine}"), "processing_instruction"),
        (format!("<!DOCTYPE r SYSTEM \"{address}\">{genuine}"), "doctype"),
        (
            format!(
                "<!DOCTYPE r [<!ENTITY x SYSTEM \"{address}\">]>{}",
                genuine.replacen(">Anna<", ">&x;<", 1)
            ),
            "doctype",
        ),
        (
            inside(
                " Version=\"2.0\"",
                &format!(
                    " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"urn:x {address}\""
                ),
            ),
            "signature_invalid",
        ),
        (inside(" Version=\"2.0\"", &format!(" xml:base=\"{address}\"")), "unexpected_attribute"),
    ]
}

#[test]
fn nothing_that_a_document_names_is_fetched_or_opened() {
    let desk = Desk::of("alfa");
    let bait = Bait::lay();
    for address in bait.addresses() {
        for (number, (xml, expected)) in hooks(&desk, &address).into_iter().enumerate() {
            if expected == "signature_invalid" {
                assert_eq!(desk.code(&xml), expected, "{number}");
            } else {
                assert_eq!(early(&desk, &xml), expected, "{number}");
            }
        }
    }
    bait.assert_untouched();
}
