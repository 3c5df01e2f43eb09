//! «manuale informativo»: how this comune's portal is used, from its real settings.

mod chapters;
mod states;

pub(crate) use states::word_key as state_key;

use crate::words::Words;
use domain::{
    SchoolYear,
    application::State,
    enrolment_window::{Window, WindowKind, last_moment, rome_civil},
};
use jiff::{Timestamp, civil::Time};
use serde_json::{Value, json};

/// The guide of one comune and school year; it holds no personal data.
#[derive(Clone, Debug)]
pub struct UserGuide {
    /// School year of the enrolments.
    pub school_year: SchoolYear,
    /// Absolute address of the comune's portal.
    pub portal_url: String,
    /// The ways in that are open; with none the guide says whom to ask.
    pub doors: Vec<GuideDoor>,
    /// The services offered, in the comune's order.
    pub services: Vec<GuideService>,
    /// Titles of the attachments that the form asks for.
    pub attachments: Vec<String>,
    /// States that an application can reach today; «Bozza» is always explained before them.
    pub states: Vec<State>,
    /// Lengths of time that the portal promises.
    pub terms: GuideTerms,
}

/// A way into the enrolment portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GuideDoor {
    /// Codice fiscale of the pupil and password.
    Password,
    /// SPID
    Spid,
    /// CIE
    Cie,
    /// eIDAS
    Eidas,
}

/// A service and when it takes enrolments.
#[derive(Clone, Debug)]
pub struct GuideService {
    /// Name as families read it.
    pub name: String,
    /// Its enrolment windows.
    pub windows: Vec<GuideWindow>,
    /// Hour of the day until which a day's booking can change; none when there is none.
    pub cut_off: Option<Time>,
}

/// A period of enrolment.
#[derive(Clone, Copy, Debug)]
pub struct GuideWindow {
    /// Whom it is for.
    pub kind: WindowKind,
    /// First instant that counts.
    pub opens_at: Timestamp,
    /// First instant that no longer counts.
    pub closes_at: Option<Timestamp>,
    /// Whether late applications are taken.
    pub late_applications: bool,
}

/// Lengths of time that the portal promises.
#[derive(Clone, Copy, Debug)]
pub struct GuideTerms {
    /// Life of the e-mail code, minutes.
    pub email_code_minutes: u32,
    /// Life of a temporary password, days.
    pub temporary_password_days: u32,
    /// The office answers within so many days.
    pub answer_days: u32,
    /// A draft is kept for so many days after its last change; none leaves it unsaid.
    pub draft_days: Option<u32>,
}

impl From<&Window> for GuideWindow {
    fn from(window: &Window) -> Self {
        Self {
            kind: window.kind,
            opens_at: window.opens_at,
            closes_at: window.closes_at,
            late_applications: window.late_applications,
        }
    }
}

impl UserGuide {
    pub(crate) fn view(&self, words: Words, tenant_name: &str) -> Value {
        json!({
            "subtitle": words.school_year(self.school_year),
            "intro": words.with("documents.user_guide.intro", &[("tenant", tenant_name)]),
            "portal_label": words.say("documents.user_guide.portal_label"),
            "portal_url": self.portal_url,
            "windows": self.windows(words),
            "chapters": chapters::chapters(self, words),
            "states": states::table(&self.states, words),
            "contacts_title": words.say("documents.user_guide.contacts_title"),
            "contacts_text": words.say("documents.user_guide.contacts_text"),
        })
    }

    fn windows(&self, words: Words) -> Value {
        let rows: Vec<_> = self
            .services
            .iter()
            .flat_map(|service| service.windows.iter().map(move |window| (service, window)))
            .map(|(service, window)| {
                json!([
                    service.name,
                    words.say(kind_key(window.kind)),
                    opening(*window, words),
                    closing(*window, words)
                ])
            })
            .collect();
        json!({
            "title": words.say("documents.user_guide.windows_title"),
            "head": [
                words.say("documents.user_guide.service_head"),
                words.say("documents.user_guide.kind_head"),
                words.say("documents.user_guide.opens_head"),
                words.say("documents.user_guide.closes_head"),
            ],
            "rows": rows,
            "notes": self.window_notes(words),
        })
    }

    fn window_notes(&self, words: Words) -> Vec<String> {
        let late = self.services.iter().flat_map(|s| &s.windows).any(|w| w.late_applications);
        let mut notes = vec![];
        if late {
            notes.push(words.say("documents.user_guide.late_note"));
        }
        notes.extend(self.services.iter().filter_map(|service| {
            let cut_off = service.cut_off?;
            let time = format!("{:02}:{:02}", cut_off.hour(), cut_off.minute());
            let args = [("service", service.name.as_str()), ("time", time.as_str())];
            Some(words.with("documents.user_guide.cut_off_note", &args))
        }));
        notes
    }

    fn has(&self, door: GuideDoor) -> bool {
        self.doors.contains(&door)
    }

    fn has_identity_door(&self) -> bool {
        self.doors.iter().any(|door| *door != GuideDoor::Password)
    }
}

const fn kind_key(kind: WindowKind) -> &'static str {
    match kind {
        WindowKind::New => "documents.user_guide.kind_new",
        WindowKind::Renewal => "documents.user_guide.kind_renewal",
    }
}

fn opening(window: GuideWindow, words: Words) -> String {
    words.moment(rome_civil(window.opens_at))
}

fn closing(window: GuideWindow, words: Words) -> String {
    window.closes_at.map_or_else(
        || words.say("documents.user_guide.no_closing"),
        |closes_at| words.moment(last_moment(closes_at)),
    )
}
