//! The markup every page must have: headings, labels, ids, language, nothing inline.

use super::{Seen, everything};
use regex::Regex;
use std::collections::HashSet;

fn all<'a>(html: &'a str, pattern: &str) -> Vec<&'a str> {
    let found = Regex::new(pattern).unwrap();
    found.captures_iter(html).filter_map(|c| c.get(1)).map(|m| m.as_str()).collect()
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    all(tag, &format!(r#"\s{name}="([^"]*)""#)).first().copied()
}

fn controls(html: &str) -> Vec<&str> {
    let kept =
        |tag: &&str| !matches!(attribute(tag, "type"), Some("hidden")) && !tag.contains(" hidden");
    all(html, r"(<(?:input|select|textarea)\b[^>]*>)").into_iter().filter(kept).collect()
}

fn check(page: &Seen) {
    let (html, name) = (page.sample.html.as_str(), page.name.as_str());
    assert_eq!(html.matches("<h1").count(), 1, "{name}: one heading of the first level");
    assert!(
        html.contains(&format!("<html lang=\"{}\" dir=\"", page.frame.locale)),
        "{name}: language"
    );
    let title = all(html, r"<title>([^<]*)</title>");
    assert!(title.len() == 1 && !title[0].trim_start().starts_with('–'), "{name}: title");
    let ids = all(html, r#"\sid="([^"]*)""#);
    let known: HashSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), known.len(), "{name}: repeated id in {ids:?}");
    let labelled: HashSet<&str> = all(html, r#"<label[^>]*\sfor="([^"]*)""#).into_iter().collect();
    for control in controls(html) {
        let id = attribute(control, "id");
        assert!(id.is_some_and(|id| labelled.contains(id)), "{name}: no label for {control}");
        assert!(attribute(control, "name").is_some(), "{name}: no name on {control}");
    }
    for target in labelled.iter().copied().chain(all(html, r##"href="#([^"]*)""##)) {
        assert!(known.contains(target), "{name}: nothing has the id {target}");
    }
    for list in all(html, r#"aria-(?:describedby|labelledby)="([^"]*)""#) {
        assert!(list.split_whitespace().all(|id| known.contains(id)), "{name}: {list}");
    }
}

#[test]
fn headings_labels_and_ids_are_right() {
    everything().iter().for_each(check);
}

#[test]
fn nothing_is_inline_because_the_policy_forbids_it() {
    for page in everything() {
        let html = &page.sample.html;
        for forbidden in [
            r"(\sstyle=)",
            r"(\son[a-z]+=)",
            r"(<style)",
            // A data block is not run.
            r#"(<script(?:>|\s+async|\s+type="(?:[^a]|application/[^l])))"#,
            r"(javascript:)",
        ] {
            assert!(all(html, forbidden).is_empty(), "{}: {forbidden}", page.name);
        }
    }
}

#[test]
fn typed_markup_is_shown_as_text() {
    let chooser = everything().iter().find(|p| p.name.contains("chooser.html none")).unwrap();
    assert!(
        chooser.sample.html.contains("&lt;b&gt;Atlantide")
            && !chooser.sample.html.contains("<b>Atlantide")
    );
}

#[test]
fn headings_skip_no_level() {
    for page in everything() {
        let levels = all(&page.sample.html, r"<h([1-6])\b");
        let main = page.sample.html.split("<main").nth(1).unwrap_or_default();
        assert!(
            all(main, r"<h([1-6])\b").first().is_some_and(|level| *level == "1"),
            "{}: {levels:?}",
            page.name
        );
        let mut last = 0;
        for level in levels.iter().map(|l| l.parse::<u8>().unwrap()) {
            assert!(level <= last + 1, "{}: {levels:?}", page.name);
            last = level;
        }
    }
}

#[test]
fn the_language_chooser_sends_along_only_a_form_that_is_there() {
    let mut along = 0;
    for page in everything() {
        let html = &page.sample.html;
        if html.contains("form=\"page-form\"") {
            along += 1;
            assert!(
                html.contains("id=\"page-form\""),
                "{}: the chooser would do nothing",
                page.name
            );
        }
        let holds = page.sample.values.get("resend").is_some_and(|resend| !resend.is_null());
        if holds || page.template == "enrol/conflict.html" {
            assert!(
                !html.contains("name=\"_language\""),
                "{}: what was typed would be lost",
                page.name
            );
        }
    }
    assert!(along > 0);
}

/// WCAG 2.2, 1.3.5: what the browser knows of its owner, it may write.
#[test]
fn the_applicants_own_fields_can_be_filled_in_by_the_browser() {
    let mut found = HashSet::new();
    for control in everything().iter().flat_map(|page| controls(&page.sample.html)) {
        let expected = match attribute(control, "name").unwrap_or_default() {
            "guardian_name" => "given-name",
            "guardian_surname" => "family-name",
            "guardian_phone" => "tel",
            "email" => "email",
            "password" => "current-password",
            "new_password" | "repeat_password" => "new-password",
            "pupil_name" | "pupil_surname" | "codice_fiscale" => "off",
            _ => continue,
        };
        assert_eq!(attribute(control, "autocomplete"), Some(expected), "{control}");
        found.insert(expected);
    }
    assert_eq!(found.len(), 7, "{found:?}");
}
