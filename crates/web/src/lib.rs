//! (placeholder)

pub mod assets;
