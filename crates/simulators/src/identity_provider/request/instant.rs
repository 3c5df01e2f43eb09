//! Instants of the wire.

use jiff::{SignedDuration, Timestamp};

/// How far a message's instant may lie from ours.
const TOLERANCE: SignedDuration = SignedDuration::from_mins(3);

/// Whether a message says, in UTC and with date and time, an instant near this one.
pub(in crate::identity_provider) fn is_near(text: Option<&str>, now: Timestamp) -> bool {
    let utc = text.filter(|text| text.ends_with('Z') && text.contains('T'));
    let instant = utc.and_then(|text| text.parse::<Timestamp>().ok());
    instant.is_some_and(|instant| now.duration_since(instant).abs() <= TOLERANCE)
}
