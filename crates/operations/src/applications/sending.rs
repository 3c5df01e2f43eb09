//! What sending now means for each service: sent, left as it is, taken back, or not possible.

use crate::drafts::Opened;
use domain::{
    application::{Action, Party, State, edge},
    enrolment_window::{WindowKind, WindowState},
    form::{Changes, Journey},
    school_service::SchoolService,
};
use jiff::Timestamp;

/// Each service asked for now or before, by what becomes of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sending {
    /// Asked for, and new or changed: the office looks at it.
    pub sent: Vec<SchoolService>,
    /// Asked for and sent before, without a change: its state stays.
    pub kept: Vec<SchoolService>,
    /// Sent before and no longer asked for.
    pub withdrawn: Vec<SchoolService>,
    /// Asked for, but its window does not take this now.
    pub closed: Vec<SchoolService>,
    /// What is sent arrives after a closing, where late applications are taken.
    pub late: bool,
}

impl Sending {
    /// Sending would change nothing.
    pub const fn is_idle(&self) -> bool {
        self.sent.is_empty() && self.withdrawn.is_empty() && self.closed.is_empty()
    }
}

/// What sending the draft at the instant of arrival `now` means. A service whose window has closed does not stand in
/// the way of the others as long as nothing about it is new.
pub fn sending(opened: &Opened, now: Timestamp) -> Sending {
    let journey = Journey::new(&opened.definition, &opened.answers, &opened.offered);
    let asked = journey.services();
    let mut sending = Sending { withdrawn: withdrawn(opened, &asked), ..Sending::default() };
    if asked.is_empty() && opened.tenant.open_services(opened.school_year, now).is_empty() {
        let offers = opened.tenant.offers(opened.school_year, WindowKind::New, now);
        sending.closed = offers.iter().map(|offer| offer.service.school_service).collect();
        return sending;
    }
    let changes = changes(opened, &journey);
    for service in asked.iter().copied() {
        let part = part(&mut sending, opened, &changes, service, now);
        part.push(service);
    }
    if sending.is_idle() && !asked.iter().any(|service| takes(opened, *service, now)) {
        sending.closed = asked;
    }
    let late = |service| window(opened, service, now).is_some_and(WindowState::is_late);
    sending.late = sending.sent.iter().copied().any(late);
    sending
}

fn part<'a>(
    sending: &'a mut Sending,
    opened: &Opened,
    changes: &Changes,
    service: SchoolService,
    now: Timestamp,
) -> &'a mut Vec<SchoolService> {
    let sent_before = state(opened, service).filter(|state| *state != State::Withdrawn);
    let touched = changes.services.contains(&service);
    if takes(opened, service, now) {
        // What the office refused or asked about is looked at again without a change, too.
        let rests = sent_before.is_some_and(|state| !awaits_family(state));
        if rests && !touched && !changes.common { &mut sending.kept } else { &mut sending.sent }
    } else if sent_before.is_some() && !touched {
        &mut sending.kept
    } else {
        &mut sending.closed
    }
}

/// What differs from the newest version; nothing, before there is one.
fn changes(opened: &Opened, journey: &Journey<'_>) -> Changes {
    let between = |sent| Changes::between(&opened.definition, sent, &journey.visible_answers());
    opened.sent.as_ref().map(between).unwrap_or_default()
}

/// While the office asks for something about a service, it can always be sent.
fn takes(opened: &Opened, service: SchoolService, now: Timestamp) -> bool {
    state(opened, service) == Some(State::InformationRequested)
        || window(opened, service, now).is_some_and(WindowState::accepts)
}

const fn awaits_family(state: State) -> bool {
    matches!(state, State::InformationRequested | State::RefusalNotice | State::Rejected)
}

fn state(opened: &Opened, service: SchoolService) -> Option<State> {
    let mut rows = opened.services.iter();
    rows.find(|row| row.school_service == service.tag()).map(|row| row.state)
}

fn withdrawn(opened: &Opened, asked: &[SchoolService]) -> Vec<SchoolService> {
    let given_up = |service: &SchoolService| {
        !asked.contains(service)
            && state(opened, *service)
                .is_some_and(|state| edge(Party::Family, Action::Withdraw, state).is_some())
    };
    SchoolService::ALL.into_iter().filter(given_up).collect()
}

/// Where the window of a service for new families stands at the instant of arrival.
fn window(opened: &Opened, service: SchoolService, now: Timestamp) -> Option<WindowState> {
    let mut windows = opened.tenant.windows();
    windows
        .find(|window| {
            window.school_year == opened.school_year
                && window.school_service == service
                && window.kind == WindowKind::New
        })
        .map(|window| window.state(now))
}
