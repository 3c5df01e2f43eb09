//! Finding places by what people type.

use super::{
    Place,
    register::{REGISTER, Row},
};
use crate::folding::fold;
use std::collections::HashSet;

/// Characters of a query that are looked at.
const QUERY_LENGTH: usize = 80;

/// Which places a field offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every place somebody can be born in: comuni of today and of the past, foreign states.
    Birthplace,
    /// Comuni of today.
    Residence,
}

impl Scope {
    fn covers(self, row: &Row) -> bool {
        match self {
            Self::Birthplace => true,
            Self::Residence => row.active && !row.place.foreign,
        }
    }
}

/// Places whose name begins with the query, then those with a word that does; today's before
/// ceased ones; accents, apostrophes and case do not matter. Each code appears once.
pub fn search(query: &str, scope: Scope, limit: usize) -> Vec<Place> {
    let query = folded_query(query);
    if query.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<_> = rows(scope)
        .filter_map(|row| Some((rank(row, &query)?, !row.active, row.folded.as_str(), row.place)))
        .collect();
    found.sort_by_key(|(rank, ceased, name, place)| (*rank, *ceased, *name, place.code));
    let mut seen = HashSet::new();
    found
        .into_iter()
        .map(|(_, _, _, place)| place)
        .filter(|place| seen.insert(place.code))
        .take(limit)
        .collect()
}

/// Places with exactly this name ("Taranto", "Taranto (TA)", "Germany"), today's first; several
/// when namesakes exist, none when the name is unknown.
pub fn find_by_name(text: &str, scope: Scope) -> Vec<Place> {
    let typed = folded_query(text);
    if typed.is_empty() {
        return Vec::new();
    }
    let with_province = typed.rsplit_once(' ');
    let same = |row: &&Row| {
        row.folded == typed
            || row.folded_other == typed
            || with_province.is_some_and(|(name, sigla)| {
                row.folded == name && row.place.province.eq_ignore_ascii_case(sigla)
            })
    };
    let mut found: Vec<_> = rows(scope).filter(same).collect();
    found.sort_by_key(|row| (!row.active, row.place.code));
    let mut seen = HashSet::new();
    found.into_iter().map(|row| row.place).filter(|place| seen.insert(place.code)).collect()
}

fn folded_query(text: &str) -> String {
    fold(&text.chars().take(QUERY_LENGTH).collect::<String>())
}

fn rows(scope: Scope) -> impl Iterator<Item = &'static Row> {
    REGISTER.rows.iter().filter(move |row| scope.covers(row))
}

/// 0 the whole name, 1 its beginning, 2 the beginning of a word.
fn rank(row: &Row, query: &str) -> Option<u8> {
    [&row.folded, &row.folded_other].into_iter().filter_map(|name| rank_of(name, query)).min()
}

fn rank_of(name: &str, query: &str) -> Option<u8> {
    if name == query {
        return Some(0);
    }
    if name.starts_with(query) {
        return Some(1);
    }
    let begins_word = |at: usize| name.get(..at).is_some_and(|before| before.ends_with(' '));
    name.match_indices(query).any(|(at, _)| begins_word(at)).then_some(2)
}
