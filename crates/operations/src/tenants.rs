//! Tenants' settings: applying a folder, reloading replicas.

mod apply;
mod as_of;
mod reload;

pub use apply::{Applied, apply};
pub use as_of::as_of;
pub use reload::{Reloaded, reload};
