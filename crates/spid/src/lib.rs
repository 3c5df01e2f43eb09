//! SAML as SPID, CIE and eIDAS want it: metadata, requests, and a strict reading of the answers.

mod certificate_profile;
mod check;
mod decode;
mod dom;
mod guard;
mod keys;
pub mod level;
mod logout_in;
mod logout_out;
pub mod metadata;
pub mod names;
mod provider;
mod redirect;
mod refusal;
mod registry;
mod request;
mod response;
#[cfg(test)]
mod samples;
mod sign;
mod signature;
mod sources;
#[cfg(test)]
mod testing;
mod time;
mod xml;

pub use certificate_profile::CertificateSubject;
pub use check::{MetadataCheck, MetadataProfile, Problem, check_metadata};
pub use decode::{FORM_BYTES, XML_BYTES};
pub use keys::{KeyError, NewKey, SigningKey, certificate_request, new_key, new_private_key};
pub use logout_in::{
    LogoutExpected, LogoutRequest, issuer_of_logout_post, issuer_of_logout_redirect,
    open_logout_post, open_logout_redirect,
};
pub use logout_out::{
    LogoutAnswer, LogoutStatus, OutgoingLogout, PostAnswer, logout_request_post,
    logout_request_redirect, logout_response_post, logout_response_redirect,
};
pub use metadata::{
    Aggregator, AttributeSet, MetadataError, Mode, ServiceProvider, TechnicalPartner, cie_metadata,
    is_entity_id, spid_metadata,
};
pub use provider::{Certificate, IdentityProvider};
pub use redirect::SignedMessage;
pub use refusal::Refusal;
pub use registry::{Registry, RegistryError, RegistryTrust, read_registry};
pub use request::{
    LoginRequest, MessageError, PostMessage, new_request_id, post_form, redirect_url,
};
pub use response::{Expected, Opened, Verified, open_response, validate};
pub use sign::SignError;
pub use sources::Sources;
pub use time::{CLOCK_TOLERANCE, parse_instant};
pub use xml::ForbiddenCharacter;
