//! The binary: one program, several roles (`serve`, `work`, `migrate`, …).
fn main() {}
