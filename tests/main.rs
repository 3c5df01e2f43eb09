//! The one test binary: every folder beside this file is a part of it.

mod browser;
mod auth;
mod enrol;
mod isolation;
mod jobs;
mod office;
mod policy;
