//! Addresses as they may go into an SMTP command and a header.

use super::{BuildError, Field};
use lettre::Address;

/// Longest address, RFC 5321 §4.5.3.1.3 less the angle brackets.
const MAX_ADDRESS: usize = 254;

/// One plain address. Quoted local parts, comments, literals and groups are refused: they are
/// legal, nobody has them, and servers disagree about where they end.
pub(super) fn parse(text: &str, field: Field) -> Result<Address, BuildError> {
    let error = BuildError::Address(field);
    let (local, domain) = text.split_once('@').ok_or(error)?;
    let strange = |c: char| c.is_control() || c.is_whitespace() || "\"()<>[]:;,\\@".contains(c);
    if text.len() > MAX_ADDRESS || local.contains(strange) || domain.contains(strange) {
        return Err(error);
    }
    let domain = idna::domain_to_ascii_strict(domain).map_err(|_| error)?;
    if !domain.contains('.') || domain.ends_with('.') {
        return Err(error);
    }
    Address::new(local, domain).map_err(|_| error)
}
