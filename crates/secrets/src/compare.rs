//! Comparison in constant time.

use domain::{EmailCode, password::TemporaryPassword};
use subtle::ConstantTimeEq as _;

/// Whether two secrets are equal; the time depends on their lengths only.
pub fn same(left: &[u8], right: &[u8]) -> bool {
    left.ct_eq(right).into()
}

/// Whether the typed code is the derived one.
pub fn email_codes_match(typed: &EmailCode, derived: &EmailCode) -> bool {
    same(typed.as_str().as_bytes(), derived.as_str().as_bytes())
}

/// Whether the typed temporary password is the derived one.
pub fn temporary_passwords_match(typed: &TemporaryPassword, derived: &TemporaryPassword) -> bool {
    same(typed.as_str().as_bytes(), derived.as_str().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::{email_codes_match, same, temporary_passwords_match};
    use crate::testing::keys;
    use domain::{EmailCode, password::TemporaryPassword};
    use uuid::Uuid;

    #[test]
    fn equal_is_equal_and_nothing_else() {
        assert!(same(b"abc", b"abc"));
        assert!(!same(b"abc", b"abd") && !same(b"abc", b"ab") && !same(b"", b"a"));
    }

    #[test]
    fn typed_secrets_match_derived_ones() {
        let (keys, row) = (keys(1), Uuid::from_u128(1));
        let code = keys.email_code(row, b"n");
        let (start, end) = code.as_str().split_at(3);
        assert!(email_codes_match(&EmailCode::parse(&format!("{start} {end}")).unwrap(), &code));
        assert!(!email_codes_match(&keys.email_code(row, b"m"), &code));
        let password = keys.temporary_password(row, b"n");
        let typed = TemporaryPassword::parse(&password.as_str().to_lowercase()).unwrap();
        assert!(temporary_passwords_match(&typed, &password));
        assert!(!temporary_passwords_match(&keys.temporary_password(row, b"m"), &password));
    }
}
