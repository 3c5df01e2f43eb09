//! The verbs. Each opens and commits its own transaction, decides with `domain`, stores, audits and enqueues.
//! Nothing here renders or sends. What a person can mend is a value; errors are for what they cannot.

pub mod applications;
mod audit;
pub mod credentials;
pub mod drafts;
pub mod email_codes;
mod error;
pub mod identities;
pub mod identity_providers;
mod keyring;
pub mod logins;
mod mails;
pub mod officers;
mod platform;
pub mod ratings;
pub mod retention;
pub mod saml_keys;
pub mod sessions;
pub mod tenants;

pub use error::Failure;
pub use keyring::Keyring;
pub use platform::Platform;
