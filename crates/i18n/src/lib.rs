//! Texts and formats in the reader's language: the only crate that opens the locale files.
//!
//! Keys are `<area>.<page>.<element>`, one file per area and language in `locales/`.

mod catalogue;
mod format;
mod isolation;
mod negotiation;
mod plurals;

pub use catalogue::{Args, locale_keys, missing_count, t, try_t};
pub use format::{
    comma, date, date_time, list, long_date, long_date_time, money, rome, short_time,
};
pub use isolation::isolated;
pub use negotiation::negotiate;
pub use plurals::plural;
