//! Everything secret: encryption per tenant, keyed hashes, derived one-time secrets, password
//! hashes, tokens and second factors. The only crate with ciphers.

mod cipher;
mod compare;
mod derived;
mod key;
mod lookup;
mod operator_keys;
mod password_hasher;
mod sealed;
mod system_entropy;
mod tenant_keys;
mod token;
mod totp;

pub use compare::{email_codes_match, same, temporary_passwords_match};
pub use lookup::LookupKind;
pub use operator_keys::{OperatorKeyError, OperatorKeys, Settings};
pub use password_hasher::{PasswordHasher, PasswordHasherError};
pub use sealed::{OpenError, Place};
pub use system_entropy::SystemEntropy;
pub use tenant_keys::{TenantKeys, UnwrapError};
pub use token::Token;
pub use totp::{TotpSecret, TotpSecretError};

#[cfg(test)]
mod testing;
