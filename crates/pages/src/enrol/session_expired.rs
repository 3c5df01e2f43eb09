//! The session has ended: how to come back, and what was typed meanwhile.

use crate::{
    Page, Sample, Typed,
    errors::{Resend, ResendField},
};
use jiff::Timestamp;
use serde::Serialize;

/// Shown when a session is gone. After a post it keeps what was typed: the family signs in again
/// in another tab and sends it from here.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SessionExpired {
    /// What was typed when the session was already gone.
    pub resend: Option<Resend>,
}

impl Page for SessionExpired {
    const TEMPLATE: &'static str = "enrol/session_expired.html";

    fn typed(&self) -> Typed {
        if self.resend.is_some() { Typed::OnlyHere } else { Typed::Nothing }
    }

    fn samples(_now: Timestamp) -> Vec<Sample<Self>> {
        let resend = Resend {
            href: "/montesole/iscrizioni/x/passo/pupil".into(),
            multipart: false,
            fields: vec![ResendField { name: "phone".into(), value: "0555 000 222".into() }],
        };
        vec![
            Sample::new("idle", Self::default()),
            Sample::new("typed", Self { resend: Some(resend) }),
        ]
    }
}
