//! How accessible the pages are.

use crate::{Page, Sample};
use jiff::Timestamp;
use serde::Serialize;

/// What is claimed and tested, what is known to fall short, and whom to tell about a barrier. The address of the
/// comune's own declaration is in the frame.
#[derive(Clone, Debug, Serialize)]
pub struct Accessibility {}

impl Page for Accessibility {
    const TEMPLATE: &'static str = "site/accessibility.html";

    fn samples(_now: Timestamp) -> Vec<Sample<Self>> {
        vec![Sample::new("usual", Self {})]
    }
}
