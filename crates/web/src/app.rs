//! The portal as an app that can be installed: a comune's own, and the shared entrance.

mod icon;
mod manifest;
mod offline;
mod owner;
mod worker;

pub use icon::Icons;
pub(crate) use icon::get as icon;
pub(crate) use manifest::get as manifest;
pub(crate) use offline::get as offline;
use owner::Owner;
pub(crate) use worker::get as worker;
