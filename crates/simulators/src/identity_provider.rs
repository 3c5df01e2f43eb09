//! Identity providers of SPID, of CIE and of eIDAS, all invented, that speak the real protocol over real HTTP.
//!
//! They are made without the libraries that the product uses for XML and its signatures, so that a mistake is not made
//! twice in the same way. They answer to whoever is registered, they let anybody be anybody, and they stay on the loopback:
//! nothing here ever vouches for a person.

pub mod answer;
pub mod metadata;
pub mod names;
pub mod person;
pub mod provider;
pub mod registry;
pub mod request;
pub mod signer;
pub mod value;

#[cfg(test)]
mod fixture;
mod html;
mod logout;
mod server;
mod service_provider;

pub use answer::{Answer, ErrorCode, Ground, Signing};
pub use logout::{LogoutRequest, LogoutResponse};
pub use person::Person;
pub use provider::Provider;
pub use request::{Anomaly, AuthnRequest};
pub use server::{
    Binding, IdentityProviders, Options, Received, RecordedRequest, ServiceProviders, Source,
    StartError,
};
pub use service_provider::{Acs, AttributeSet, LogoutService, ServiceProvider};
pub use value::Value;
