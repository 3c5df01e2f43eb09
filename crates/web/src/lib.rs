//! HTTP in, pages out: handlers translate, operations decide.

mod app;
mod assembly;
pub mod assets;
pub mod auth;
mod brand;
mod budgets;
mod cookies;
mod csv;
mod dispatch;
mod enrol;
mod error;
mod extract;
mod layers;
mod office;
mod pace;
mod platform;
mod respond;
mod site;
mod state;
mod views;

pub use app::Icons;
pub use assembly::router;
pub use state::{Settings, State};
