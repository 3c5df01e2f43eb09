//! The life of an application: states, and the one table of allowed edges.

use serde::{Deserialize, Serialize};

/// State of an application for one school service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Sent by the family («Inviata»).
    Submitted,
    /// Under examination («In verifica»).
    InReview,
    /// The office asked for something («Integrazione richiesta»).
    InformationRequested,
    /// Accepted («Confermato»).
    Confirmed,
    /// The service runs («Attivato»).
    Active,
    /// Ten days to answer before refusal («Preavviso di rigetto», L. 241/90 art. 10-bis).
    RefusalNotice,
    /// Refused («Respinta»).
    Rejected,
    /// Taken back by the family («Ritirata»).
    Withdrawn,
    /// Paused («Sospesa»).
    Suspended,
    /// Over («Conclusa»).
    Ended,
}

impl State {
    /// All states in the order of their numbers.
    pub const ALL: [Self; 10] = [
        Self::Submitted,
        Self::InReview,
        Self::InformationRequested,
        Self::Confirmed,
        Self::Active,
        Self::RefusalNotice,
        Self::Rejected,
        Self::Withdrawn,
        Self::Suspended,
        Self::Ended,
    ];

    /// Number kept in the database (1–10); never renumber.
    pub const fn number(self) -> i16 {
        match self {
            Self::Submitted => 1,
            Self::InReview => 2,
            Self::InformationRequested => 3,
            Self::Confirmed => 4,
            Self::Active => 5,
            Self::RefusalNotice => 6,
            Self::Rejected => 7,
            Self::Withdrawn => 8,
            Self::Suspended => 9,
            Self::Ended => 10,
        }
    }

    /// The state with that number.
    pub fn from_number(number: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.number() == number)
    }

    /// Word used in texts' keys, query strings and audit events.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::InReview => "in_review",
            Self::InformationRequested => "information_requested",
            Self::Confirmed => "confirmed",
            Self::Active => "active",
            Self::RefusalNotice => "refusal_notice",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
            Self::Suspended => "suspended",
            Self::Ended => "ended",
        }
    }

    /// The state with that word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether the office still has to answer.
    pub const fn is_open(self) -> bool {
        matches!(
            self,
            Self::Submitted | Self::InReview | Self::InformationRequested | Self::RefusalNotice
        )
    }
}

/// Who may take an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Party {
    /// The family's session.
    Family,
    /// An officer.
    Office,
}

/// What is done to an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The family sends a changed version.
    Resubmit,
    /// The family no longer asks for the service.
    Withdraw,
    /// The office accepts.
    Confirm,
    /// The office refuses, with a reason.
    Reject,
}

impl Action {
    /// Verb of the audit event that it leaves.
    pub const fn verb(self) -> &'static str {
        match self {
            Self::Resubmit => "application_resubmitted",
            Self::Withdraw => "application_withdrawn",
            Self::Confirm => "application_confirmed",
            Self::Reject => "application_rejected",
        }
    }
}

/// One allowed step: from these states, by this party, to that state.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// What is done.
    pub action: Action,
    /// States it may start from.
    pub from: &'static [State],
    /// Who does it.
    pub by: Party,
    /// Where it leads.
    pub to: State,
}

/// The transition table. A refused application may be mended and sent again while its window allows;
/// the last confirmed version stays in force until a newer one is confirmed, or the family takes its service back.
pub const EDGES: &[Edge] = &[
    Edge {
        action: Action::Resubmit,
        from: &[
            State::Submitted,
            State::InReview,
            State::InformationRequested,
            State::Confirmed,
            State::RefusalNotice,
            State::Rejected,
            State::Withdrawn,
        ],
        by: Party::Family,
        to: State::Submitted,
    },
    Edge {
        action: Action::Withdraw,
        from: &[
            State::Submitted,
            State::InReview,
            State::InformationRequested,
            State::Confirmed,
            State::RefusalNotice,
            State::Rejected,
        ],
        by: Party::Family,
        to: State::Withdrawn,
    },
    Edge {
        action: Action::Confirm,
        from: &[
            State::Submitted,
            State::InReview,
            State::InformationRequested,
            State::RefusalNotice,
        ],
        by: Party::Office,
        to: State::Confirmed,
    },
    Edge {
        action: Action::Reject,
        from: &[
            State::Submitted,
            State::InReview,
            State::InformationRequested,
            State::RefusalNotice,
        ],
        by: Party::Office,
        to: State::Rejected,
    },
];

/// The edge for an action of a party from a state, or none when the table does not allow it.
pub fn edge(by: Party, action: Action, from: State) -> Option<&'static Edge> {
    EDGES.iter().find(|edge| edge.by == by && edge.action == action && edge.from.contains(&from))
}

/// The word of the status box for an application with several services: what is still open comes first, then what was
/// accepted; it is refused only when every service is.
pub fn overall(services: &[State]) -> Option<State> {
    let first = |wanted: fn(State) -> bool| services.iter().copied().find(|state| wanted(*state));
    first(State::is_open)
        .or_else(|| first(|state| state == State::Active))
        .or_else(|| first(|state| state == State::Confirmed))
        .or_else(|| services.first().copied())
}

/// How the office made sure who sent the application (CAD art. 65).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentityVerification {
    /// Signed summary with a copy of the identity document.
    SignedWithDocument,
    /// In person at the office.
    InPerson,
    /// By telephone, against data the office already holds.
    Telephone,
    /// Digital identity of the applicant (SPID, CIE, eIDAS).
    DigitalIdentity,
}

impl IdentityVerification {
    /// All choices, in the order of the form.
    pub const ALL: [Self; 4] =
        [Self::SignedWithDocument, Self::InPerson, Self::Telephone, Self::DigitalIdentity];

    /// Word used in the form, the database and texts' keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SignedWithDocument => "signed_with_document",
            Self::InPerson => "in_person",
            Self::Telephone => "telephone",
            Self::DigitalIdentity => "digital_identity",
        }
    }

    /// The choice with that word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_words_lead_back_to_their_state() {
        for state in State::ALL {
            assert_eq!(State::from_number(state.number()), Some(state));
            assert_eq!(State::from_code(state.code()), Some(state));
        }
        assert_eq!(State::from_number(0), None);
    }

    #[test]
    fn an_open_service_keeps_the_application_open_and_one_accepted_outweighs_a_refusal() {
        use State::{Confirmed, Rejected, Submitted};
        assert_eq!(overall(&[Confirmed, Submitted]), Some(Submitted));
        assert_eq!(overall(&[Rejected, Confirmed]), Some(Confirmed));
        assert_eq!(overall(&[Rejected, Rejected]), Some(Rejected));
        assert_eq!(overall(&[]), None);
    }

    #[test]
    fn what_is_over_takes_no_edge_and_the_office_cannot_revive_what_was_withdrawn() {
        for by in [Party::Family, Party::Office] {
            for action in [Action::Resubmit, Action::Withdraw, Action::Confirm, Action::Reject] {
                assert!(edge(by, action, State::Ended).is_none());
            }
        }
        assert!(edge(Party::Office, Action::Confirm, State::Withdrawn).is_none());
        assert!(edge(Party::Family, Action::Resubmit, State::Withdrawn).is_some());
        assert!(edge(Party::Office, Action::Confirm, State::Confirmed).is_none());
    }

    #[test]
    fn nobody_takes_the_edge_of_the_other() {
        assert!(edge(Party::Family, Action::Confirm, State::Submitted).is_none());
        assert!(edge(Party::Office, Action::Withdraw, State::Submitted).is_none());
    }
}
