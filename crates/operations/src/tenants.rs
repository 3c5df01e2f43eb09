//! Tenants' settings: applying a folder, reloading replicas.

mod apply;
mod reload;

pub use apply::{Applied, apply};
pub use reload::{Reloaded, reload};
