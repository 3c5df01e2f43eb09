//! Many families at once, each with a browser, cookies and an address of its own.

use super::{Family, Outcome, Portal, walk};
use std::{sync::Arc, time::Duration};
use tokio::{sync::Semaphore, task::JoinSet};

/// How many families, and how many of them at the same time.
#[derive(Clone, Copy, Debug)]
pub struct Crowd {
    /// Families in all.
    pub families: usize,
    /// Families at the same time.
    pub parallel: usize,
    /// The same seed gives the same families.
    pub seed: u64,
    /// Whether each downloads the three documents at the end.
    pub downloads: bool,
    /// How long each thinks before the next page, more or less.
    pub pause: Duration,
}

/// Sends a crowd to the portals, one after the other in turn; everybody sends an application.
pub async fn crowd(portals: &[Portal], crowd: Crowd) -> Vec<Outcome> {
    let family = |number| Family {
        downloads: crowd.downloads,
        pause: crowd.pause,
        ..Family::invented(crowd.seed, number)
    };
    let pairs = portals.iter().cycle().zip((0..crowd.families).map(family));
    let groups = pairs.map(|(portal, family)| (portal.clone(), vec![family])).collect();
    together(groups, crowd.parallel).await
}

/// Walks groups at the same time; within a group one family goes after the other. Outcomes come in the order given.
pub(super) async fn together(groups: Vec<(Portal, Vec<Family>)>, parallel: usize) -> Vec<Outcome> {
    let places = Arc::new(Semaphore::new(parallel.max(1)));
    let mut walks = JoinSet::new();
    for (at, (portal, families)) in groups.into_iter().enumerate() {
        let places = Arc::clone(&places);
        walks.spawn(async move {
            // The semaphore is never closed.
            let _place = places.acquire_owned().await;
            let mut outcomes = Vec::new();
            for family in &families {
                outcomes.push(walk(&portal, family).await);
            }
            (at, outcomes)
        });
    }
    let mut done = walks.join_all().await;
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().flat_map(|(_, outcomes)| outcomes).collect()
}
