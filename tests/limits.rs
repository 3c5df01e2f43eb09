//! How often, and what still works on a bad day.

mod every_budget;
mod outage;
mod sends;
