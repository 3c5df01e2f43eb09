//! What every request passes through.

mod error_page;
mod headers;
mod observe;
mod shape;

pub(crate) use error_page::{Context, pages};
pub(crate) use headers::{content_security_policy, security_headers};
pub(crate) use observe::observe;
pub(crate) use shape::shape;
