//! Confirming: how the identity was verified is recorded.

use crate::{FormState, FrameKind, Message, Page, Sample, form::form_fields, question::OptionView};
use domain::{application::IdentityVerification, ids::ApplicationId};
use jiff::Timestamp;
use serde::Serialize;

form_fields! {
    /// Fields of the confirmation.
    ConfirmField {
        /// How the identity was verified.
        Identity = "identity",
    }
}

/// Asks how the applicant's identity was verified (CAD art. 65).
#[derive(Clone, Debug, Serialize)]
pub struct Confirm {
    /// The application.
    pub application: ApplicationId,
    /// Registration number.
    pub number: String,
    /// Version the officer read.
    pub version: i32,
    /// Services that will be confirmed.
    pub services: Vec<String>,
    /// The ways of verifying; empty where the applicant's digital identity is proof enough, and nothing is asked.
    pub identities: Vec<OptionView>,
    /// What was chosen and what is wrong.
    pub form: FormState<ConfirmField>,
}

impl Confirm {
    /// No way of verifying was chosen.
    pub const IDENTITY_MISSING: Message = Message::new("errors.office.identity_missing");
    /// The family sent a newer version meanwhile.
    pub const STALE: Message = Message::new("errors.office.stale");
    /// The pupil already has the service from another application.
    pub const ALREADY_ENROLLED: Message = Message::new("errors.office.already_enrolled");

    /// The ways of verifying, the chosen one marked.
    pub fn identities(chosen: &str) -> Vec<OptionView> {
        let option = |choice: IdentityVerification| OptionView {
            value: choice.code().to_owned(),
            label: crate::words::identity_verification(choice),
            selected: choice.code() == chosen,
            note: String::new(),
        };
        // Digital identity is recorded by the sign-in itself, not chosen by an officer.
        IdentityVerification::ALL
            .into_iter()
            .filter(|choice| *choice != IdentityVerification::DigitalIdentity)
            .map(option)
            .collect()
    }
}

impl Page for Confirm {
    const TEMPLATE: &'static str = "office/confirm.html";
    const FRAME: FrameKind = FrameKind::Office;

    fn samples(_now: Timestamp) -> Vec<Sample<Self>> {
        let page = |form: FormState<ConfirmField>| Self {
            application: ApplicationId::from(crate::sample::draft().uuid()),
            number: "2026/000001".into(),
            version: 1,
            services: vec!["Mensa scolastica".into()],
            identities: Self::identities("in_person"),
            form,
        };
        let missing = FormState::default().error(ConfirmField::Identity, Self::IDENTITY_MISSING);
        let known = Self { identities: vec![], ..page(FormState::default()) };
        vec![
            Sample::new("digital_identity", known),
            Sample::new("fresh", page(FormState::default())),
            Sample::new("missing", page(missing)),
            Sample::new("stale", page(FormState::default().general(Self::STALE))),
            Sample::new(
                "already_enrolled",
                page(FormState::default().general(Self::ALREADY_ENROLLED)),
            ),
        ]
    }
}
