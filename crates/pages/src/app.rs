//! What the portal shows as an app beyond its pages.

use crate::{Page, Sample};
use jiff::Timestamp;
use serde::Serialize;

/// The network is away: kept by browsers beforehand, so it says nothing about anybody.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Offline {}

impl Page for Offline {
    const TEMPLATE: &'static str = "app/offline.html";

    fn samples(_now: Timestamp) -> Vec<Sample<Self>> {
        vec![Sample::new("offline", Self {})]
    }
}
