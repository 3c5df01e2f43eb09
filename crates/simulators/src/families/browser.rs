//! A browser without scripts: cookies, redirects, forms.

mod body;
mod cookies;
mod wire;

pub(super) use wire::{Wire, WireError};

use self::cookies::Cookies;
use super::{
    Family, Portal, Refusal, Visit,
    fill::Field,
    page::{self, Form, Page},
};
use http_body_util::Full;
use hyper::{
    Method, Request, Response, StatusCode,
    body::Bytes,
    header::{self, HeaderName},
};
use std::time::Instant;
use url::Url;

/// Redirects in a row before it is called a loop.
const MOST_REDIRECTS: usize = 10;

/// One browser of one family.
pub(super) struct Browser {
    wire: Wire,
    cookies: Cookies,
    language: &'static str,
    /// Where the comune begins: what names of pages leave out.
    start: Url,
    /// The page before asked for no referrer: then a browser does not say from where it posts either.
    hides_origin: bool,
    visits: Vec<Visit>,
}

/// An answer with its address.
pub(super) struct Answer {
    /// Where it came from, after redirects.
    pub(super) address: Url,
    /// Status.
    pub(super) status: StatusCode,
    /// What came.
    pub(super) bytes: Bytes,
}

/// A request that can be repeated.
struct Order {
    method: Method,
    address: Url,
    body: Option<body::Encoded>,
}

impl Browser {
    pub(super) fn new(portal: &Portal, family: &Family) -> Result<Self, Refusal> {
        let wire = Wire::new(&portal.start, portal.connect, portal.patience);
        Ok(Self {
            wire: wire.map_err(|error| Refusal::new("start page", error.to_string()))?,
            cookies: Cookies::default(),
            language: match family.locale {
                domain::Locale::It => "it-IT,it;q=0.9,en;q=0.5",
                domain::Locale::En => "en-GB,en;q=0.9,it;q=0.3",
                other => other.tag(),
            },
            start: portal.start.clone(),
            hides_origin: false,
            visits: Vec::new(),
        })
    }

    /// Pages so far.
    pub(super) fn into_visits(self) -> Vec<Visit> {
        self.visits
    }

    /// Notes a wait that was no page.
    pub(super) fn note(&mut self, what: &str, since: Instant) {
        self.visits.push(Visit { page: what.to_owned(), status: None, took: since.elapsed() });
    }

    /// As on another device, or after the browser was closed.
    pub(super) fn forget(&mut self) {
        self.cookies = Cookies::default();
    }

    /// Opens an address.
    pub(super) async fn open(&mut self, address: &Url) -> Result<Answer, Refusal> {
        self.go(Order { method: Method::GET, address: address.clone(), body: None }).await
    }

    /// Sends a form.
    pub(super) async fn send(
        &mut self,
        from: &Url,
        form: &Form,
        fields: &[Field],
    ) -> Result<Answer, Refusal> {
        let address = from
            .join(&form.action)
            .map_err(|_| Refusal::new(&self.name(from), "a form leads nowhere"))?;
        self.go(Order {
            method: Method::POST,
            address,
            body: Some(body::encode(form.multipart, fields)),
        })
        .await
    }

    /// A page's name: method and path, without the comune and without ids.
    pub(super) fn name(&self, address: &Url) -> String {
        let path = address.path().strip_prefix(self.start.path()).unwrap_or(address.path());
        let is_id = |segment: &&str| {
            segment.len() >= 20 && segment.bytes().any(|byte| byte.is_ascii_digit())
        };
        let segments: Vec<&str> = path
            .split('/')
            .filter(|segment| !segment.is_empty())
            .filter(|segment| !is_id(segment))
            .collect();
        format!("/{}", segments.join("/"))
    }

    async fn go(&mut self, first: Order) -> Result<Answer, Refusal> {
        let mut order = first;
        for _ in 0..MOST_REDIRECTS {
            let response = self.exchange(&order).await?;
            let status = response.status();
            let next =
                response.headers().get(header::LOCATION).and_then(|value| value.to_str().ok());
            let Some(next) = next.filter(|_| status.is_redirection()) else {
                return Ok(Answer { address: order.address, status, bytes: response.into_body() });
            };
            let target =
                order.address.join(next).ok().filter(|url| url.origin() == self.start.origin());
            let Some(target) = target else {
                return Err(Refusal::new(
                    &self.name(&order.address),
                    "a redirect leads away from the portal",
                ));
            };
            order = Order { method: Method::GET, address: target, body: None };
        }
        Err(Refusal::new(&self.name(&order.address), "redirects without end"))
    }

    async fn exchange(&mut self, order: &Order) -> Result<Response<Bytes>, Refusal> {
        let page = format!("{} {}", order.method, self.name(&order.address));
        let request =
            self.request(order).map_err(|error| Refusal::new(&page, error.to_string()))?;
        let since = Instant::now();
        let answered = self.wire.exchange(request).await;
        let took = since.elapsed();
        let response = answered.map_err(|error| Refusal::new(&page, error.to_string()))?;
        self.visits.push(Visit { page, status: Some(response.status().as_u16()), took });
        self.cookies.take(response.headers());
        let policy = response.headers().get(header::REFERRER_POLICY);
        self.hides_origin = policy.is_some_and(|policy| policy == "no-referrer");
        Ok(response)
    }

    fn request(&self, order: &Order) -> Result<Request<Full<Bytes>>, hyper::http::Error> {
        let address = &order.address;
        let target = address
            .query()
            .map_or_else(|| address.path().to_owned(), |q| format!("{}?{q}", address.path()));
        let site = if self.visits.is_empty() { "none" } else { "same-origin" };
        let mut request = Request::builder()
            .method(order.method.clone())
            .uri(target)
            .header(header::HOST, self.wire.host())
            .header(
                header::ACCEPT,
                "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8",
            )
            .header(header::ACCEPT_LANGUAGE, self.language)
            .header(HeaderName::from_static("sec-fetch-site"), site)
            .header(HeaderName::from_static("sec-fetch-mode"), "navigate")
            .header(HeaderName::from_static("sec-fetch-dest"), "document");
        if let Some(cookies) = self.cookies.header() {
            request = request.header(header::COOKIE, cookies);
        }
        let Some(body) = &order.body else { return request.body(Full::default()) };
        let origin = if self.hides_origin {
            "null".to_owned()
        } else {
            self.start.origin().ascii_serialization()
        };
        request
            .header(header::ORIGIN, origin)
            .header(header::CONTENT_TYPE, &body.media_type)
            .body(Full::new(body.bytes.clone()))
    }
}

impl Answer {
    /// The answer as a page.
    pub(super) fn page(&self) -> Page {
        page::read(&String::from_utf8_lossy(&self.bytes))
    }
}
