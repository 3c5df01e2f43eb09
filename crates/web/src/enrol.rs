//! The family's pages, one file per page.

pub(crate) mod change_password;
pub(crate) mod credential_door;
pub(crate) mod document_check;
pub(crate) mod documents;
pub(crate) mod email_address;
pub(crate) mod email_code;
pub(crate) mod forgotten_password;
pub(crate) mod journey;
pub(crate) mod new_password;
pub(crate) mod privacy;
pub(crate) mod sign_out;
pub(crate) mod start;
pub(crate) mod status;
pub(crate) mod step;
pub(crate) mod submitted;
pub(crate) mod summary;
