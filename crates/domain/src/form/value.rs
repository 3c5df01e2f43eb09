//! Reading what people type: days, telephone numbers, amounts.

use crate::cents::Cents;
use jiff::civil::Date;

/// A day written `dd/mm/yyyy` (also with `-`, `.` or one digit) or `yyyy-mm-dd`, as browsers send.
pub fn parse_date(raw: &str) -> Option<Date> {
    let parts: Vec<&str> = raw.trim().split(['/', '-', '.']).map(str::trim).collect();
    let &[first, second, third] = parts.as_slice() else { return None };
    let (year, month, day) =
        if first.len() == 4 { (first, second, third) } else { (third, second, first) };
    if year.len() != 4 || month.len() > 2 || day.len() > 2 {
        return None;
    }
    Date::new(digits(year)?, digits(month)?, digits(day)?).ok()
}

/// A telephone number written with any usual separators: digits, with `+` in front if it was there.
pub fn parse_phone(raw: &str) -> Option<String> {
    let raw = raw.trim();
    let (plus, rest) = match raw.strip_prefix('+') {
        Some(rest) => ("+", rest),
        None => ("", raw),
    };
    let separator = |c: char| matches!(c, ' ' | '.' | '-' | '/' | '(' | ')' | '\u{a0}');
    let number: String = rest.chars().filter(|c| !separator(*c)).collect();
    let well_formed =
        (6..=15).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    well_formed.then(|| format!("{plus}{number}"))
}

/// An amount as Italians write it: `12.345,67`, `12345,6`, `12345`, with or without the euro sign.
/// A single point with two digits after it (`123.45`) is read as a decimal point.
pub fn parse_amount(raw: &str) -> Option<Cents> {
    let bare: String = raw.chars().filter(|c| !matches!(c, ' ' | '€' | '\u{a0}' | '\'')).collect();
    let (whole, fraction) = match bare.split_once(',') {
        Some((whole, fraction)) => (grouped(whole)?, fraction),
        None => match bare.rsplit_once('.') {
            Some((whole, fraction)) if fraction.len() == 2 && !whole.contains('.') => {
                (whole.to_owned(), fraction)
            }
            _ => (grouped(&bare)?, ""),
        },
    };
    if whole.len() > 9 || fraction.len() > 2 {
        return None;
    }
    let euros: i64 = digits(&whole)?;
    let cents: i64 = if fraction.is_empty() { 0 } else { digits(&format!("{fraction:0<2}"))? };
    Some(Cents::new(euros * 100 + cents))
}

/// The digits of a whole number whose points, if any, part groups of three.
fn grouped(text: &str) -> Option<String> {
    let mut groups = text.split('.');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let well_formed = rest.is_empty()
        || ((1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3));
    well_formed.then(|| format!("{first}{}", rest.concat()))
}

/// A number made of ASCII digits only.
fn digits<T: std::str::FromStr>(text: &str) -> Option<T> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_days_as_families_and_browsers_write_them() {
        let day = Some(Date::constant(2019, 3, 9));
        for raw in ["09/03/2019", "9/3/2019", " 09-03-2019 ", "09.03.2019", "2019-03-09"] {
            assert_eq!(parse_date(raw), day, "{raw}");
        }
        for raw in ["", "31/02/2019", "09/03/19", "2019", "9/3/2019/1", "+9/3/2019", "marzo"] {
            assert_eq!(parse_date(raw), None, "{raw}");
        }
        assert!(parse_date("29/02/2024").is_some());
        assert!(parse_date("29/02/2023").is_none());
    }

    #[test]
    fn reads_telephone_numbers_leniently() {
        assert_eq!(parse_phone("+39 099 458-1342").as_deref(), Some("+390994581342"));
        assert_eq!(parse_phone("(099) 4581342").as_deref(), Some("0994581342"));
        for raw in ["", "12345", "099 nove", "+39+099458", "1234567890123456"] {
            assert_eq!(parse_phone(raw), None, "{raw}");
        }
    }

    #[test]
    fn reads_amounts_as_italians_write_them() {
        for (raw, cents) in [
            ("12.345,67", 1_234_567),
            ("12345,6", 1_234_560),
            ("€ 7.500", 750_000),
            ("7500", 750_000),
            ("123.45", 12_345),
            ("0", 0),
            ("1.234.567,00", 123_456_700),
        ] {
            assert_eq!(parse_amount(raw), Some(Cents::new(cents)), "{raw}");
        }
        for raw in ["", "-5", "1,234", "12,3,4", "1.23.4", "abc", "1234567890", "1.2345,00", ","] {
            assert_eq!(parse_amount(raw), None, "{raw}");
        }
    }
}
