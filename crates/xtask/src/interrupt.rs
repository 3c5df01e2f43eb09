//! Ctrl-C and its relatives: the wish to stop, which every wait in this crate looks at.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::flag;

static STOP: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// From here on the first signal asks to stop and the second one ends the command on the spot.
///
/// The children do not outlive either: guards end them, and so does the kernel (see `child`).
pub(crate) fn install() {
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        drop(flag::register_conditional_shutdown(signal, 130, Arc::clone(&STOP)));
        drop(flag::register(signal, Arc::clone(&STOP)));
    }
}

/// Whether somebody asked to stop.
pub(crate) fn requested() -> bool {
    STOP.load(Ordering::Relaxed)
}

/// Fails when somebody asked to stop, so that `?` unwinds through the guards.
pub(crate) fn check() -> Result<()> {
    if requested() {
        bail!("interrupted");
    }
    Ok(())
}

/// Waits, but not for somebody who wants to stop.
pub(crate) fn pause(duration: Duration) -> Result<()> {
    let end = Instant::now() + duration;
    while Instant::now() < end {
        check()?;
        std::thread::sleep(Duration::from_millis(20).min(duration));
    }
    check()
}
