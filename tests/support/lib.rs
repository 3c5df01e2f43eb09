//! The harness of the tests: databases, clock, randomness, captured logs and invented people.

pub mod clock;
pub mod database;
pub mod entropy;
pub mod environment;
pub mod logs;
pub mod people;
pub mod queries;
pub mod rows;
pub mod sql;
