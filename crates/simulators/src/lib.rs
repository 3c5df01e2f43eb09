//! Stand-ins for the outside world, one small server each, for demo and tests.
//!
//! Every simulator speaks the real protocol over a real socket and stays on the loopback.
//! Nothing here is linked into the product.

pub mod certificate;
pub mod families;
pub mod identity_provider;
pub mod smtp;
