//! Places inside a TOML file, and how they are printed.

use std::fmt::Write as _;
use toml::{Spanned, de::DeValue};

/// One step on the way to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// A key of a table.
    Key(String),
    /// A position in a list, from 0.
    At(usize),
}

impl From<&str> for Part {
    fn from(key: &str) -> Self {
        Self::Key(key.to_owned())
    }
}

impl From<usize> for Part {
    fn from(position: usize) -> Self {
        Self::At(position)
    }
}

/// The value at the end of a path, or the last one on the way that exists.
pub(crate) fn nearest<'v, 'i>(
    root: &'v Spanned<DeValue<'i>>,
    path: &[Part],
) -> &'v Spanned<DeValue<'i>> {
    let mut value = root;
    for part in path {
        let next = match (value.get_ref(), part) {
            (DeValue::Table(table), Part::Key(key)) => table.get(key.as_str()),
            (DeValue::Array(array), Part::At(position)) => array.get(*position),
            _ => None,
        };
        match next {
            Some(next) => value = next,
            None => break,
        }
    }
    value
}

/// A path in words: `window[2].opens_at`, and `step[canteen]` where the table has a `key`.
pub(crate) fn printed(root: &Spanned<DeValue<'_>>, path: &[Part]) -> String {
    let mut words = String::new();
    for (depth, part) in path.iter().enumerate() {
        match part {
            Part::Key(key) => {
                let dot = if words.is_empty() { "" } else { "." };
                let _ = write!(words, "{dot}{key}");
            }
            Part::At(position) => {
                let here = nearest(root, path.get(..=depth).unwrap_or_default());
                let _ = match own_key(here.get_ref()) {
                    Some(key) => write!(words, "[{key}]"),
                    None => write!(words, "[{}]", position + 1),
                };
            }
        }
    }
    words
}

fn own_key<'v>(value: &'v DeValue<'_>) -> Option<&'v str> {
    match value {
        DeValue::Table(table) => match table.get("key")?.get_ref() {
            DeValue::String(key) => Some(key.as_ref()),
            _ => None,
        },
        _ => None,
    }
}

/// The path of the smallest key or value that holds the byte `offset`.
pub(crate) fn at_offset(root: &Spanned<DeValue<'_>>, offset: usize) -> Vec<Part> {
    let mut best: Option<(usize, Vec<Part>)> = None;
    search(root, offset, &mut Vec::new(), &mut best);
    best.map_or_else(Vec::new, |(_, path)| path)
}

fn search(
    value: &Spanned<DeValue<'_>>,
    offset: usize,
    path: &mut Vec<Part>,
    best: &mut Option<(usize, Vec<Part>)>,
) {
    consider(&value.span(), offset, path, best);
    match value.get_ref() {
        DeValue::Table(table) => {
            for (key, child) in table {
                path.push(Part::Key(key.get_ref().to_string()));
                consider(&key.span(), offset, path, best);
                search(child, offset, path, best);
                path.pop();
            }
        }
        DeValue::Array(array) => {
            for (position, child) in array.iter().enumerate() {
                path.push(Part::At(position));
                search(child, offset, path, best);
                path.pop();
            }
        }
        _ => {}
    }
}

/// Of equally small spans the deeper one wins: a list of one table has the table's span.
fn consider(
    span: &std::ops::Range<usize>,
    offset: usize,
    path: &[Part],
    best: &mut Option<(usize, Vec<Part>)>,
) {
    let holds = span.contains(&offset) || (span.is_empty() && span.start == offset);
    let smaller = best.as_ref().is_none_or(|(length, _)| span.len() <= *length);
    if holds && smaller {
        *best = Some((span.len(), path.to_vec()));
    }
}
