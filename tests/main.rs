//! The one test binary: every folder beside this file is a part of it.

mod auth;
mod browser;
mod command_line;
mod enrol;
mod isolation;
mod jobs;
mod limits;
mod office;
mod policy;
