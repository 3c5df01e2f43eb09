//! A school behind one address: all its families finish, and nobody is told to wait.

use simulators::families::{Crowd, Reached, crowd};
use std::{collections::BTreeSet, time::Duration};
use support::{inside, loopback::Loopback};

/// Families behind one address, all on the same morning.
const FAMILIES: usize = 200;

#[tokio::test]
async fn two_hundred_families_behind_one_address_all_finish() {
    let loopback = Loopback::open().await;
    let school = Crowd {
        families: FAMILIES,
        parallel: 12,
        seed: 200,
        downloads: false,
        pause: Duration::ZERO,
    };
    let portals = [loopback.portal("alfa")];
    let outcomes = loopback.while_working(crowd(&portals, school)).await;
    for outcome in &outcomes {
        assert_eq!((&outcome.refusal, outcome.reached), (&None, Reached::Sent), "{outcome:?}");
    }
    let numbers: BTreeSet<_> =
        outcomes.iter().filter_map(|outcome| outcome.registration.as_ref()).collect();
    assert_eq!(numbers.len(), FAMILIES, "each with a number of its own");
    assert_eq!(inside::count(&loopback.app, "alfa", "application").await, 200);
}
