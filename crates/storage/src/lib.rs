//! PostgreSQL behind two doors: `TenantTx` for one tenant's rows, `SystemTx` for the platform's own.
//!
//! Invariant: SQL lives in this crate only, and nothing outside it can open a connection.

pub mod applications;
pub mod attachments;
pub mod audit_events;
pub mod credentials;
pub mod drafts;
pub mod email_codes;
pub mod enrolments;
mod errors;
pub mod form_definitions;
pub mod identities;
pub mod identity_providers;
pub mod login_messages;
pub mod login_requests;
pub mod mails;
mod migrations;
pub mod officers;
pub mod password_links;
mod pool;
pub mod queue;
pub mod ratings;
pub mod saml_keys;
pub mod sessions;
pub mod sign_in_failures;
pub mod tenant_keys;
pub mod tenants;
mod tx;

pub use errors::{Constraint, StorageError};
pub use migrations::pending;
pub use pool::{MigrateError, Pool, Settings, migrate};
pub use tx::{SystemTx, TenantTx};

/// The schema's history, embedded; applied by `campanella migrate` as the owner role.
pub static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("../../migrations");
