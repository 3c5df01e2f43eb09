//! Asynchronous work.

mod queue;
