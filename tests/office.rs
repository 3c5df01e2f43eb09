//! The office's way.

mod confirm;
mod duplicates;
mod list;
mod ratings;
mod read;
mod refuse;
mod session_gone;
mod sign_in;
mod versions;
