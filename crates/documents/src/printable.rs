//! Makes any text fit for print: characters that no font can show become a visible sign.

use serde_json::Value;

/// Stands for characters that cannot be printed.
const REPLACEMENT: char = '\u{fffd}';

/// Cleans every text of a document in place; tells whether a character had to be replaced.
///
/// PDF/A and PDF/UA refuse a document with one character that has no shape or no meaning, and a
/// family's name must never make its document fail.
pub(crate) fn clean(value: &mut Value, covers: &dyn Fn(char) -> bool) -> bool {
    match value {
        Value::String(text) => {
            let (printable, replaced) = clean_text(text, covers);
            *text = printable;
            replaced
        }
        // `fold` and not `any`: every element must be cleaned.
        Value::Array(items) => items.iter_mut().fold(false, |all, item| clean(item, covers) | all),
        Value::Object(fields) => {
            fields.values_mut().fold(false, |all, field| clean(field, covers) | all)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

fn clean_text(text: &str, covers: &dyn Fn(char) -> bool) -> (String, bool) {
    let mut printable = String::with_capacity(text.len());
    let mut replaced = false;
    for character in text.chars().filter(|character| !is_invisible(*character)) {
        match character {
            // An isolate keeps what it holds in its own direction, and cannot turn round anything else.
            '\n' | '\u{2068}' | '\u{2069}' => printable.push(character),
            '\t' | '\r' => printable.push(' '),
            _ if !is_private(character) && covers(character) => printable.push(character),
            // A run of them is one sign: the length of a foreign word says nothing.
            _ => {
                replaced = true;
                if !printable.ends_with(REPLACEMENT) {
                    printable.push(REPLACEMENT);
                }
            }
        }
    }
    (printable, replaced)
}

/// Characters that only steer layout: joiners, direction overrides, selectors, controls. They
/// could turn a printed text round, and none of them is needed by the scripts that are printed.
fn is_invisible(character: char) -> bool {
    match character {
        '\n' | '\t' | '\r' => false,
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{2067}'
        | '\u{206a}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{fff0}'..='\u{fffc}'
        | '\u{e0000}'..='\u{e0fff}' => true,
        _ => character.is_control(),
    }
}

fn is_private(character: char) -> bool {
    matches!(character,
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}')
        || (u32::from(character) & 0xfffe) == 0xfffe
        || matches!(character, '\u{fdd0}'..='\u{fdef}')
}

#[cfg(test)]
mod tests {
    use super::clean_text;

    fn ascii(text: &str) -> (String, bool) {
        clean_text(text, &|character| character.is_ascii())
    }

    #[test]
    fn what_can_be_shown_stays_as_it_is() {
        let text = "#eval(1) *bold* {{7*7}} $x$ <a> \\u{1}\nsecond line";
        assert_eq!(ascii(text), (text.to_owned(), false));
    }

    #[test]
    fn a_run_of_unknown_characters_becomes_one_sign() {
        assert_eq!(ascii("Anna \u{738b}\u{738b}!"), ("Anna \u{fffd}!".to_owned(), true));
    }

    #[test]
    fn steering_characters_vanish() {
        assert_eq!(ascii("a\u{202e}b\u{0}c\u{200d}d\te"), ("abcd e".to_owned(), false));
    }
}
