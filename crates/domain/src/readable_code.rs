//! Codes people copy by hand: letters and digits that are not mistaken for one another.

use crate::folding::{is_blank, to_ascii};

/// Crockford's base 32: no I, L, O, U.
const ALPHABET: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Characters between dashes.
const GROUP: usize = 4;

/// Writes five bits of each byte as one character, in groups of four: `K7QF-2MXP`.
pub fn write(random: &[u8]) -> String {
    let mut code = String::with_capacity(random.len() * 5 / 4);
    for (place, byte) in random.iter().enumerate() {
        if place > 0 && place % GROUP == 0 {
            code.push('-');
        }
        code.extend(ALPHABET.chars().nth(usize::from(byte & 31)));
    }
    code
}

/// The canonical form of a typed code with this many characters: spaces and dashes do not
/// matter, nor does case; O is read as 0, I and L as 1. `None` when it cannot be such a code.
pub fn normalise(typed: &str, characters: usize) -> Option<String> {
    let significant = |c: &char| !is_blank(*c) && !matches!(c, '-' | '\u{2010}'..='\u{2015}');
    let read = |c: char| match to_ascii(c).to_ascii_uppercase() {
        'O' => Some('0'),
        'I' | 'L' => Some('1'),
        other => ALPHABET.contains(other).then_some(other),
    };
    let code: Vec<char> =
        typed.chars().filter(significant).take(characters + 1).map(read).collect::<Option<_>>()?;
    let groups = code.chunks(GROUP).map(|group| group.iter().collect::<String>());
    (code.len() == characters).then(|| groups.collect::<Vec<_>>().join("-"))
}

#[cfg(test)]
mod tests {
    use super::{normalise, write};

    #[test]
    fn writes_groups_of_four() {
        assert_eq!(write(&[0, 1, 31, 10, 63, 255, 32, 17]), "01ZA-ZZ0H");
        assert_eq!(write(&[1; 5]), "1111-1");
        assert_eq!(write(&[]), "");
    }

    #[test]
    fn reads_what_was_copied_by_hand() {
        for typed in ["01ZA-ZZ0H", "oiza zzoh", " O l z a – z z 0 h", "０１ＺＡＺＺ０Ｈ"]
        {
            assert_eq!(normalise(typed, 8).as_deref(), Some("01ZA-ZZ0H"));
        }
        for typed in ["", "01ZA-ZZ0", "01ZA-ZZ0HH", "01ZA-ZZ0U", "01ZA_ZZ0H"] {
            assert_eq!(normalise(typed, 8), None);
        }
    }
}
