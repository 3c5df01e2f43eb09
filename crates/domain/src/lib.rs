//! The words and rules of the field: no I/O, no async, no clock on the wall.

pub mod ctx;
pub mod entropy;
pub mod ids;
pub mod locale;
pub mod school_year;

pub use ctx::{Actor, Clock, Ctx};
pub use entropy::Entropy;
pub use locale::Locale;
pub use school_year::SchoolYear;
