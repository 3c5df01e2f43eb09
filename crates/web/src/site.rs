//! Pages about the service itself, for anybody.

pub(crate) mod information;
pub(crate) mod rating;
pub(crate) mod service;
