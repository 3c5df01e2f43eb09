//! «lettera con le proprie credenziali d'accesso»: code, password, how to use them.

use crate::words::Words;
use domain::SchoolYear;
use jiff::{Timestamp, civil::Date};
use serde_json::{Value, json};

/// The letter to the guardian of one application. Personal and secret: never logged.
#[derive(Clone)]
pub struct CredentialsLetter {
    /// Given name and surname of the guardian.
    pub guardian_name: String,
    /// Given name and surname of the pupil.
    pub pupil_name: String,
    /// School year of the enrolment.
    pub school_year: SchoolYear,
    /// Registration number; none when the letter goes out before sending.
    pub registration_number: Option<String>,
    /// Day printed as the letter's date.
    pub written_on: Date,
    /// «codice utente», eight digits.
    pub user_code: String,
    /// True for a further child of a guardian who has the code already.
    pub code_kept: bool,
    /// What the letter can say about the password.
    pub password: LetterPassword,
    /// Absolute address of the comune's portal.
    pub portal_url: String,
}

/// What the letter says about the password.
#[derive(Clone)]
pub enum LetterPassword {
    /// A fresh temporary password, to be changed at first use.
    Temporary {
        /// The password in clear: it exists only in this letter.
        password: String,
        /// Its last instant.
        valid_until: Timestamp,
    },
    /// The temporary password has expired unused; a link by mail gives a new one.
    Expired,
    /// The guardian has chosen a password, which nobody else knows.
    Chosen,
    /// The guardian signs in with a digital identity and has no password.
    DigitalIdentity {
        /// Proper name of the scheme, for example "SPID".
        scheme: String,
    },
}

impl CredentialsLetter {
    pub(crate) fn view(&self, words: Words, place: &str, office: &str) -> Value {
        let day = words.long_date(self.written_on);
        let year = self.school_year.label();
        json!({
            "dated": words.with("documents.credentials_letter.dated",
                &[("place", place), ("date", &day)]),
            "recipient": self.guardian_name,
            "subject_label": words.say("documents.credentials_letter.subject_label"),
            "subject": words.with("documents.credentials_letter.subject", &[("year", &year)]),
            "greeting": words.with("documents.credentials_letter.greeting",
                &[("name", &self.guardian_name)]),
            "opening": self.opening(words),
            "credentials_title": words.say("documents.credentials_letter.credentials_title"),
            "code": {
                "label": words.say("documents.credentials_letter.code_label"),
                "value": grouped(&self.user_code),
                "note": words.say(if self.code_kept {
                    "documents.credentials_letter.code_kept"
                } else {
                    "documents.credentials_letter.code_new"
                }),
            },
            "password": self.password.view(words),
            "usage_title": words.say("documents.credentials_letter.usage_title"),
            "usage": self.usage(words),
            "portal_label": words.say("documents.credentials_letter.portal_label"),
            "portal_url": self.portal_url,
            "advice_title": words.say("documents.credentials_letter.advice_title"),
            "advice": self.advice(words),
            "closing": words.say("documents.credentials_letter.closing"),
            "signed": office,
        })
    }

    fn opening(&self, words: Words) -> String {
        let pupil = ("pupil", self.pupil_name.as_str());
        match &self.registration_number {
            Some(number) => words
                .with("documents.credentials_letter.opening_sent", &[pupil, ("number", number)]),
            None => words.with("documents.credentials_letter.opening_draft", &[pupil]),
        }
    }

    fn usage(&self, words: Words) -> Vec<String> {
        let keys: &[&str] = match &self.password {
            LetterPassword::Expired => &[
                "documents.credentials_letter.usage_open",
                "documents.credentials_letter.usage_new_button",
                "documents.credentials_letter.usage_forgotten",
                "documents.credentials_letter.usage_after_activation",
            ],
            LetterPassword::Temporary { .. } => &[
                "documents.credentials_letter.usage_open",
                "documents.credentials_letter.usage_new_button",
                "documents.credentials_letter.usage_enter_pupil",
                "documents.credentials_letter.usage_change",
                "documents.credentials_letter.usage_after_activation",
            ],
            LetterPassword::Chosen => &[
                "documents.credentials_letter.usage_open",
                "documents.credentials_letter.usage_new_button",
                "documents.credentials_letter.usage_enter_pupil",
                "documents.credentials_letter.usage_after_activation",
            ],
            LetterPassword::DigitalIdentity { scheme } => {
                return vec![
                    words.say("documents.credentials_letter.usage_open"),
                    words
                        .with("documents.credentials_letter.usage_identity", &[("scheme", scheme)]),
                    words.say("documents.credentials_letter.usage_pupil_only"),
                ];
            }
        };
        keys.iter().map(|key| words.say(key)).collect()
    }

    fn advice(&self, words: Words) -> Vec<String> {
        let mut keys = vec!["documents.credentials_letter.advice_never_asked"];
        if !matches!(self.password, LetterPassword::DigitalIdentity { .. }) {
            keys.push("documents.credentials_letter.advice_choose");
            keys.push("documents.credentials_letter.advice_keep");
            keys.push("documents.credentials_letter.advice_forgotten");
        }
        keys.push("documents.credentials_letter.advice_log_out");
        keys.push("documents.credentials_letter.advice_siblings");
        keys.into_iter().map(|key| words.say(key)).collect()
    }
}

impl LetterPassword {
    fn view(&self, words: Words) -> Value {
        let label = words.say(match self {
            Self::Temporary { .. } => "documents.credentials_letter.temporary_label",
            Self::Expired | Self::Chosen | Self::DigitalIdentity { .. } => {
                "documents.credentials_letter.password_label"
            }
        });
        let (value, note) = match self {
            Self::Temporary { password, valid_until } => (
                Some(password.as_str()),
                words.with(
                    "documents.credentials_letter.temporary_note",
                    &[("until", &words.long_date_time(*valid_until))],
                ),
            ),
            Self::Expired => (None, words.say("documents.credentials_letter.expired")),
            Self::Chosen => (None, words.say("documents.credentials_letter.chosen")),
            Self::DigitalIdentity { scheme } => (
                None,
                words.with("documents.credentials_letter.no_password", &[("scheme", scheme)]),
            ),
        };
        json!({ "label": label, "value": value, "note": note })
    }
}

/// Groups of four, as people read long numbers aloud.
fn grouped(code: &str) -> String {
    let mut groups = String::with_capacity(code.len() + 2);
    for (index, character) in code.chars().enumerate() {
        if index > 0 && index % 4 == 0 {
            groups.push(' ');
        }
        groups.push(character);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn codes_are_grouped_by_four() {
        assert_eq!(grouped("12345678"), "1234 5678");
        assert_eq!(grouped("123"), "123");
    }
}
