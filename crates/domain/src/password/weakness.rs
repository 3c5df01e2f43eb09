//! Signs of a password that is guessed soon.

use crate::folding::{ascii_digit, fold};
use std::{collections::HashSet, sync::LazyLock};

/// Context words shorter than this occur in too many innocent passwords.
const SHORTEST_CONTEXT: usize = 4;

/// Steps of a run that count as a sequence.
const RUN: usize = 6;

/// Characters outside the longest run that save a password.
const SAVING: usize = 6;

/// Rows along which fingers slide.
const ROWS: [&str; 6] = [
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
];

static LEAKED: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let list = include_str!("../../data/leaked_passwords.txt");
    list.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
});

pub(super) fn is_only_digits(password: &str) -> bool {
    !password.is_empty()
        && password.chars().all(|c| ascii_digit(c).is_some() || c.is_whitespace() || c == '-')
}

/// Hardly any different characters, or a group that fills the whole password.
pub(super) fn is_repeated(password: &str) -> bool {
    let characters: Vec<char> = password.to_lowercase().chars().collect();
    let distinct = characters.iter().collect::<HashSet<_>>().len();
    let periodic = |period: usize| {
        characters.iter().zip(characters.iter().skip(period)).all(|(left, right)| left == right)
    };
    characters.len() > 1 && (distinct <= 3 || (1..=characters.len() / 2).any(periodic))
}

/// A run along a row, forwards or backwards, with little besides.
pub(super) fn is_sequence(password: &str) -> bool {
    let characters: Vec<char> = password.to_lowercase().chars().collect();
    let longest = ROWS
        .iter()
        .flat_map(|row| [row.chars().collect::<String>(), row.chars().rev().collect()])
        .map(|row| longest_run(&characters, &row))
        .max()
        .unwrap_or_default();
    longest >= RUN && characters.len() - longest < SAVING
}

fn longest_run(characters: &[char], row: &str) -> usize {
    let follows = |left: char, right: char| {
        row.chars().zip(row.chars().skip(1)).any(|pair| pair == (left, right))
    };
    let (mut longest, mut run) = (0, 1);
    for (left, right) in characters.iter().zip(characters.iter().skip(1)) {
        run = if follows(*left, *right) { run + 1 } else { 1 };
        longest = longest.max(run);
    }
    longest
}

/// In the list as it is, with marks and digits taken off its ends, or with letters put back
/// where look-alike digits and marks stand.
pub(super) fn is_leaked(password: &str) -> bool {
    let lower = password.to_lowercase();
    let stem = lower.trim_matches(|c: char| !c.is_alphabetic());
    let plain: String = lower.chars().map(unmasked).collect();
    let plain_stem: String = lower
        .trim_end_matches(|c: char| !c.is_alphabetic())
        .chars()
        .map(unmasked)
        .filter(char::is_ascii_alphabetic)
        .collect();
    [lower.as_str(), stem, &plain, &plain_stem, &fold(stem)]
        .iter()
        .any(|form| LEAKED.contains(form))
}

fn unmasked(character: char) -> char {
    match character {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

/// Contains a word of the context, accents and case aside.
pub(super) fn has_context(password: &str, context_words: &[&str]) -> bool {
    let password = fold(password).replace(' ', "");
    context_words.iter().any(|context| {
        fold(context)
            .split(' ')
            .filter(|word| word.chars().count() >= SHORTEST_CONTEXT)
            .any(|word| password.contains(word))
    })
}
