//! A browser without a window: cookies, redirects, the last page. It speaks to the product without a socket.

use crate::{
    app::{SHARED_HOST, TestApp},
    form::Form,
    page::Page,
};
use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::ConnectInfo,
    http::{HeaderMap, Method, Request, header},
};
use futures_util::stream::{StreamExt as _, iter};
use std::{collections::BTreeMap, convert::Infallible, net::SocketAddr};
use tokio::task::yield_now;
use tower::ServiceExt as _;

/// A browser.
pub struct Browser<'a> {
    /// The product.
    pub app: &'a TestApp,
    /// The process that answers it.
    pub router: Router,
    /// The host it asks.
    pub host: String,
    /// What stands in front of every path: nothing, or `/alfa`.
    pub mount: String,
    /// What it asks for on the first visit.
    pub language: String,
    /// Where it sits.
    pub address: SocketAddr,
    /// What it claims to have been forwarded for.
    pub forwarded_for: Option<String>,
    /// Its cookies by name.
    pub cookies: BTreeMap<String, String>,
}

impl<'a> Browser<'a> {
    /// A fresh browser at a host of a tenant's own.
    pub fn at_host(app: &'a TestApp, host: &str) -> Self {
        Self {
            app,
            router: app.router.clone(),
            host: host.to_owned(),
            mount: String::new(),
            language: "it-IT,it;q=0.9".to_owned(),
            address: "203.0.113.7:40000".parse().expect("an address"),
            forwarded_for: None,
            cookies: BTreeMap::new(),
        }
    }

    /// A fresh browser at the host of the comune alfa or beta.
    pub fn at(app: &'a TestApp, slug: &str) -> Self {
        Self::at_host(app, &format!("{slug}.example.test"))
    }

    /// A fresh browser on the shared host, at the path of a comune.
    pub fn at_path(app: &'a TestApp, slug: &str) -> Self {
        let browser = Self::at_host(app, SHARED_HOST);
        Self { mount: format!("/{slug}"), ..browser }
    }

    /// The same browser, which asks for another language.
    #[must_use]
    pub fn speaking(self, language: &str) -> Self {
        Self { language: language.to_owned(), ..self }
    }

    /// A second window of the same browser.
    #[must_use]
    pub fn twin(&self) -> Self {
        Self {
            app: self.app,
            router: self.router.clone(),
            host: self.host.clone(),
            mount: self.mount.clone(),
            language: self.language.clone(),
            address: self.address,
            forwarded_for: self.forwarded_for.clone(),
            cookies: self.cookies.clone(),
        }
    }

    /// Opens a path within the comune and follows where it leads.
    pub async fn open(&mut self, path: &str) -> Page {
        let path = format!("{}{path}", self.mount);
        self.follow(&path).await
    }

    /// Opens a path of the host and follows where it leads.
    pub async fn follow(&mut self, path: &str) -> Page {
        let page = self.get(path).await;
        self.led_on(page).await
    }

    /// Sends a form and follows where it leads.
    pub async fn send(&mut self, form: Form) -> Page {
        let page = self.post(&form).await;
        self.led_on(page).await
    }

    /// One request for a page, not followed.
    pub async fn get(&mut self, path: &str) -> Page {
        self.request(Method::GET, path, HeaderMap::new(), Vec::new()).await
    }

    /// One sending of a form, not followed.
    pub async fn post(&mut self, form: &Form) -> Page {
        let (kind, body) = form.body();
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, kind.parse().expect("a media type"));
        headers.insert("sec-fetch-site", "same-origin".parse().expect("a word"));
        let origin = format!("https://{}", self.host);
        headers.insert(header::ORIGIN, origin.parse().expect("an origin"));
        self.request(Method::POST, &form.action, headers, body).await
    }

    /// Any request.
    pub async fn request(
        &mut self,
        method: Method,
        path: &str,
        headers: HeaderMap,
        body: Vec<u8>,
    ) -> Page {
        self.watch(path);
        let mut request = Request::builder().method(method).uri(path);
        if !headers.contains_key(header::HOST) {
            request = request.header(header::HOST, &self.host);
        }
        request = request.header(header::ACCEPT_LANGUAGE, &self.language);
        if let Some(claim) = &self.forwarded_for {
            request = request.header("x-forwarded-for", claim);
        }
        let jar: Vec<_> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !jar.is_empty() {
            request = request.header(header::COOKIE, jar.join("; "));
        }
        let mut request = request.body(in_pieces(&body)).expect("a request");
        request.headers_mut().extend(headers);
        request.extensions_mut().insert(ConnectInfo(self.address));
        let answer = self.router.clone().oneshot(request).await;
        let (parts, body) = answer.expect("a router always answers").into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("a whole answer").to_vec();
        let page = Page::new(parts.status, parts.headers, path, bytes);
        page.check();
        self.keep_cookies(&page);
        if page.is_html() {
            let links = [page.attributes("[href]", "href"), page.attributes("[action]", "action")];
            // Links to write or call the office, and to other sites, are the comune's own.
            let own = |link: &String| link.starts_with('/');
            self.watch(&links.concat().into_iter().filter(own).collect::<Vec<_>>().join(" "));
        }
        page
    }

    pub(crate) async fn led_on(&mut self, mut page: Page) -> Page {
        for _ in 0..6 {
            let Some(location) = page.location().map(str::to_owned) else { return page };
            assert!(location.starts_with('/'), "a redirect stays on its host: {location}");
            page = self.get(&location).await;
        }
        panic!("redirects without end: {page:?}")
    }

    /// No name, address or codice fiscale stands in any address of the web.
    fn watch(&self, address: &str) {
        let found = self.app.logs.found_in(address);
        assert!(found.is_empty(), "personal data in a URL: {} words", found.len());
    }

    /// Every cookie is for this host only, over TLS only, and kept from scripts.
    fn keep_cookies(&mut self, page: &Page) {
        for cookie in page.headers.get_all(header::SET_COOKIE) {
            let text = cookie.to_str().expect("a cookie is ASCII");
            let mut parts = text.split(';').map(str::trim);
            let (name, value) = parts.next().and_then(|pair| pair.split_once('=')).expect("a pair");
            let attributes: Vec<String> = parts.map(str::to_lowercase).collect();
            // The one cookie that must come back with a form posted from a provider's site.
            let site = if name.starts_with("__Host-i_") { "samesite=none" } else { "samesite=lax" };
            for wanted in ["secure", "httponly", "path=/", site] {
                assert!(attributes.iter().any(|known| known == wanted), "{name}: {attributes:?}");
            }
            assert!(name.starts_with("__Host-"), "{name}");
            assert!(!attributes.iter().any(|known| known.starts_with("domain")), "{name}");
            if attributes.iter().any(|known| known == "max-age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

/// A body as it comes over a line: piece by piece with a wait between, so that what is refused in the middle has a
/// beginning.
fn in_pieces(body: &[u8]) -> Body {
    let pieces: Vec<Bytes> = body.chunks(PIECE).map(Bytes::copy_from_slice).collect();
    Body::from_stream(iter(pieces).enumerate().then(async |(number, piece)| {
        if number > 0 {
            yield_now().await;
        }
        Ok::<_, Infallible>(piece)
    }))
}

/// Octets that arrive at once.
const PIECE: usize = 64 * 1024;
