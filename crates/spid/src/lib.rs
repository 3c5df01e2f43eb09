//! SAML as SPID, CIE and eIDAS want it: metadata, requests, and a strict reading of the answers.

mod decode;
mod dom;
mod guard;
pub mod level;
mod logout_in;
pub mod names;
mod provider;
mod refusal;
mod response;
mod signature;
#[cfg(test)]
mod testing;
mod time;

pub use decode::{FORM_BYTES, XML_BYTES};
pub use logout_in::{
    LogoutExpected, LogoutRequest, issuer_of_logout_post, issuer_of_logout_redirect,
    open_logout_post, open_logout_redirect,
};
pub use provider::{Certificate, IdentityProvider};
pub use refusal::Refusal;
pub use response::{Expected, Opened, Verified, open_response, validate};
pub use time::{CLOCK_TOLERANCE, parse_instant};
