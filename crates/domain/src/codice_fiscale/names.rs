//! The six letters that stand for surname and name.

use crate::folding;

/// Three letters of the surname: consonants, then vowels, then X.
pub(super) fn surname_code(surname: &str) -> String {
    let (consonants, vowels) = parted(surname);
    first_three(&consonants, &vowels)
}

/// Three letters of the name: as for the surname, but with four consonants or more the second is
/// left out.
pub(super) fn name_code(name: &str) -> String {
    let (mut consonants, vowels) = parted(name);
    if consonants.len() >= 4 {
        consonants.remove(1);
    }
    first_three(&consonants, &vowels)
}

fn parted(text: &str) -> (String, String) {
    folding::latin_letters(text).chars().partition(|c| !"AEIOU".contains(*c))
}

fn first_three(consonants: &str, vowels: &str) -> String {
    consonants.chars().chain(vowels.chars()).chain("XXX".chars()).take(3).collect()
}
