//! Stand-ins for the outside world, one small server each, for demo and tests.
//!
//! Every simulator speaks the real protocol over a real socket and binds to loopback only.
//! Nothing here is linked into the product.

pub mod smtp;
