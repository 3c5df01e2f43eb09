//! The harness of the tests: databases, clock, randomness, captured logs and invented people.

pub mod answers;
pub mod app;
pub mod applications;
pub mod browser;
pub mod cast;
pub mod clock;
pub mod conformance;
pub mod database;
pub mod entropy;
pub mod environment;
pub mod family;
pub mod federation;
pub mod files;
pub mod form;
pub mod inside;
pub mod logs;
pub mod loopback;
pub mod officer;
pub mod outage;
pub mod page;
pub mod pdf;
pub mod people;
pub mod program;
pub mod queries;
pub mod redis;
pub mod rows;
pub mod saml_desk;
pub mod sql;
pub mod tls_front;
pub mod two_readers;
pub mod words;

/// Does several things at the same time and waits for all of them.
pub async fn together<T>(tasks: impl IntoIterator<Item: Future<Output = T>>) -> Vec<T> {
    futures_util::future::join_all(tasks).await
}
