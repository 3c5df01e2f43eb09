//! The words and rules of the field: no I/O, no async, no clock on the wall.

pub mod application;
pub mod cents;
pub mod codice_fiscale;
pub mod ctx;
pub mod email_address;
pub mod email_code;
pub mod enrolment_window;
pub mod entropy;
pub mod folding;
pub mod form;
pub mod identity;
pub mod ids;
pub mod locale;
pub mod municipality;
pub mod password;
pub mod rating;
pub mod readable_code;
pub mod school;
pub mod school_service;
pub mod school_year;
pub mod submission;

pub use cents::Cents;
pub use codice_fiscale::{CodiceFiscale, CodiceFiscaleError};
pub use ctx::{Actor, Clock, Ctx};
pub use email_address::EmailAddress;
pub use email_code::EmailCode;
pub use entropy::Entropy;
pub use locale::Locale;
pub use school::School;
pub use school_service::SchoolService;
pub use school_year::SchoolYear;
