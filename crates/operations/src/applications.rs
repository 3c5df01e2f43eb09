//! Applications: sending, reading, deciding.

mod confirm;
mod credential;
mod decide;
mod filing;
mod list;
mod read;
mod reject;
mod sending;
mod submit;

pub use confirm::{Confirm, confirm};
pub use decide::Decided;
pub use list::{Found, ListedApplication, Search, list};
pub use read::{
    CheckedDocument, Detail, check_document, detail, draft_of, letter, refusal_reasons, submission,
};
pub use reject::{Reject, reject};
pub use sending::{Sending, sending};
pub use submit::{Submit, Submitted, submit};
