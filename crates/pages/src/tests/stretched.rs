//! What a page says comes from the locale files or from its data, and from nowhere else.

use super::{assets, now};
use crate::{Engine, FrameKind, PAGES, sample};
use domain::Locale;
use html5gum::{Token, Tokenizer};
use serde_json::Value;
use std::collections::BTreeSet;

/// Attributes that are read out or shown.
const SPOKEN: [&str; 4] = ["aria-label", "alt", "placeholder", "title"];

/// Texts of a page, of its elements and of the attributes that are read out.
fn texts(html: &str) -> Vec<String> {
    let (mut texts, mut silent) = (Vec::new(), false);
    for token in Tokenizer::new(html).flatten() {
        match token {
            Token::StartTag(tag) => {
                silent = matches!(tag.name.as_slice(), b"script" | b"style");
                for (name, value) in &tag.attributes {
                    let name = String::from_utf8_lossy(name);
                    if SPOKEN.contains(&name.as_ref()) {
                        texts.push(String::from_utf8_lossy(value).into_owned());
                    }
                }
            }
            Token::EndTag(_) => silent = false,
            Token::String(text) if !silent => {
                texts.push(String::from_utf8_lossy(&text).into_owned());
            }
            _ => {}
        }
    }
    texts
}

/// What stands outside of the brackets.
fn unmarked(text: &str) -> Vec<String> {
    let (mut depth, mut parts) = (0_usize, vec![String::new()]);
    for c in text.chars() {
        match c {
            '\u{27e6}' => {
                depth += 1;
                parts.push(String::new());
            }
            '\u{27e7}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => parts.last_mut().unwrap().push(c),
            _ => {}
        }
    }
    let has_words = |part: &String| part.chars().filter(|c| c.is_alphabetic()).count() > 1;
    parts.iter().map(|part| part.trim().to_owned()).filter(has_words).collect()
}

/// Whether words are left once the data are taken out, the longest first.
fn is_own(line: &str, data: &BTreeSet<String>) -> bool {
    let mut data: Vec<&String> =
        data.iter().filter(|datum| line.contains(datum.as_str())).collect();
    data.sort_by_key(|datum| std::cmp::Reverse(datum.len()));
    let rest = data.iter().fold(line.to_owned(), |rest, datum| rest.replace(datum.as_str(), ""));
    rest.chars().filter(|c| c.is_alphabetic()).count() > 1
}

fn strings(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            found.insert(text.clone());
            found.extend(text.lines().map(str::to_owned));
        }
        Value::Array(items) => items.iter().for_each(|item| strings(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| strings(field, found)),
        _ => {}
    }
}

#[test]
fn every_word_of_a_page_can_be_translated_or_is_data() {
    let engine = Engine::stretched(assets()).unwrap();
    let mut untranslatable = BTreeSet::new();
    for entry in PAGES.iter().filter(|entry| entry.frame != FrameKind::Office) {
        let frame = sample::frame(entry.frame, Locale::It);
        let mut data = BTreeSet::new();
        strings(&serde_json::to_value(&frame).unwrap(), &mut data);
        for sample in (entry.render)(&engine, &frame, now()).unwrap() {
            let mut data = data.clone();
            strings(&sample.values, &mut data);
            for part in texts(&sample.html).iter().flat_map(|text| unmarked(text)) {
                for line in part.split('\n').map(str::trim).filter(|line| is_own(line, &data)) {
                    untranslatable.insert(format!("{}: {line}", entry.template));
                }
            }
        }
    }
    assert_eq!(untranslatable, BTreeSet::new());
}
