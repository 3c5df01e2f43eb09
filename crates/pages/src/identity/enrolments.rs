//! What the signed-in person has begun and sent, and «Nuova Iscrizione» for another child.

use crate::{
    FormState, Message, Page, Sample, Typed,
    form::form_fields,
    sample,
    words::{self, Tone, state_tone},
};
use domain::{CodiceFiscaleError, Locale, application::State, ids::DraftId};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

form_fields! {
    /// Fields of «Nuova Iscrizione» after signing in.
    EnrolmentsField {
        /// «Codice Fiscale Alunno».
        CodiceFiscale = "codice_fiscale",
    }
}

/// The first page after signing in with a digital identity.
#[derive(Clone, Serialize)]
pub struct Enrolments {
    /// «Nome Cognome» as the provider says.
    pub name: String,
    /// «SPID», «CIE», «eIDAS».
    pub scheme: String,
    /// Whether the provider gives no codice fiscale (eIDAS): the person declares one and the office confirms it.
    pub declares_code: bool,
    /// Whether any window takes new applications now.
    pub taking: bool,
    /// «2026/2027».
    pub school_year: String,
    /// Drafts and applications, newest first.
    pub lines: Vec<EnrolmentLine>,
    /// Whether something was sent already, so that the next form knows the household.
    pub told: bool,
    /// What was typed and what is wrong.
    pub form: FormState<EnrolmentsField>,
}

/// Names are personal.
impl std::fmt::Debug for Enrolments {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Enrolments({} lines)", self.lines.len())
    }
}

impl Enrolments {
    /// No service takes new applications now.
    pub const NOT_OPEN: Message = Message::new("identity.enrolments.not_open");
}

/// One draft or application.
#[derive(Clone, Serialize)]
pub struct EnrolmentLine {
    /// The draft.
    pub draft: DraftId,
    /// «Nome Cognome» of the pupil; the codice fiscale while no name is typed.
    pub pupil: String,
    /// «2026/2027».
    pub school_year: String,
    /// State of the application; none for a draft.
    pub state: Option<StateLabel>,
    /// Last change.
    pub changed_at: Timestamp,
    /// Last day on which a draft is kept.
    pub last_day: Option<Date>,
    /// Where the person goes on.
    pub to: EnrolmentTarget,
}

/// Names are personal.
impl std::fmt::Debug for EnrolmentLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "EnrolmentLine({}, {:?})", self.draft, self.to)
    }
}

/// A state as a badge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StateLabel {
    /// In words.
    pub word: String,
    /// Colour.
    pub tone: Tone,
}

impl StateLabel {
    /// The badge of a state.
    pub fn of(locale: Locale, state: State) -> Self {
        Self { word: words::state(locale, state), tone: state_tone(state) }
    }
}

/// Where the person goes on with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EnrolmentTarget {
    /// A draft with a proven address: its status page, from which the form goes on.
    Resume,
    /// What was sent: its status page.
    Status,
    /// A draft whose e-mail address is not proven yet: «Verifica Email».
    Email,
}

fn sample_lines(now: Timestamp) -> Vec<EnrolmentLine> {
    let line = |number, pupil: &str, state: Option<State>, to| EnrolmentLine {
        draft: sample::uuid_of(number),
        pupil: pupil.into(),
        school_year: "2026/2027".into(),
        state: state.map(|state| StateLabel::of(Locale::It, state)),
        changed_at: now,
        last_day: state.is_none().then_some(Date::constant(2026, 12, 6)),
        to,
    };
    vec![
        line(1, "SMPLCU19A01Z999X", None, EnrolmentTarget::Email),
        line(2, "Luca Esempio", None, EnrolmentTarget::Resume),
        line(3, "Maria Esempio", Some(State::Submitted), EnrolmentTarget::Status),
        line(4, "Ugo Esempio", Some(State::Confirmed), EnrolmentTarget::Status),
    ]
}

impl Page for Enrolments {
    const TEMPLATE: &'static str = "identity/enrolments.html";

    fn typed(&self) -> Typed {
        // Outside of all periods nothing is asked.
        if self.taking { Typed::GoesAlong } else { Typed::Nothing }
    }

    fn samples(now: Timestamp) -> Vec<Sample<Self>> {
        use EnrolmentsField::CodiceFiscale;
        let page = |lines: Vec<EnrolmentLine>, form| Self {
            name: "Anna Prova".into(),
            scheme: "SPID".into(),
            declares_code: false,
            taking: true,
            school_year: "2026/2027".into(),
            told: !lines.is_empty(),
            lines,
            form,
        };
        let short = words::codice_fiscale_error(CodiceFiscaleError::WrongLength { length: 15 });
        let wrong = FormState::default()
            .value(CodiceFiscale, "smplcu19a01z999")
            .error(CodiceFiscale, short);
        let first = page(vec![], FormState::default());
        let eidas = Self { scheme: "eIDAS".into(), declares_code: true, ..first.clone() };
        let closed = Self { taking: false, ..page(sample_lines(now), FormState::default()) };
        let not_open = FormState::default().general(Self::NOT_OPEN);
        vec![
            Sample::new("first", first.clone()),
            Sample::new("several", page(sample_lines(now), FormState::default())),
            Sample::new("bad_code", page(sample_lines(now), wrong)),
            Sample::new("eidas", eidas),
            Sample::new("closed", closed),
            Sample::new("closed_empty", Self { taking: false, form: not_open, ..first }),
        ]
    }
}
