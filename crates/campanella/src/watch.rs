//! What a running role keeps an eye on: that its database role is powerless, that tenants are current, that clocks agree.

use crate::{
    compose,
    stop::{Stop, stopped},
};
use anyhow::{Context as _, Result};
use operations::{Platform, tenants};
use std::{sync::Arc, time::Duration};
use storage::StorageError;
use tokio::{sync::watch, time::sleep};
use web::auth::Providers;

/// Pause between two looks at the tenants' versions.
const RELOAD_EVERY: Duration = Duration::from_secs(3);
/// Pause between two comparisons of the clocks.
const COMPARE_EVERY: Duration = Duration::from_mins(1);

/// Refuses a role that row security does not bind. True when the role is known to be safe; false when the database
/// is away, which must not stop the start.
pub(crate) async fn role_is_safe(platform: &Platform) -> Result<bool> {
    match platform.pool.check_role().await {
        Ok(()) => Ok(true),
        Err(error @ StorageError::Unavailable) => {
            tracing::warn!(%error, "the database is away; requests are answered with 503 until it is back");
            Ok(false)
        }
        Err(error) => {
            Err(error).context("the database refuses this program, or must be refused by it")
        }
    }
}

/// Waits for the database to come back, then judges the role. False when it is time to stop instead.
pub(crate) async fn wait_for_safe_role(platform: &Platform, stop: &Stop) -> Result<bool> {
    loop {
        let safe = tokio::select! {
            () = stopped(stop.clone()) => return Ok(false),
            safe = role_is_safe(platform) => safe?,
        };
        if safe {
            return Ok(true);
        }
        tokio::select! {
            () = stopped(stop.clone()) => return Ok(false),
            () = sleep(RELOAD_EVERY) => {}
        }
    }
}

/// Keeps the tenants and the identity providers of this replica current. No tenant is served before the role is known to be safe; an unsafe one
/// stops the program.
pub(crate) async fn keep_current(
    platform: Platform,
    providers: Arc<Providers>,
    stopper: watch::Sender<bool>,
) -> Result<()> {
    let stop = stopper.subscribe();
    match wait_for_safe_role(&platform, &stop).await {
        Ok(true) => {}
        Ok(false) => return Ok(()),
        Err(error) => {
            stopper.send_replace(true);
            return Err(error);
        }
    }
    loop {
        if let Err(error) = tenants::reload(&platform).await {
            tracing::warn!(%error, "the tenants' settings cannot be reloaded");
        }
        if let Err(error) = providers.reload(&platform, compose::clock().now()).await {
            tracing::warn!(%error, "the identity providers cannot be reloaded");
        }
        tokio::select! {
            () = stopped(stop.clone()) => return Ok(()),
            () = sleep(RELOAD_EVERY) => {}
        }
    }
}

/// Shows how far this machine's clock is ahead of the database's.
pub(crate) async fn compare_clocks(platform: Platform, stop: Stop) {
    loop {
        if let Ok(skew) = clock_skew(&platform).await {
            metrics::gauge!("campanella_clock_skew_seconds").set(skew);
        }
        tokio::select! {
            () = stopped(stop.clone()) => return,
            () = sleep(COMPARE_EVERY) => {}
        }
    }
}

/// Seconds by which this machine's clock is ahead of the database's, give or take half the way there and back.
pub(crate) async fn clock_skew(platform: &Platform) -> Result<f64, StorageError> {
    let clock = compose::clock();
    // The first question may have to connect, which takes long and would look like skew.
    platform.pool.ping().await?;
    let before = clock.now();
    let theirs = platform.pool.clock().await?;
    let after = clock.now();
    let way = after.duration_since(before) / 2;
    Ok((before + way).duration_since(theirs).as_secs_f64())
}
