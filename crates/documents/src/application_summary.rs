//! «riepilogo della domanda d'iscrizione»: what was sent, when, and what happens next.

use crate::words::Words;
use domain::SchoolYear;
use jiff::{Timestamp, civil::Date};
use serde_json::{Value, json};

/// Everything the family declared, in words. Personal: never logged.
#[derive(Clone)]
pub struct ApplicationSummary {
    /// School year of the enrolment.
    pub school_year: SchoolYear,
    /// Registration number as the office writes it, for example "2026/000123".
    pub registration_number: String,
    /// How often the application was sent: 1, then 2 after the first change.
    pub version: u32,
    /// Given name and surname of the pupil.
    pub pupil_name: String,
    /// The moment of sending.
    pub submitted_at: Timestamp,
    /// Last day for the office's answer (criterion C.SE.1.10, L. 241/1990 art. 2).
    pub answer_by: Date,
    /// The state in the family's words, for example «Inviata».
    pub status: String,
    /// The answers, in the form's order.
    pub sections: Vec<SummarySection>,
    /// Declarations under DPR 445/2000, as shown and accepted.
    pub declarations: Vec<AcceptedText>,
    /// Privacy sentence, as shown and accepted.
    pub privacy: AcceptedText,
    /// Whether the door proved who applied (CAD art. 65).
    pub signing: Signing,
    /// Who will hold the copy.
    pub audience: Audience,
}

/// The answers of one step.
#[derive(Clone)]
pub struct SummarySection {
    /// Title of the step.
    pub title: String,
    /// Its questions, in order.
    pub rows: Vec<SummaryRow>,
}

/// One question and its answer in words.
#[derive(Clone)]
pub struct SummaryRow {
    /// The question's label.
    pub label: String,
    /// The answer; none prints as "non indicato".
    pub value: Option<String>,
    /// Left out of copies that travel by mail.
    pub sensitive: bool,
}

/// A text the family accepted. A blank line begins a new paragraph.
#[derive(Clone)]
pub struct AcceptedText {
    /// The text itself.
    pub text: String,
    /// Version that was shown.
    pub version: String,
}

/// Who will hold the copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The family, downloading behind its own sign-in: complete.
    Family,
    /// Anybody who reads the mailbox: without sensitive answers.
    Mail,
}

/// What makes the application valid (CAD art. 65).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signing {
    /// A digital identity signed in: no signature needed.
    DigitalIdentity {
        /// Proper name of the scheme, for example "SPID".
        scheme: String,
    },
    /// Nobody proved who applied: a signature box is printed, on the binding text alone.
    ByHand {
        /// Where the copy of the identity document is.
        identity_copy: IdentityCopy,
    },
}

/// The copy of the identity document that goes with a signature by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentityCopy {
    /// Already among the attachments.
    Attached,
    /// To be handed over with the signed summary.
    ToHandOver,
    /// Not asked for: the office identifies the person otherwise.
    NotRequested,
}

impl ApplicationSummary {
    pub(crate) fn running_title(&self, words: Words) -> String {
        words.with(
            "documents.application_summary.running_title",
            &[("number", &self.registration_number)],
        )
    }

    pub(crate) fn view(&self, words: Words) -> Value {
        json!({
            "subtitle": words.school_year(self.school_year),
            "facts_title": words.say("documents.application_summary.facts_title"),
            "facts": self.facts(words),
            "sections": self.sections(words),
            "omitted": self.omission(words),
            "declarations_title": words.say("documents.application_summary.declarations_title"),
            "declarations": accepted(&self.declarations, words),
            "privacy_title": words.say("documents.application_summary.privacy_title"),
            "privacy": accepted(std::slice::from_ref(&self.privacy), words),
            "signing": self.signing.view(words),
        })
    }

    fn facts(&self, words: Words) -> Value {
        let fact = |key, value: String| json!({ "label": words.say(key), "value": value });
        let mut facts = vec![
            fact("documents.application_summary.pupil", self.pupil_name.clone()),
            fact("documents.application_summary.number", self.registration_number.clone()),
        ];
        if self.version > 1 {
            facts.push(fact("documents.application_summary.version", self.version.to_string()));
        }
        let sent = i18n::date_time(self.submitted_at);
        facts.push(fact("documents.application_summary.submitted_at", sent));
        facts.push(fact("documents.application_summary.status", self.status.clone()));
        let last_day = i18n::date(self.answer_by);
        facts.push(fact("documents.application_summary.answer_by", last_day));
        Value::Array(facts)
    }

    fn sections(&self, words: Words) -> Value {
        let row = |row: &SummaryRow| {
            json!({
                "label": row.label,
                "given": row.value.is_some(),
                "value": row.value.clone()
                    .unwrap_or_else(|| words.say("documents.application_summary.not_given")),
            })
        };
        self.sections
            .iter()
            .map(|section| (section, self.visible(section).map(row).collect::<Vec<_>>()))
            .filter(|(_, rows)| !rows.is_empty())
            .map(|(section, rows)| json!({ "title": section.title, "rows": rows }))
            .collect()
    }

    fn visible<'a>(&self, section: &'a SummarySection) -> impl Iterator<Item = &'a SummaryRow> {
        let complete = self.audience == Audience::Family;
        section.rows.iter().filter(move |row| complete || !row.sensitive)
    }

    /// The copy that travels by mail says that something was left out, not what.
    fn omission(&self, words: Words) -> Option<String> {
        let sensitive = self.sections.iter().flat_map(|section| &section.rows).any(|r| r.sensitive);
        (self.audience == Audience::Mail && sensitive)
            .then(|| words.say("documents.application_summary.omitted"))
    }
}

impl Signing {
    fn view(&self, words: Words) -> Value {
        match self {
            Self::DigitalIdentity { scheme } => json!({
                "title": words.say("documents.application_summary.signing_title"),
                "text": words.with("documents.application_summary.signed_digitally",
                    &[("scheme", scheme)]),
                "box": Value::Null,
                "elsewhere": Value::Null,
                "note": Value::Null,
            }),
            Self::ByHand { identity_copy } => json!({
                "title": words.say("documents.application_summary.signature_title"),
                "text": words.say("documents.application_summary.signature_why"),
                "box": words.binding().then(|| json!({
                    "place": words.say("documents.application_summary.signature_place"),
                    "date": words.say("documents.application_summary.signature_date"),
                    "signature": words.say("documents.application_summary.signature_line"),
                })),
                "elsewhere": (!words.binding())
                    .then(|| words.say("documents.application_summary.signature_on_italian")),
                "note": words.say(identity_copy.key()),
            }),
        }
    }
}

impl IdentityCopy {
    const fn key(self) -> &'static str {
        match self {
            Self::Attached => "documents.application_summary.identity_copy_attached",
            Self::ToHandOver => "documents.application_summary.identity_copy_to_hand_over",
            Self::NotRequested => "documents.application_summary.identity_copy_not_requested",
        }
    }
}

fn accepted(texts: &[AcceptedText], words: Words) -> Value {
    texts
        .iter()
        .map(|accepted| {
            json!({
                "paragraphs": paragraphs(&accepted.text),
                "version": words.with("documents.application_summary.text_version",
                    &[("version", &accepted.version)]),
            })
        })
        .collect()
}

fn paragraphs(text: &str) -> Vec<String> {
    text.replace("\r\n", "\n")
        .split("\n\n")
        .map(str::trim)
        .filter(|paragraph| !paragraph.is_empty())
        .map(str::to_owned)
        .collect()
}
