//! The lean style sheet lacks nothing that a page uses.

use domain::Locale;
use pages::{Engine, PAGES, sample};
use regex::Regex;
use std::{collections::BTreeSet, fs, path::Path};
use support::{app::MORNING, environment};

/// What a selector needs on a page: classes with their dot, tags without.
type Needs = BTreeSet<String>;

/// The needs of every rule of a sheet. What depends on attributes is tried in a browser.
fn rules_of(sheet: &str) -> BTreeSet<Needs> {
    let list = Regex::new(r"(?:^|[{};])([^{};@]+)\{").expect("a pattern");
    let state = Regex::new(r"::?[\w-]+(?:\([^)]*\))?").expect("a pattern");
    let need = Regex::new(r"\.?-?[A-Za-z_][\w-]*").expect("a pattern");
    let mut rules = BTreeSet::new();
    for found in list.captures_iter(sheet) {
        for selector in found[1].split(',').filter(|selector| !selector.contains(['[', '#'])) {
            let plain = state.replace_all(selector, "");
            let needs = need.find_iter(&plain).map(|found| found.as_str().to_owned());
            rules.insert(needs.collect());
        }
    }
    rules
}

/// Tags and classes written in HTML, or in a template where they do not depend on anything.
fn written_in(html: &str, into: &mut Needs) {
    let tag = Regex::new(r"<([a-z][a-z0-9]*)").expect("a pattern");
    into.extend(tag.captures_iter(html).map(|found| found[1].to_owned()));
    let attribute = Regex::new(r#"\bclass="([^"]*)""#).expect("a pattern");
    let put_together = Regex::new(r"\S*\{\{.*?\}\}\S*|\{%.*?%\}").expect("a pattern");
    for found in attribute.captures_iter(html) {
        let fixed = put_together.replace_all(&found[1], " ");
        into.extend(fixed.split_whitespace().map(|class| format!(".{class}")));
    }
}

fn templates(folder: &Path, into: &mut Needs) {
    for entry in fs::read_dir(folder).expect("a folder of templates") {
        let path = entry.expect("an entry").path();
        if path.is_dir() && !path.ends_with("mail") {
            templates(&path, into);
        } else if path.extension().is_some_and(|end| end == "html") {
            written_in(&fs::read_to_string(path).expect("a template"), into);
        }
    }
}

/// What all templates have, also where no sample shows it, and all samples, also what is put together.
fn used() -> Needs {
    let mut used = BTreeSet::new();
    templates(&environment::root().join("templates"), &mut used);
    let engine = Engine::new(web::State::asset_names()).expect("the templates load");
    let now = MORNING.parse().expect("an instant");
    for entry in PAGES {
        let frame = sample::frame(entry.frame, Locale::It);
        for rendered in (entry.render)(&engine, &frame, now).expect("the sample renders") {
            written_in(&rendered.html, &mut used);
        }
    }
    used
}

fn published(logical: &str) -> &'static str {
    let (_, path) = web::assets::manifest().find(|(name, _)| *name == logical).expect("published");
    let file = path.trim_start_matches("/static/");
    std::str::from_utf8(web::assets::find(file).expect("embedded").bytes).expect("text")
}

#[test]
fn every_rule_of_the_library_for_classes_of_our_pages_is_kept() {
    let used = used();
    let mut wanted = rules_of(&environment::asset("bootstrap-italia.whole.css"));
    wanted.retain(|needs| needs.is_subset(&used));
    let classes: BTreeSet<_> =
        wanted.iter().flatten().filter(|need| need.starts_with('.')).collect();
    assert!(classes.len() > 60, "pages use the library: {classes:?}");
    for sheet in ["bootstrap-italia.css", "bootstrap-italia.rtl.css"] {
        let kept = rules_of(published(sheet));
        let lost: Vec<&Needs> = wanted.difference(&kept).collect();
        assert!(lost.is_empty(), "{sheet} has no rules for {lost:?}");
    }
}

#[test]
fn what_no_page_uses_is_not_sent() {
    for sheet in ["bootstrap-italia.css", "bootstrap-italia.rtl.css"] {
        let text = published(sheet);
        assert!(text.len() < 80_000, "{sheet}: {} octets", text.len());
        let unused = [".splide", ".video-js", ".it-carousel-wrapper", ".modal", ".megamenu"];
        assert!(!unused.iter().any(|class| text.contains(class)), "{sheet}");
    }
}
