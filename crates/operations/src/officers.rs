//! People of the office: creating an account, signing in with two factors.

mod create;
mod sign_in;

pub use create::{Created, NewOfficer, create};
pub use sign_in::{OfficerSignIn, name, sign_in};
