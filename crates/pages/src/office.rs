//! Pages of the school office (Italian only).
