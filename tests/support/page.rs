//! An answer of the product, read as a person or a browser reads it.

use crate::form::Form;
use axum::http::{HeaderMap, StatusCode, header};
use scraper::{ElementRef, Html, Selector};
use std::{cell::OnceCell, collections::BTreeSet, rc::Rc};

/// One answer.
#[derive(Clone)]
pub struct Page {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Where it came from, within the host.
    pub path: String,
    /// Its body.
    pub bytes: Vec<u8>,
    /// Read once, when it is first looked at.
    document: OnceCell<Rc<Html>>,
}

/// What a family reads is personal: it does not belong into a test's output.
impl std::fmt::Debug for Page {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} «{}»", self.status, self.path, self.title())
    }
}

impl Page {
    /// An answer as it arrived.
    pub fn new(status: StatusCode, headers: HeaderMap, path: &str, bytes: Vec<u8>) -> Self {
        Self { status, headers, path: path.to_owned(), bytes, document: OnceCell::new() }
    }

    /// The body as text.
    pub fn html(&self) -> &str {
        std::str::from_utf8(&self.bytes).expect("a page is UTF-8")
    }

    /// Whether it is a page at all.
    pub fn is_html(&self) -> bool {
        self.header("content-type").starts_with("text/html")
    }

    /// A header's value; empty when it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Where a redirect leads.
    pub fn location(&self) -> Option<&str> {
        self.headers.get(header::LOCATION)?.to_str().ok()
    }

    /// The only `h1`.
    pub fn title(&self) -> String {
        if self.is_html() { self.texts("h1").join(" | ") } else { String::new() }
    }

    /// Everything there is to read, blanks folded.
    pub fn text(&self) -> String {
        self.texts("body").join(" ")
    }

    /// The words of all elements that fit.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        self.select(selector, |element| folded(&element))
    }

    /// An attribute of all elements that fit.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        self.select(selector, |element| element.attr(name).unwrap_or_default().to_owned())
    }

    /// What the page tells machines, block by block.
    pub fn data_blocks(&self) -> Vec<String> {
        let read = |element: ElementRef<'_>| element.text().collect();
        self.select("script[type='application/ld+json'][data-element=metatag]", read)
    }

    /// Whether anything fits.
    pub fn has(&self, selector: &str) -> bool {
        !self.select(selector, |_| ()).is_empty()
    }

    /// The error beside a field; empty when there is none.
    pub fn error(&self, field: &str) -> String {
        self.texts(&format!("[id='{field}-error']")).join(" ")
    }

    /// The errors in the summary on top, with the field that each leads to.
    pub fn error_links(&self) -> Vec<(String, String)> {
        let fields = self.attributes("#error-summary li a", "href");
        let words = self.texts("#error-summary li a");
        fields.iter().map(|field| field.trim_start_matches('#').to_owned()).zip(words).collect()
    }

    /// What stands beside a term of a list of facts.
    pub fn fact(&self, term: &str) -> Option<String> {
        let terms = self.texts("dt");
        let facts = self.texts("dd");
        let at = terms.iter().position(|known| known == term)?;
        facts.into_iter().nth(at)
    }

    /// Its main form: the first in the content that is sent.
    pub fn form(&self) -> Form {
        self.form_with("[name]")
    }

    /// The first form of the content with such an element in it.
    pub fn form_with(&self, selector: &str) -> Form {
        let document = self.document();
        let wanted = Selector::parse(selector).expect("a selector");
        let forms = Selector::parse("main form[method=post]").expect("a selector");
        let found = document.select(&forms).find(|form| form.select(&wanted).next().is_some());
        Form::read(found.unwrap_or_else(|| panic!("no form with {selector} on {self:?}")))
    }

    /// The value that a field of the page shows.
    pub fn value(&self, field: &str) -> String {
        self.form_with(&format!("[name='{field}']")).value(field).unwrap_or_default()
    }

    /// What every answer must have: headers, and a sound document.
    pub fn check(&self) {
        for name in ["content-security-policy", "strict-transport-security", "referrer-policy"] {
            assert!(self.headers.contains_key(name), "{self:?} lacks {name}");
        }
        assert_eq!(self.header("x-content-type-options"), "nosniff", "{self:?}");
        let policy = self.header("content-security-policy");
        assert!(policy.contains("default-src 'none'"), "{self:?}: {policy}");
        assert!(!policy.contains("unsafe"), "{self:?}: {policy}");
        if !self.is_html() {
            return;
        }
        assert_eq!(self.header("cache-control"), "no-store", "{self:?}");
        let document = self.document();
        let count = |selector: &str| {
            document.select(&Selector::parse(selector).expect("a selector")).count()
        };
        assert_eq!(count("h1"), 1, "{self:?}: one h1");
        assert_eq!(count("html[lang]"), 1, "{self:?}: lang");
        assert_eq!(
            count("script:not([src]):not([type='application/ld+json']), [style], [onclick]"),
            0,
            "{self:?}: nothing inline"
        );
        let with_id = Selector::parse("[id]").expect("a selector");
        let mut ids = BTreeSet::new();
        for element in document.select(&with_id) {
            let id = element.attr("id").unwrap_or_default();
            assert!(ids.insert(id.to_owned()), "{self:?}: two elements are called {id}");
        }
    }

    fn document(&self) -> Rc<Html> {
        let read = || Rc::new(Html::parse_document(self.html()));
        Rc::clone(self.document.get_or_init(read))
    }

    fn select<T>(&self, selector: &str, read: impl Fn(ElementRef<'_>) -> T) -> Vec<T> {
        let document = self.document();
        let selector = Selector::parse(selector).expect("a selector");
        document.select(&selector).map(read).collect()
    }
}

fn folded(element: &ElementRef<'_>) -> String {
    let text: String = element.text().collect::<Vec<_>>().join(" ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
