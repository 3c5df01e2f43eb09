//! The real program, as operators run it: its commands, their exit codes, its two running roles.

mod folder;
mod installing;
mod officers;
mod one_comune;
mod running;
mod spid;
mod tenant_files;
