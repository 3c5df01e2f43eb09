//! The words and rules of the field: no I/O, no async, no clock on the wall.

pub mod application;
pub mod codice_fiscale;
pub mod ctx;
pub mod email_address;
pub mod email_code;
pub mod entropy;
pub mod folding;
pub mod ids;
pub mod locale;
pub mod municipality;
pub mod password;
pub mod readable_code;
pub mod school_year;

pub use codice_fiscale::CodiceFiscale;
pub use ctx::{Actor, Clock, Ctx};
pub use email_address::EmailAddress;
pub use email_code::EmailCode;
pub use entropy::Entropy;
pub use locale::Locale;
pub use school_year::SchoolYear;
