//! The privacy notice outside any enrolment.

use crate::{Page, Sample, enrol::NoticeView};
use jiff::Timestamp;
use serde::Serialize;

/// The tenant's notice in force.
#[derive(Clone, Debug, Serialize)]
pub struct PrivacyNotice {
    /// The notice in the reader's language.
    pub notice: NoticeView,
}

impl Page for PrivacyNotice {
    const TEMPLATE: &'static str = "site/privacy_notice.html";

    fn samples(_now: Timestamp) -> Vec<Sample<Self>> {
        let notice = NoticeView {
            title: "Informativa sul trattamento dei dati personali".into(),
            paragraphs: vec!["Il titolare del trattamento è il Comune.".into()],
            version: "2026-1".into(),
        };
        vec![Sample::new("usual", Self { notice })]
    }
}
