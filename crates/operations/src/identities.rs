//! People known by a digital identity: who they are, what they have begun, beginning another application.

mod begin;
mod enrolments;
mod person;
mod told;

pub use begin::begin;
pub use enrolments::{Begun, enrolments};
pub use person::{Person, person};
pub(crate) use person::{find_person, remember};
