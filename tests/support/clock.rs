//! The clock of a test: it stands still until the test moves it, or goes with the wall's where another program looks at
//! that one.

use domain::Clock;
use jiff::{SignedDuration, Timestamp};
use std::sync::{Mutex, PoisonError};

/// A clock that the test sets.
#[derive(Debug)]
pub struct FixedClock(Mutex<Hands>);

#[derive(Clone, Copy, Debug)]
enum Hands {
    Still(Timestamp),
    Wall,
}

impl FixedClock {
    /// A clock standing at that instant.
    pub fn at(instant: Timestamp) -> Self {
        Self(Mutex::new(Hands::Still(instant)))
    }

    /// A clock standing at an instant written as in `2027-01-15T10:00:00+01:00`.
    pub fn at_text(instant: &str) -> Self {
        Self::at(instant.parse().expect("an instant with its offset"))
    }

    /// Moves the clock to an instant.
    pub fn set(&self, instant: Timestamp) {
        self.put(Hands::Still(instant));
    }

    /// From now on it goes, and shows what the clock on the wall shows.
    pub fn follow_the_wall(&self) {
        self.put(Hands::Wall);
    }

    /// Moves the clock forward.
    pub fn advance(&self, by: SignedDuration) {
        let mut hands = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Hands::Still(now) = &mut *hands else { panic!("nobody moves the clock on the wall") };
        *now = now.checked_add(by).expect("a test stays within the calendar");
    }

    fn put(&self, hands: Hands) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = hands;
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        match *self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            Hands::Still(now) => now,
            Hands::Wall => wall(),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "tools of others know the clock on the wall only")]
fn wall() -> Timestamp {
    Timestamp::now()
}
