//! Pages of the digital-identity doors: choosing one, leaving for a provider, coming back from it.

mod access;
mod doors;
mod enrolments;
mod leaving;
mod refused;

pub use access::Access;
pub(crate) use doors::sample as sample_doors;
pub use doors::{DoorLogos, DoorPurpose, Doors, ProviderLink};
pub use enrolments::{EnrolmentLine, EnrolmentTarget, Enrolments, EnrolmentsField, StateLabel};
pub use leaving::Leaving;
pub use refused::{Reason, SignInRefused};
