//! Asynchronous work.

mod expire;
mod identity_providers;
mod late_worker;
mod mail_delivery;
mod mail_words;
mod queue;
mod refused_sender;
mod retry;
mod start;
