//! The officer's session ended while writing: how to come back, and what was typed.

use crate::{
    FrameKind, Page, Sample,
    errors::{Resend, ResendField},
};
use jiff::Timestamp;
use serde::Serialize;

/// Shown after a post without a session: the officer signs in again in another tab and sends it from here.
#[derive(Clone, Debug, Serialize)]
pub struct OfficeSessionExpired {
    /// What was typed when the session was already gone.
    pub resend: Resend,
}

impl Page for OfficeSessionExpired {
    const TEMPLATE: &'static str = "office/session_expired.html";
    const FRAME: FrameKind = FrameKind::Office;

    fn samples(_now: Timestamp) -> Vec<Sample<Self>> {
        let resend = Resend {
            href: "/montesole/ufficio/domande/x/rifiuta".into(),
            multipart: false,
            fields: vec![ResendField { name: "reason".into(), value: "Nessun posto.".into() }],
        };
        vec![Sample::new("typed", Self { resend })]
    }
}
