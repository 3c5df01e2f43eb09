//! SAML as SPID, CIE and eIDAS want it: metadata, requests, and a strict reading of the answers.

pub mod names;
mod provider;

pub use provider::{Certificate, IdentityProvider};
