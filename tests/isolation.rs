//! Nothing crosses from one tenant to another.

mod audit_trail;
mod forgotten_where;
