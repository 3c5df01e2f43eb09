//! What the sources of identity providers say: kept in versions, fetched by one worker at a time.

use crate::{Failure, Platform};
use domain::identity::IdentityScheme;
use jiff::{SignedDuration, Timestamp};
use storage::identity_providers as rows;
pub use storage::identity_providers::ProviderVersion;

/// Pause between two readings of a source.
pub const EVERY: SignedDuration = SignedDuration::from_hours(6);
/// Pause after a reading that failed, and the time a worker has for one.
pub const AGAIN: SignedDuration = SignedDuration::from_mins(5);

/// How long a replaced version is kept: as long as the register of sign-ins, whose answers its certificates prove (24
/// months, the longest with two leap days and one day to spare).
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 733);

/// Each source with its newest version, and when it was last read with success.
pub async fn current(
    platform: &Platform,
) -> Result<Vec<(String, i32, Option<Timestamp>)>, Failure> {
    let mut tx = platform.pool.system().await?;
    let current = rows::list_current(&mut tx).await?;
    tx.commit().await?;
    Ok(current)
}

/// The newest version of each source that differs from those known (source and version).
pub async fn newest(
    platform: &Platform,
    known: &[(&str, i32)],
) -> Result<Vec<ProviderVersion>, Failure> {
    let mut tx = platform.pool.system().await?;
    let newest = rows::list_newest(&mut tx, known).await?;
    tx.commit().await?;
    Ok(newest)
}

/// The newest version of one source.
pub async fn in_force(
    platform: &Platform,
    scheme: IdentityScheme,
) -> Result<Option<ProviderVersion>, Failure> {
    let mut tx = platform.pool.system().await?;
    let newest = rows::find_newest(&mut tx, scheme.code()).await?;
    tx.commit().await?;
    Ok(newest)
}

/// Takes the turn to read a source that is due; what the server said last time to compare by (ETag) comes along.
/// None when it is not due, or another worker has the turn.
pub async fn take_turn(
    platform: &Platform,
    scheme: IdentityScheme,
    now: Timestamp,
) -> Result<Option<Turn>, Failure> {
    let mut tx = platform.pool.system().await?;
    let taken = rows::take_turn(&mut tx, scheme.code(), now, now + AGAIN).await?;
    let validator = rows::find_validator(&mut tx, scheme.code()).await?;
    tx.commit().await?;
    Ok(taken.then_some(Turn { validator }))
}

/// A turn to read a source.
#[derive(Debug)]
pub struct Turn {
    /// ETag of the copy we have.
    pub validator: Option<String>,
}

/// The source was read: a changed text becomes a new version. Returns its number, none when nothing has changed.
pub async fn record(
    platform: &Platform,
    scheme: IdentityScheme,
    body: Option<&str>,
    validator: Option<&str>,
    now: Timestamp,
) -> Result<Option<i32>, Failure> {
    let mut tx = platform.pool.system().await?;
    let version = match body {
        Some(body) => rows::insert_if_changed(&mut tx, scheme.code(), body, now).await?,
        None => None,
    };
    if version.is_some() {
        rows::delete_replaced(&mut tx, scheme.code(), now - KEPT).await?;
    }
    rows::update_read(&mut tx, scheme.code(), validator, now, now + EVERY).await?;
    tx.commit().await?;
    Ok(version)
}
