//! One application: answers, files, decisions, history.

use crate::{
    FrameKind, Page, Sample,
    journey::Section,
    office::identity::{IdentityView, sample_proof},
    words::{Tone, state_tone},
};
use domain::{
    application::State,
    identity::IdentityScheme,
    ids::{ApplicationId, AttachmentId},
};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

/// Everything the office sees of an application.
#[derive(Clone, Serialize)]
pub struct Application {
    /// The application.
    pub application: ApplicationId,
    /// Registration number.
    pub number: String,
    /// «Cognome Nome».
    pub pupil: String,
    /// State in words.
    pub word: String,
    /// Colour of its badge.
    pub tone: Tone,
    /// Number of the version shown.
    pub version: i32,
    /// First sending.
    pub first_submitted_at: Timestamp,
    /// Sending of this version.
    pub submitted_at: Timestamp,
    /// Sent after the closing.
    pub late: bool,
    /// Last day for the office's answer.
    pub answer_by: Date,
    /// Verified address of the family.
    pub email: String,
    /// Language in which the family filled it in, in its own name.
    pub language: String,
    /// Code of the last mail that could not be delivered.
    pub mail_failure: Option<String>,
    /// How the family signed in before sending; none through the door by codice fiscale.
    pub identity: Option<IdentityView>,
    /// Services with their decisions.
    pub services: Vec<ServiceDecision>,
    /// All applications for the same pupil, this one first; empty when it is the only one.
    pub duplicates: Vec<DuplicateRow>,
    /// The answers.
    pub sections: Vec<Section>,
    /// The files.
    pub files: Vec<FileRow>,
    /// What happened, newest first.
    pub history: Vec<HistoryRow>,
    /// Whether a decision can be taken.
    pub open: bool,
    /// What was just done: key of a sentence.
    pub done: Option<&'static str>,
}

/// Names and addresses are personal.
impl std::fmt::Debug for Application {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Application({})", self.number)
    }
}

/// One of several applications for the same pupil.
#[derive(Clone, Serialize)]
pub struct DuplicateRow {
    /// The application.
    pub application: ApplicationId,
    /// Registration number.
    pub number: String,
    /// «Cognome Nome» of who applies.
    pub guardian: String,
    /// Last sending.
    pub submitted_at: Timestamp,
    /// Each service with its state, in words.
    pub services: Vec<(String, String)>,
    /// Whether it is the one of this page.
    pub here: bool,
}

/// A name is personal.
impl std::fmt::Debug for DuplicateRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DuplicateRow({})", self.number)
    }
}

/// A service with its decision.
#[derive(Clone, Debug, Serialize)]
pub struct ServiceDecision {
    /// Name of the service.
    pub service: String,
    /// State in words.
    pub word: String,
    /// Colour of its badge.
    pub tone: Tone,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
    /// How the identity was verified, in words; empty before.
    pub identity: String,
    /// Why it was refused; empty otherwise.
    pub reason: String,
}

/// A file.
#[derive(Clone, Serialize)]
pub struct FileRow {
    /// The file.
    pub attachment: AttachmentId,
    /// Name as uploaded.
    pub name: String,
    /// The question it answers.
    pub question: String,
}

/// File names are personal.
impl std::fmt::Debug for FileRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FileRow({})", self.attachment)
    }
}

/// One line of the history.
#[derive(Clone, Debug, Serialize)]
pub struct HistoryRow {
    /// When.
    pub at: Timestamp,
    /// What, in words.
    pub what: String,
    /// Who, in words.
    pub who: String,
}

impl Page for Application {
    const TEMPLATE: &'static str = "office/application.html";
    const FRAME: FrameKind = FrameKind::Office;

    fn samples(now: Timestamp) -> Vec<Sample<Self>> {
        let id = ApplicationId::from(crate::sample::draft().uuid());
        let word = |state| crate::words::state(domain::Locale::It, state);
        let service = |state: State, reason: &str| ServiceDecision {
            service: "Mensa scolastica".into(),
            word: word(state),
            tone: state_tone(state),
            decided_at: (!state.is_open()).then_some(now),
            identity: String::new(),
            reason: reason.into(),
        };
        let row = |number: &str, guardian: &str, here| DuplicateRow {
            application: id,
            number: number.into(),
            guardian: guardian.into(),
            submitted_at: now,
            services: vec![("Mensa scolastica".into(), word(State::Submitted))],
            here,
        };
        let fresh = Self {
            application: id,
            number: "2026/000001".into(),
            pupil: "Prova Anna".into(),
            word: word(State::Submitted),
            tone: state_tone(State::Submitted),
            version: 2,
            first_submitted_at: now,
            submitted_at: now,
            late: true,
            answer_by: Date::constant(2026, 10, 7),
            email: "anna.prova@example.it".into(),
            language: "Italiano".into(),
            mail_failure: Some("smtp_550".into()),
            identity: None,
            services: vec![service(State::Submitted, "")],
            duplicates: vec![
                row("2026/000001", "Prova Maria", true),
                row("2026/000002", "Finto Ugo", false),
            ],
            sections: crate::sample::sections(),
            files: vec![FileRow {
                attachment: AttachmentId::from(id.uuid()),
                name: "carta identità.pdf".into(),
                question: "Copia del documento".into(),
            }],
            history: vec![HistoryRow { at: now, what: "Inviata".into(), who: "Famiglia".into() }],
            open: true,
            done: None,
        };
        let decided = Self {
            open: false,
            late: false,
            mail_failure: None,
            duplicates: vec![],
            files: vec![],
            services: vec![service(State::Rejected, "La classe indicata non esiste.")],
            done: Some("office.application.refused"),
            ..fresh.clone()
        };
        let signed_in = |scheme| Self {
            late: false,
            mail_failure: None,
            duplicates: vec![],
            identity: Some(IdentityView::from(&sample_proof(scheme, now))),
            ..fresh.clone()
        };
        vec![
            Sample::new("spid", signed_in(IdentityScheme::Spid)),
            Sample::new("eidas", signed_in(IdentityScheme::Eidas)),
            Sample::new("fresh", fresh),
            Sample::new("decided", decided),
        ]
    }
}
