//! Shaping of traffic per network, in this process: floods are slowed, a school behind one address is not noticed.
//! Counting that decides anything (codes, sign-ins) is elsewhere.

use crate::extract::network;
use axum::{Router, http::Request};
use std::time::Duration;
use tower_governor::{
    GovernorError, GovernorLayer, governor::GovernorConfigBuilder, key_extractor::KeyExtractor,
};

/// The visitor's network, as our own proxies tell it: an IPv4 address, the /56 of an IPv6 one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ByClient {
    hops: usize,
}

impl KeyExtractor for ByClient {
    type Key = String;

    fn extract<T>(&self, request: &Request<T>) -> Result<String, GovernorError> {
        Ok(network(request.headers(), request.extensions(), self.hops))
    }
}

/// Requests that may come at once from one network: 200 families opening a page with its files together.
const BURST: u32 = 4_000;
/// After that, one more every this many milliseconds (200 a second).
const REFILL: Duration = Duration::from_millis(5);
/// How often networks that went quiet are forgotten.
const FORGET: Duration = Duration::from_mins(1);

/// Puts the limit in front of a router, with a task that forgets quiet networks.
pub(crate) fn shape(router: Router, hops: usize) -> Router {
    let mut builder = GovernorConfigBuilder::default().key_extractor(ByClient { hops });
    let Some(config) = builder.period(REFILL).burst_size(BURST).finish() else { return router };
    let limiter = config.limiter().clone();
    if let Ok(runtime) = tokio::runtime::Handle::try_current() {
        runtime.spawn(async move {
            loop {
                tokio::time::sleep(FORGET).await;
                limiter.retain_recent();
            }
        });
    }
    router.layer(GovernorLayer::new(config))
}
