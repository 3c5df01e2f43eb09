//! E-mail addresses, read strictly: one recipient, nothing a header could be injected with.

use crate::folding;
use std::{fmt, str::FromStr};

/// Octets of an address, of its local part (RFC 5321 §4.5.3.1).
const MAX_LENGTH: usize = 254;
const MAX_LOCAL: usize = 64;

/// Punctuation allowed in a local part besides the dot (RFC 5322 atext).
const LOCAL_MARKS: &str = "!#$%&'*+-/=?^_`{|}~";

/// An address a mail can be sent to: local part as typed, domain in lower-case ASCII.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EmailAddress {
    local: String,
    domain: String,
    text: String,
}

/// Why a text is not an address; never carries the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmailAddressError {
    /// Nothing was typed.
    #[error("no address")]
    Empty,
    /// More than 254 characters, or more than 64 before the at sign.
    #[error("the address is too long")]
    TooLong,
    /// Not exactly one at sign.
    #[error("an address has one at sign")]
    AtSign,
    /// White space, control character, comma, quote or anything else that cannot be there.
    #[error("a character cannot stand in an address")]
    BadCharacter,
    /// What is before the at sign is empty or has misplaced dots.
    #[error("the part before the at sign is wrong")]
    LocalPart,
    /// What is after the at sign is no domain name with a dot.
    #[error("the part after the at sign is wrong")]
    Domain,
}

impl EmailAddressError {
    /// Stable word for message keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong => "too_long",
            Self::AtSign => "at_sign",
            Self::BadCharacter => "bad_character",
            Self::LocalPart => "local_part",
            Self::Domain => "domain",
        }
    }
}

impl EmailAddress {
    /// Reads what a person typed; spaces around it are forgiven, nothing else is.
    pub fn parse(text: &str) -> Result<Self, EmailAddressError> {
        let typed = text.trim_matches([' ', '\t', '\u{a0}']);
        if typed.is_empty() {
            return Err(EmailAddressError::Empty);
        }
        if typed.len() > MAX_LENGTH {
            return Err(EmailAddressError::TooLong);
        }
        if typed.chars().any(is_foreign) {
            return Err(EmailAddressError::BadCharacter);
        }
        let (local, domain) = typed.split_once('@').ok_or(EmailAddressError::AtSign)?;
        if domain.contains('@') {
            return Err(EmailAddressError::AtSign);
        }
        check_local(local)?;
        let domain = ascii_domain(domain)?;
        let text = format!("{local}@{domain}");
        if text.len() > MAX_LENGTH {
            return Err(EmailAddressError::TooLong);
        }
        Ok(Self { local: local.into(), domain, text })
    }

    /// The address to send to; personal data, never for logs or addresses of pages.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The form that is hashed and compared: all lower case.
    pub fn normalised(&self) -> String {
        self.text.to_ascii_lowercase()
    }

    /// The part before the at sign; a password must not contain it.
    pub fn local_part(&self) -> &str {
        &self.local
    }

    /// What a screen may show to somebody who knows the address: `a…@example.it`.
    pub fn hint(&self) -> String {
        let first: String = self.local.chars().take(1).collect();
        format!("{first}…@{}", idna::domain_to_unicode(&self.domain).0)
    }
}

impl FromStr for EmailAddress {
    type Err = EmailAddressError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EmailAddress(…)")
    }
}

/// Characters that end, quote, list or comment in a mail header, and unseen ones.
fn is_foreign(character: char) -> bool {
    character.is_control()
        || folding::is_blank(character)
        || matches!(character, ',' | ';' | ':' | '"' | '(' | ')' | '<' | '>' | '[' | ']' | '\\')
}

fn check_local(local: &str) -> Result<(), EmailAddressError> {
    if local.len() > MAX_LOCAL {
        return Err(EmailAddressError::TooLong);
    }
    if local.split('.').any(str::is_empty) {
        return Err(EmailAddressError::LocalPart);
    }
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '.' || LOCAL_MARKS.contains(c);
    if local.chars().all(allowed) { Ok(()) } else { Err(EmailAddressError::BadCharacter) }
}

/// The domain in lower-case ASCII (IDNA), checked label by label.
fn ascii_domain(domain: &str) -> Result<String, EmailAddressError> {
    let ascii = idna::domain_to_ascii_strict(domain).map_err(|_| EmailAddressError::Domain)?;
    let last = ascii.rsplit_once('.').map(|(_, last)| last).ok_or(EmailAddressError::Domain)?;
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let named = last.len() >= 2 && !last.bytes().all(|byte| byte.is_ascii_digit());
    if named && ascii.split('.').all(label) { Ok(ascii) } else { Err(EmailAddressError::Domain) }
}

#[cfg(test)]
mod tests {
    use super::{EmailAddress, EmailAddressError as E};

    #[test]
    fn ordinary_addresses_are_read() {
        for (typed, read) in [
            ("anna.prova@example.it", "anna.prova@example.it"),
            (" Anna.Prova+mensa@Example.IT ", "Anna.Prova+mensa@example.it"),
            ("o'prova_1@posta.scuola.example", "o'prova_1@posta.scuola.example"),
            ("anna@città.example", "anna@xn--citt-3na.example"),
            ("a@b-c.it", "a@b-c.it"),
        ] {
            assert_eq!(EmailAddress::parse(typed).unwrap().as_str(), read);
        }
    }

    #[test]
    fn injection_and_rarities_are_refused() {
        for (typed, error) in [
            ("", E::Empty),
            ("  ", E::Empty),
            ("anna", E::AtSign),
            ("a@b@example.it", E::AtSign),
            ("@example.it", E::LocalPart),
            (".a@example.it", E::LocalPart),
            ("a..b@example.it", E::LocalPart),
            ("a.@example.it", E::LocalPart),
            ("a@example.it\r\nBcc: b@example.it", E::BadCharacter),
            ("a@example.it\n", E::BadCharacter),
            ("a\0@example.it", E::BadCharacter),
            ("a b@example.it", E::BadCharacter),
            ("\"a b\"@example.it", E::BadCharacter),
            ("a(x)@example.it", E::BadCharacter),
            ("Anna <a@example.it>", E::BadCharacter),
            ("a@example.it,b@example.it", E::BadCharacter),
            ("a@example.it;b@example.it", E::BadCharacter),
            ("a@[127.0.0.1]", E::BadCharacter),
            ("a\u{200b}@example.it", E::BadCharacter),
            ("a\u{202e}@example.it", E::BadCharacter),
            ("ànna@example.it", E::BadCharacter),
            ("a@localhost", E::Domain),
            ("a@", E::Domain),
            ("a@example.it.", E::Domain),
            ("a@.example.it", E::Domain),
            ("a@example..it", E::Domain),
            ("a@-example.it", E::Domain),
            ("a@exam_ple.it", E::Domain),
            ("a@127.0.0.1", E::Domain),
            ("a@example.i", E::Domain),
        ] {
            assert_eq!(EmailAddress::parse(typed), Err(error), "{typed:?}");
        }
    }

    #[test]
    fn lengths_are_limited() {
        let long = |local: usize, label: usize| {
            let labels = vec!["d".repeat(label); 3].join(".");
            EmailAddress::parse(&format!("{}@{labels}.it", "a".repeat(local)))
        };
        assert!(long(64, 60).is_ok());
        assert_eq!(long(65, 10), Err(E::TooLong));
        assert_eq!(long(64, 63), Err(E::TooLong));
        assert_eq!(long(10, 64), Err(E::Domain));
    }

    #[test]
    fn comparison_hint_and_masking() {
        let address = EmailAddress::parse("Anna.Prova@EXAMPLE.it").unwrap();
        assert_eq!(address.normalised(), "anna.prova@example.it");
        assert_eq!(address.hint(), "A…@example.it");
        assert_eq!(EmailAddress::parse("b@città.example").unwrap().hint(), "b…@città.example");
        assert_eq!(format!("{address:?}"), "EmailAddress(…)");
    }
}
