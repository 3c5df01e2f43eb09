//! Answers that must not tell by their time which way a question went.

use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// Longer than any of the ways takes when nobody else is asking.
const FLOOR: Duration = Duration::from_millis(300);

/// Begun with the question; kept before the answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace(Instant);

impl Pace {
    /// From now on.
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// Waits until the floor is reached.
    pub(crate) async fn keep(self) {
        sleep_until(self.0 + FLOOR).await;
    }
}
