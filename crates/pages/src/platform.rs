//! Pages of the shared host, before the comune is known.

use crate::{FrameKind, Page, Sample};
use jiff::Timestamp;
use serde::Serialize;

/// Finds the comune by the field «Comune»; `GET /?comune=…`, so it works without scripts.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Chooser {
    /// What was typed; empty on the first visit.
    pub typed: String,
    /// What was found, best first.
    pub results: Vec<TenantResult>,
    /// The comune that this browser has chosen last.
    pub last: Option<TenantResult>,
}

/// One comune found.
#[derive(Clone, Debug, Serialize)]
pub struct TenantResult {
    /// Full name.
    pub name: String,
    /// Province, two letters; empty when unknown.
    pub province: String,
    /// Its start page.
    pub href: String,
}

impl Page for Chooser {
    const TEMPLATE: &'static str = "platform/chooser.html";
    const FRAME: FrameKind = FrameKind::Platform;

    fn samples(_now: Timestamp) -> Vec<Sample<Self>> {
        let found = TenantResult {
            name: "Comune di Montesole sull'Alba".into(),
            province: "MS".into(),
            href: "/comuni/montesole".into(),
        };
        let last = Some(found.clone());
        let two = vec![
            found.clone(),
            TenantResult { name: "Comune di Montesolino".into(), ..found.clone() },
        ];
        let search = |typed: &str, results| Self { typed: typed.into(), results, last: None };
        vec![
            Sample::new("first_visit", Self::default()),
            Sample::new("later_visit", Self { last, ..Self::default() }),
            Sample::new("one", search("montesole", vec![found])),
            Sample::new("two", search("monteso", two)),
            Sample::new("none", search("<b>Atlantide", vec![])),
        ]
    }
}
