//! An adversary in the provider's place: whatever it forges is refused for a known reason, and what is right is taken.

mod crossing;
mod differential;
mod documents;
mod fields;
mod wrapping;
