//! What must hold for every table, query and migration, whoever adds them.

mod canary;
mod catalogue;
mod criteria;
mod grants;
mod headers;
mod migrations;
mod plans;
mod publiccode;
mod roles;
mod routes;
mod shipped_tenants;
mod snapshots;
mod styles;
mod wcag;
