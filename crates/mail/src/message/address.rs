//! Addresses as they may go into an SMTP command and a header.

use super::{BuildError, Field};
use domain::EmailAddress;
use lettre::Address;

/// The library's form of an address. Its own check is asked again: quoted local parts, comments
/// and literals are legal, nobody has them, and servers disagree about where they end.
pub(super) fn convert(address: &EmailAddress, field: Field) -> Result<Address, BuildError> {
    let error = BuildError::Address(field);
    let (local, domain) = address.as_str().split_once('@').ok_or(error)?;
    let harmless = |c: char| c.is_ascii_graphic() && !"\"()<>[]:;,\\@".contains(c);
    if !address.as_str().replacen('@', "", 1).chars().all(harmless) {
        return Err(error);
    }
    Address::new(local, domain).map_err(|_| error)
}
