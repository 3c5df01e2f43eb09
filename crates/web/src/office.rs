//! The office's pages.

pub(crate) mod application;
pub(crate) mod applications;
pub(crate) mod confirm;
pub(crate) mod refuse;
pub(crate) mod sign_in;
