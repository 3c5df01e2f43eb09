//! Folding of typed text: comparable forms of names, digits of other scripts, Latin letters.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// Zeros of the decimal digit rows people can type: Arabic, Persian, Indic, Thai, Lao, Tibetan,
/// Burmese, Khmer, Mongolian, full-width.
const ZEROS: [u32; 22] = [
    0x0030, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6,
    0x0D66, 0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x17E0, 0x1810, 0x1946, 0xFF10,
];

/// The ASCII digit that a decimal digit of any common script stands for.
pub fn ascii_digit(character: char) -> Option<char> {
    let point = u32::from(character);
    ZEROS
        .iter()
        .find(|zero| (**zero..**zero + 10).contains(&point))
        .and_then(|zero| char::from_digit(point - zero, 10))
}

/// An ASCII character for a full-width one or a digit of another script; others stay.
pub(crate) fn to_ascii(character: char) -> char {
    match u32::from(character) {
        point @ 0xFF01..=0xFF5E => char::from_u32(point - 0xFEE0).unwrap_or(character),
        _ => ascii_digit(character).unwrap_or(character),
    }
}

/// Whether a character is white space or has no width (what a paste brings along unseen).
pub(crate) fn is_blank(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Text for equality and search, as in the stored `*_norm` columns: lower case, no diacritics,
/// no apostrophes, everything else that is neither letter nor digit becomes one space.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.nfkd().filter(|c| !is_diacritic(*c) && !is_apostrophe(*c)) {
        if let Some(letters) = plain_letters(character) {
            folded.extend(letters.chars().map(|c| c.to_ascii_lowercase()));
        } else if character.is_alphanumeric() || is_combining_mark(character) {
            folded.extend(character.to_lowercase());
        } else if !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// The letters A–Z of a name in upper case, as the codice fiscale sees them.
pub(crate) fn latin_letters(text: &str) -> String {
    fold(text).chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_uppercase()).collect()
}

fn is_apostrophe(character: char) -> bool {
    matches!(
        character,
        '\'' | '`'
            | '\u{00B4}'
            | '\u{02B9}'
            | '\u{02BB}'
            | '\u{02BC}'
            | '\u{2018}'
            | '\u{2019}'
            | '\u{201B}'
            | '\u{2032}'
            | '\u{FF07}'
    )
}

/// Marks over and under European letters; vowel signs of other scripts are part of the word.
fn is_diacritic(character: char) -> bool {
    matches!(character, '\u{0300}'..='\u{036F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

/// Letters that Unicode does not decompose, written the way registries write them.
fn plain_letters(character: char) -> Option<&'static str> {
    Some(match character {
        'ß' | 'ẞ' => "ss",
        'Æ' | 'æ' => "ae",
        'Œ' | 'œ' => "oe",
        'Ø' | 'ø' => "o",
        'Đ' | 'đ' | 'Ð' | 'ð' => "d",
        'Ł' | 'ł' => "l",
        'Þ' | 'þ' => "th",
        'Ħ' | 'ħ' => "h",
        'Ŧ' | 'ŧ' => "t",
        'ı' => "i",
        'Ə' | 'ə' => "e",
        'Ŋ' | 'ŋ' => "n",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{ascii_digit, fold, latin_letters};

    #[test]
    fn names_written_differently_fold_to_the_same_text() {
        for (left, right) in [
            ("D'Angelò", "dangelo"),
            ("D’ANGELO'", "d`angelo"),
            ("  Müller   Lüdenscheidt ", "muller ludenscheidt"),
            ("Nicolo\u{300}", "Nicolò"),
            ("Rossi-Bianchi", "rossi bianchi"),
            ("Đorđević Łukasz", "DORDEVIC lukasz"),
            ("Ştefan", "Ștefan"),
            ("İpek", "ipek"),
            ("ＡＮＮＡ", "anna"),
        ] {
            assert_eq!(fold(left), fold(right));
        }
        assert_eq!(fold("Großmann"), "grossmann");
        assert_eq!(fold("王小明"), "王小明");
        assert_eq!(fold(" \u{0}-' "), "");
    }

    #[test]
    fn vowel_signs_of_other_scripts_stay() {
        assert_eq!(fold("নাম"), "নাম");
    }

    #[test]
    fn latin_letters_are_ascii_capitals() {
        assert_eq!(latin_letters("Søren d'Æbelø 3"), "SORENDAEBELO");
        assert_eq!(latin_letters("王"), "");
    }

    #[test]
    fn digits_of_other_scripts_are_read() {
        let read = |text: &str| text.chars().filter_map(ascii_digit).collect::<String>();
        assert_eq!(read("٠١٢٣٤٥٦٧٨٩"), "0123456789");
        assert_eq!(read("১২৩"), "123");
        assert_eq!(read("９a²"), "9");
    }
}
