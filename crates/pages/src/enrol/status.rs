//! «Modulo Iscrizione - Anno Scolastico»: the status box, and all answers below it.

use crate::{
    Page, Sample,
    journey::Section,
    sample,
    words::{Tone, state_tone},
};
use domain::{Locale, application::State, ids::DraftId};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

/// Coming back to a draft or an application.
#[derive(Clone, Debug, Serialize)]
pub struct Status {
    /// The draft.
    pub draft: DraftId,
    /// «2026/2027».
    pub school_year: String,
    /// The box on top.
    pub status: StatusBox,
    /// The answers; the first section is «Dati del genitore/utente».
    pub sections: Vec<Section>,
    /// Where «Modifica Iscrizione» leads; none while changing is not allowed.
    pub change_href: Option<String>,
    /// Whether the documents of the application can be downloaded.
    pub documents: bool,
}

/// The box of the notices: «Stato iscrizione», «Data primo salvataggio», …
#[derive(Clone, Debug, Serialize)]
pub struct StatusBox {
    /// The state in words: «Bozza», «Inviata», «Confermato».
    pub word: String,
    /// Colour of the badge.
    pub tone: Tone,
    /// «Data primo salvataggio».
    pub first_saved_at: Timestamp,
    /// «Data ultima modifica».
    pub last_changed_at: Timestamp,
    /// «Data inserimento iscrizione»: when it was sent.
    pub submitted_at: Option<Timestamp>,
    /// Registration number.
    pub number: Option<String>,
    /// State of each service, when there are several or one was refused.
    pub services: Vec<ServiceStatus>,
    /// Whether the family has to do something (a draft, a request of the office).
    pub with_family: bool,
    /// What is missing, in words; for drafts the steps that are not complete.
    pub missing: Vec<String>,
    /// Last day for the office's answer.
    pub answer_by: Option<Date>,
    /// Last day on which a draft is kept.
    pub kept_until: Option<Date>,
    /// Whether changes made after sending are not yet sent again.
    pub unsent_changes: bool,
}

/// The state of one service.
#[derive(Clone, Debug, Serialize)]
pub struct ServiceStatus {
    /// Name of the service.
    pub service: String,
    /// Its state in words.
    pub word: String,
    /// Colour of the badge.
    pub tone: Tone,
    /// Why it was refused; empty otherwise.
    pub reason: String,
}

fn box_of(state: Option<State>, now: Timestamp) -> StatusBox {
    StatusBox {
        word: state.map_or_else(
            || crate::words::draft_state(Locale::It),
            |state| crate::words::state(Locale::It, state),
        ),
        tone: state.map_or(Tone::Secondary, state_tone),
        first_saved_at: now,
        last_changed_at: now,
        submitted_at: state.map(|_| now),
        number: state.map(|_| "2026/000123".to_owned()),
        services: vec![],
        with_family: state.is_none(),
        missing: vec![],
        answer_by: state.filter(|state| state.is_open()).map(|_| Date::constant(2026, 10, 7)),
        kept_until: None,
        unsent_changes: false,
    }
}

impl Page for Status {
    const TEMPLATE: &'static str = "enrol/status.html";

    fn samples(now: Timestamp) -> Vec<Sample<Self>> {
        let href = || Some(format!("/montesole/iscrizioni/{}/passo/pupil", sample::draft()));
        let page = |status| Self {
            draft: sample::draft(),
            school_year: "2026/2027".into(),
            status,
            sections: sample::sections(),
            change_href: href(),
            documents: true,
        };
        let service = |name: &str, state: State, reason: &str| ServiceStatus {
            service: name.into(),
            word: crate::words::state(Locale::It, state),
            tone: state_tone(state),
            reason: reason.into(),
        };
        let services = vec![
            service("Mensa scolastica", State::Confirmed, ""),
            service(
                "Trasporto scolastico",
                State::Rejected,
                "La fermata richiesta non esiste più.",
            ),
        ];
        let draft = StatusBox {
            missing: vec!["Mensa".into()],
            kept_until: Some(Date::constant(2026, 12, 6)),
            ..box_of(None, now)
        };
        let changed = StatusBox {
            unsent_changes: true,
            with_family: true,
            ..box_of(Some(State::Submitted), now)
        };
        vec![
            Sample::new("draft", Self { documents: false, ..page(draft) }),
            Sample::new("sent", page(box_of(Some(State::Submitted), now))),
            Sample::new("unsent_changes", page(changed)),
            Sample::new("confirmed", page(box_of(Some(State::Confirmed), now))),
            Sample::new(
                "mixed",
                Self {
                    change_href: None,
                    ..page(StatusBox { services, ..box_of(Some(State::Rejected), now) })
                },
            ),
        ]
    }
}
