//! Keyed hashes that stand for personal data in keys and unique columns.

use crate::TenantKeys;

/// What is hashed; the same value of two kinds gives two hashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LookupKind {
    /// A codice fiscale as issued.
    CodiceFiscale,
    /// An e-mail address in its normalised form.
    Email,
    /// The user code of a guardian.
    LoginCode,
    /// The identifier an identity provider gives.
    Identity,
    /// The cookie that names a browser.
    Browser,
    /// A network, as `limits::network_of` writes it.
    Network,
    /// A session's token.
    Session,
    /// A single-use link's token.
    Link,
    /// The verification code printed on a document.
    VerificationCode,
}

impl LookupKind {
    const fn label(self) -> &'static str {
        match self {
            Self::CodiceFiscale => "codice_fiscale",
            Self::Email => "email",
            Self::LoginCode => "login_code",
            Self::Identity => "identity",
            Self::Browser => "browser",
            Self::Network => "network",
            Self::Session => "session",
            Self::Link => "link",
            Self::VerificationCode => "verification_code",
        }
    }
}

impl TenantKeys {
    /// HMAC-SHA-256 of a normalised value under the tenant's look-up key.
    pub fn lookup_hash(&self, kind: LookupKind, value: &str) -> [u8; 32] {
        self.lookup.hash(&[b"lookup", kind.label().as_bytes(), value.as_bytes()])
    }
}

#[cfg(test)]
mod tests {
    use super::LookupKind as K;
    use crate::testing::keys;

    #[test]
    fn equal_values_meet_within_a_tenant_and_a_kind_only() {
        let mine = keys(1);
        let hash = mine.lookup_hash(K::Email, "anna@example.it");
        assert_eq!(hash, mine.lookup_hash(K::Email, "anna@example.it"));
        assert_ne!(hash, mine.lookup_hash(K::Email, "anna@example.i"));
        assert_ne!(hash, mine.lookup_hash(K::Identity, "anna@example.it"));
        assert_ne!(hash, keys(2).lookup_hash(K::Email, "anna@example.it"));
    }
}
