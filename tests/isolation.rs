//! Nothing crosses from one tenant to another.

mod audit_trail;
mod crossing;
mod every_operation;
mod forgotten_where;
mod own_only;
mod sealed;
mod settings;
