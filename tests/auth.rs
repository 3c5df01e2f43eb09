//! Who may do what, from where, how often.

mod cross_site;
mod headers;
mod hosts;
mod limits;
mod sessions;
