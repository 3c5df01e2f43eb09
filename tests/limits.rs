//! How often, and what still works on a bad day.

mod outage;
mod sends;
