//! The family's way.

mod journey;
