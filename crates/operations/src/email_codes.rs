//! Proving an e-mail address with a short one-time code.

mod confirm;
mod request;

pub use confirm::{Confirmed, confirm};
pub use request::{Requested, request};
