//! «Accedi»: the doors for coming back.

use super::doors::{self, DoorPurpose, Doors};
use crate::{Page, Sample};
use domain::identity::IdentityScheme;
use jiff::Timestamp;
use serde::Serialize;

/// Every open door; «Altre utenze» is the one by codice fiscale.
#[derive(Clone, Debug, Serialize)]
pub struct Access {
    /// The doors, with the words for coming back.
    pub doors: Doors,
}

impl Page for Access {
    const TEMPLATE: &'static str = "identity/access.html";

    fn samples(_now: Timestamp) -> Vec<Sample<Self>> {
        let purpose = DoorPurpose::Portal;
        let empty = || Doors { purpose, ..Doors::default() };
        let cie = doors::sample(purpose).cie.unwrap_or_default();
        vec![
            Sample::new("all", Self { doors: doors::sample(purpose) }),
            Sample::new("logos", Self { doors: doors::sample_with_logos(purpose) }),
            Sample::new("no_providers", Self { doors: doors::sample_without_providers(purpose) }),
            Sample::new("cie_only", Self { doors: empty().with(IdentityScheme::Cie, cie) }),
            Sample::new("password_only", Self { doors: Doors { password: true, ..empty() } }),
            Sample::new("no_door", Self { doors: empty() }),
        ]
    }
}
