//! A visitor of pages: asks over a socket, reads forms.

use html5gum::{Token, Tokenizer};
use http_body_util::{BodyExt as _, Full};
use hyper::{Request, body::Bytes, client::conn::http1, header};
use hyper_util::rt::TokioIo;
use std::collections::HashMap;
use tokio::net::TcpStream;
use url::{Url, form_urlencoded};

/// What came back.
pub(super) struct Page {
    pub(super) status: u16,
    pub(super) headers: hyper::HeaderMap,
    pub(super) text: String,
}

/// A form of a page: where it leads and what its fields hold.
pub(super) struct FoundForm {
    pub(super) action: String,
    pub(super) fields: HashMap<String, String>,
}

pub(super) async fn get(address: &str) -> Page {
    visit(Request::get(path(address)), address, String::new()).await
}

pub(super) async fn get_if_changed(address: &str, tag: &str) -> Page {
    let request = Request::get(path(address)).header(header::IF_NONE_MATCH, tag);
    visit(request, address, String::new()).await
}

pub(super) async fn post(address: &str, fields: &[(&str, &str)]) -> Page {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let kind = "application/x-www-form-urlencoded";
    let request = Request::post(path(address)).header(header::CONTENT_TYPE, kind);
    visit(request, address, body).await
}

fn path(address: &str) -> String {
    let url = Url::parse(address).unwrap();
    url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()))
}

async fn visit(request: hyper::http::request::Builder, address: &str, body: String) -> Page {
    let authority = Url::parse(address).unwrap().authority().to_owned();
    let stream = TcpStream::connect(&authority).await.unwrap();
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    let request = request.header(header::HOST, authority).body(Full::new(Bytes::from(body)));
    let (parts, body) = sender.send_request(request.unwrap()).await.unwrap().into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    Page { status: parts.status.as_u16(), headers: parts.headers, text }
}

impl Page {
    /// The only form of the page.
    pub(super) fn form(&self) -> FoundForm {
        let (mut action, mut fields) = (None, HashMap::new());
        for token in Tokenizer::new(&self.text) {
            let Ok(Token::StartTag(tag)) = token else { continue };
            let value = |name: &str| {
                let value = tag.attributes.get(name.as_bytes());
                value.map(|value| String::from_utf8_lossy(&value.value).into_owned())
            };
            match (&*String::from_utf8_lossy(&tag.name), value("name")) {
                ("form", _) => assert!(action.replace(value("action").unwrap()).is_none()),
                ("input", Some(name)) if value("type").as_deref() == Some("hidden") => {
                    fields.insert(name, value("value").unwrap());
                }
                _ => {}
            }
        }
        FoundForm { action: action.expect("a form"), fields }
    }
}
