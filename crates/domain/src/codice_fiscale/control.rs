//! Control letter and omocodia.

/// Values of 0–9, then A–Z, at odd positions (DM 23 December 1976).
const ODD: [u32; 36] = [
    1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6,
    8, 12, 14, 16, 10, 22, 25, 24, 23,
];

/// Letters that stand for 0–9 in codes made different from a namesake's.
const SUBSTITUTES: &str = "LMNPQRSTUV";

/// Positions, from 1, whose digits may be replaced; the replacing starts at the right.
const REPLACEABLE: [usize; 7] = [15, 14, 13, 11, 10, 8, 7];

/// The letter that confirms the first fifteen characters.
pub(super) fn letter(code: &str) -> Option<char> {
    let sum: u32 = (1..=15_u32).zip(code.chars()).map(|(position, c)| value(position, c)).sum();
    ('A'..='Z').nth(usize::try_from(sum % 26).ok()?)
}

fn value(position: u32, character: char) -> u32 {
    let rank = character.to_digit(36).unwrap_or_default();
    if position % 2 == 1 {
        usize::try_from(rank).ok().and_then(|rank| ODD.get(rank)).copied().unwrap_or_default()
    } else if rank >= 10 {
        rank - 10
    } else {
        rank
    }
}

/// The digit at a numeric position, also when a letter stands for it.
pub(super) fn digit(character: char) -> Option<char> {
    if character.is_ascii_digit() {
        return Some(character);
    }
    ('0'..='9').zip(SUBSTITUTES.chars()).find(|(_, letter)| *letter == character).map(|(d, _)| d)
}

fn substitute(character: char) -> Option<char> {
    ('0'..='9').zip(SUBSTITUTES.chars()).find(|(d, _)| *d == character).map(|(_, letter)| letter)
}

/// All seven numeric positions as digits, control letter recomputed.
pub(super) fn base_form(code: &str) -> String {
    rebuilt(
        code,
        |position, character| {
            if REPLACEABLE.contains(&position) { digit(character) } else { None }
        },
    )
}

/// How many of the seven digits are letters.
pub(super) fn omocodia_level(code: &str) -> usize {
    (1..)
        .zip(code.chars())
        .filter(|(position, c)| REPLACEABLE.contains(position) && c.is_ascii_alphabetic())
        .count()
}

/// The code with the given number of digits replaced, from the right.
pub(super) fn with_omocodia(code: &str, level: usize) -> String {
    rebuilt(code, |position, character| {
        let replaced = REPLACEABLE.iter().take(level).any(|p| *p == position);
        if replaced { substitute(character) } else { None }
    })
}

/// Changes single characters, then appends the right control letter.
fn rebuilt(code: &str, change: impl Fn(usize, char) -> Option<char>) -> String {
    let mut changed: String =
        (1..=15).zip(code.chars()).map(|(p, c)| change(p, c).unwrap_or(c)).collect();
    changed.extend(letter(&changed));
    changed
}
