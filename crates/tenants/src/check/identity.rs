//! Codes of the tenant, compared with the registers.

use super::{Mistake, at, label};
use crate::settings::Identity;
use domain::municipality;

/// Every mistake of the identity.
pub(super) fn mistakes(identity: &Identity) -> Vec<Mistake> {
    let mut found = Vec::new();
    for (key, value) in [("name", &identity.name), ("short_name", &identity.short_name)] {
        found.extend(label(&["identity", key], value));
    }
    if municipality::province_name(&identity.province).is_none() {
        let message = "unknown province; write its two capital letters, like \"TA\"";
        found.push(at(&["identity", "province"], message.to_owned()));
    }
    let unknown = |code: &String| municipality::find_by_code(code, None).is_none_or(|p| p.foreign);
    if identity.codice_catastale.as_ref().is_some_and(unknown) {
        let message = "no municipality has this cadastral code";
        found.push(at(&["identity", "codice_catastale"], message.to_owned()));
    }
    let word = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    let shaped = |code: &String| (2..=40).contains(&code.len()) && code.bytes().all(word);
    if identity.codice_ipa.as_ref().is_some_and(|code| !shaped(code)) {
        let message = "lower-case letters, digits and underscores, like \"c_l049\"";
        found.push(at(&["identity", "codice_ipa"], message.to_owned()));
    }
    if identity.codice_fiscale.as_ref().is_some_and(|code| !is_body_code(code)) {
        let message = "eleven digits whose last one confirms the others";
        found.push(at(&["identity", "codice_fiscale"], message.to_owned()));
    }
    found
}

/// Eleven digits with the control digit of DM 23 December 1976, art. 8 (Luhn).
fn is_body_code(code: &str) -> bool {
    let digits: Option<Vec<u32>> = code.chars().map(|c| c.to_digit(10)).collect();
    let sum = |digits: Vec<u32>| -> u32 {
        let doubled = |digit: u32| if digit >= 5 { 2 * digit - 9 } else { 2 * digit };
        let value = |(at, digit): (usize, u32)| if at % 2 == 1 { doubled(digit) } else { digit };
        digits.into_iter().enumerate().map(value).sum()
    };
    digits.is_some_and(|digits| digits.len() == 11 && sum(digits) % 10 == 0)
}

#[cfg(test)]
mod tests {
    use super::is_body_code;

    #[test]
    fn the_control_digit_confirms_the_code_of_a_body() {
        assert!(is_body_code("00000000000"));
        assert!(is_body_code("12345678903"));
        assert!(!is_body_code("12345678901"));
        assert!(!is_body_code("1234567890"));
        assert!(!is_body_code("1234567890X"));
    }
}
