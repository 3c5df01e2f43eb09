//! Jobs: takes them from the queue, runs them for the row's tenant, and keeps the schedules.
//!
//! Invariants: a job knows its tenant and language from its row only; mails leave after the commit that caused them;
//! every payload has a handler and a retry rule; each failure is logged once, by ids and codes.

mod conclude;
mod handle;
mod identity_providers;
mod mails;
mod metrics;
mod outcome;
mod printer;
mod retry;
mod schedules;
mod slot;
mod worker;

pub use identity_providers::{Asked, FetchError, ProviderSources, refresh_now};
pub use outcome::{JobError, Outcome};
pub use printer::Printer;
pub use retry::{RULES, RetryRule, rule};
pub use worker::{Settings, Worker, run};
