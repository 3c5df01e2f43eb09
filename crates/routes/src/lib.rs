//! Every URL of the product as a type, with its methods, audience and limit class.
//!
//! A route is written without the tenant's path prefix, which is stripped before routing;
//! links are rendered with the request's mount (`""` or `"/taranto"`).
//! No URL ever carries personal data: only ids, keys of form steps, and single-use tokens.

mod define;
pub mod enrol;
pub mod identity;
pub mod office;
pub mod platform;
pub mod tenant;

pub use define::{Audience, LimitClass, Method, Route, RouteInfo, Scope, fill, find};

// Every route. The router, the policy table and the tests are built from this list.
const GROUPS: &[&[RouteInfo]] =
    &[tenant::ALL, enrol::ALL, identity::ALL, office::ALL, platform::ALL, platform::INTERNAL];

/// Every route, one by one.
pub fn all() -> impl Iterator<Item = &'static RouteInfo> {
    GROUPS.iter().flat_map(|group| group.iter())
}

#[cfg(test)]
mod tests;
