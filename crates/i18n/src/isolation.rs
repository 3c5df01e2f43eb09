//! Foreign words within a text that is written from right to left.

use domain::Locale;

/// First strong isolate and its end (Unicode Standard Annex 9): what stands between cannot reorder what surrounds it.
const ISOLATE: char = '\u{2068}';
const END: char = '\u{2069}';

/// The value so that the words around it cannot tear it apart: in a right-to-left text between isolates.
pub fn isolated(locale: Locale, value: &str) -> String {
    let mut text = String::new();
    push(locale, value, &mut text);
    text
}

/// Appends the value of a placeholder. In a right-to-left text an address, a code or a date with its signs would otherwise
/// be torn apart by the words around it.
pub(crate) fn push(locale: Locale, value: &str, text: &mut String) {
    if locale.direction() == "rtl" && is_foreign(value) {
        text.push(ISOLATE);
        text.push_str(value);
        text.push(END);
    } else {
        text.push_str(value);
    }
}

/// Letters of another direction, or digits with signs between them. What carries isolates already is left alone.
fn is_foreign(value: &str) -> bool {
    let own = |c: char| matches!(c, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}');
    let has_letters = value.chars().any(|c| c.is_alphabetic() && !own(c));
    let has_digits = value.chars().any(|c| c.is_ascii_digit());
    let has_signs = value.chars().any(|c| !c.is_alphanumeric());
    !value.starts_with(ISOLATE) && (has_letters || has_digits && has_signs)
}

#[cfg(test)]
mod tests {
    use super::isolated;
    use domain::Locale;

    #[test]
    fn what_reads_the_other_way_is_isolated_in_arabic_only() {
        for foreign in ["a@b.example", "08/09/2026 17:24", "RSSMRA", "Taranto"] {
            assert_eq!(isolated(Locale::Ar, foreign), format!("\u{2068}{foreign}\u{2069}"));
            assert_eq!(isolated(Locale::Uk, foreign), foreign);
        }
        for own in ["3", "الاثنين", ""] {
            assert_eq!(isolated(Locale::Ar, own), own);
        }
    }
}
