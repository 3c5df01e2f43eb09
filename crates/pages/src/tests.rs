//! Every page in every state and language renders, and says only what it has.

mod mails;
mod markup;
mod stretched;
mod templates;

use crate::{Engine, Frame, FrameKind, PAGES, registry::RenderedSample, sample};
use domain::Locale;
use jiff::Timestamp;
use std::{collections::BTreeMap, sync::LazyLock};

pub(super) fn engine() -> Engine {
    Engine::new(assets()).unwrap()
}

pub(super) fn assets() -> BTreeMap<String, String> {
    sample::ASSETS.iter().map(|name| ((*name).to_owned(), format!("/static/{name}"))).collect()
}

pub(super) fn now() -> Timestamp {
    "2026-09-07T08:00:00Z".parse().unwrap()
}

/// A page as one visitor sees it.
pub(super) struct Seen {
    pub(super) name: String,
    pub(super) template: &'static str,
    pub(super) frame: Frame,
    pub(super) sample: RenderedSample,
}

/// The surroundings in which a page of this kind can occur.
fn frames(template: &str, kind: FrameKind) -> Vec<Frame> {
    let kinds = if template.starts_with("errors/") {
        vec![FrameKind::Family, FrameKind::Platform, FrameKind::Office]
    } else {
        vec![kind]
    };
    let locales =
        |kind| if kind == FrameKind::Office { vec![Locale::It] } else { Locale::ALL.to_vec() };
    let mut found = Vec::new();
    for kind in kinds {
        for locale in locales(kind) {
            let mut signed_out = sample::frame(kind, locale);
            signed_out.session = None;
            found.extend([sample::frame(kind, locale), signed_out]);
        }
    }
    found
}

/// Rendered once for all tests: there are hundreds.
static SEEN: LazyLock<Vec<Seen>> = LazyLock::new(render_everything);

pub(super) fn everything() -> &'static [Seen] {
    &SEEN
}

fn render_everything() -> Vec<Seen> {
    let engine = engine();
    let mut seen = Vec::new();
    for entry in PAGES {
        for frame in frames(entry.template, entry.frame) {
            let rendered = (entry.render)(&engine, &frame, now());
            for sample in rendered.unwrap_or_else(|e| panic!("{}: {e:?}", entry.template)) {
                let name = format!("{} {} {}", entry.template, sample.name, frame.locale);
                seen.push(Seen { name, template: entry.template, frame: frame.clone(), sample });
            }
        }
    }
    seen
}

#[test]
fn every_page_renders_and_no_text_is_missing() {
    let seen = everything();
    assert!(seen.len() > PAGES.len());
    assert_eq!(i18n::missing_count(), 0);
}

#[test]
fn every_page_shows_the_comune_and_how_to_reach_it() {
    for page in everything().iter().filter(|page| page.frame.tenant.is_some()) {
        let html = &page.sample.html;
        assert!(
            html.contains("Comune di Montesole sull&#x27;Alba")
                || html.contains("Montesole sull&#39;Alba"),
            "{}",
            page.name
        );
        assert!(html.contains("tel:+390555000111"), "{}", page.name);
    }
}

#[test]
fn whoever_is_signed_in_can_always_leave() {
    for page in everything() {
        let leave =
            if page.frame.kind == FrameKind::Office { "/ufficio/esci\"" } else { "/esci\"" };
        assert_eq!(page.frame.session.is_some(), page.sample.html.contains(leave), "{}", page.name);
    }
}
