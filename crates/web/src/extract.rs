//! What handlers receive: the visit, and the form as typed.

mod client;
mod form_input;
mod path;
mod upload_input;
mod visit;

pub(crate) use client::network;
pub(crate) use form_input::{FormInput, TypedSlot};
pub(crate) use path::Path;
pub(crate) use upload_input::UploadInput;
pub(crate) use visit::{Mounted, Place, Visit, locale_of};
