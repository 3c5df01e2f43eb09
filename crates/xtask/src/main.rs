//! Development commands: demo, test, checks.
fn main() {}
