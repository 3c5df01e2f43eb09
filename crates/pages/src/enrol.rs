//! Pages of the family's journey, in the order in which they are met.

mod start;

pub use start::{Start, WindowCard, WindowCardState};
