//! The harness of the tests: databases, clock, randomness, captured logs and invented people.

pub mod answers;
pub mod app;
pub mod browser;
pub mod clock;
pub mod database;
pub mod entropy;
pub mod environment;
pub mod family;
pub mod form;
pub mod logs;
pub mod page;
pub mod people;
pub mod queries;
pub mod redis;
pub mod rows;
pub mod sql;
