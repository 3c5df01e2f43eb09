//! How often, and what still works on a bad day.

mod crowd;
mod every_budget;
mod outage;
mod sends;
