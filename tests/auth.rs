//! Who may do what, from where, how often.

mod conformance;
mod cross_site;
mod enumeration;
mod first_password;
mod hosts;
mod identity;
mod limits;
mod saml;
mod sessions;
