//! Proving an e-mail address with a short one-time code.

mod address;
mod confirm;
mod request;

pub use address::{address, wait};
pub use confirm::{Confirmed, confirm};
pub use request::{Requested, request};
