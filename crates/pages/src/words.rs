//! Words and sentences for the enums of the domain: each has its key in the locale files.

use crate::Message;
use domain::{
    CodiceFiscaleError, Locale,
    application::{IdentityVerification, State},
    form::{FieldErrorKind, WarningKind},
    password::PasswordProblem,
    rating::Aspect,
    school_service::SchoolService,
};

/// Colour class of a state's badge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// Nothing to do.
    Success,
    /// Waiting or asking.
    Warning,
    /// Ended badly.
    Danger,
    /// Neutral.
    Secondary,
    /// On its way.
    Primary,
}

/// What is wrong with an answer and how to mend it.
pub fn field_error(kind: FieldErrorKind) -> Message {
    kind.args()
        .into_iter()
        .fold(Message::coded("errors.answer.", kind.code()), |message, (name, value)| {
            message.with(name, value)
        })
}

/// What is wrong with the codice fiscale typed at a door.
pub fn codice_fiscale_error(error: CodiceFiscaleError) -> Message {
    field_error(FieldErrorKind::BadCodiceFiscale(error))
}

/// A doubt about an answer.
pub fn doubt(kind: WarningKind) -> Message {
    Message::coded("errors.doubt.", kind.code())
}

/// Why a password is refused.
pub fn password_problem(problem: PasswordProblem) -> Message {
    Message::coded("errors.password.", problem.code())
        .with("min", domain::password::MIN_LENGTH)
        .with("max", domain::password::MAX_LENGTH)
}

/// The state of an application in the reader's words: «Inviata», «Confermato».
pub fn state(locale: Locale, state: State) -> String {
    i18n::t(locale, &format!("shared.state.{}", state.code()), &[])
}

/// «Bozza».
pub fn draft_state(locale: Locale) -> String {
    i18n::t(locale, "shared.state.draft", &[])
}

/// Colour of the state's badge.
pub const fn state_tone(state: State) -> Tone {
    match state {
        State::Confirmed | State::Active => Tone::Success,
        State::InformationRequested | State::RefusalNotice | State::Suspended => Tone::Warning,
        State::Rejected => Tone::Danger,
        State::Withdrawn | State::Ended => Tone::Secondary,
        State::Submitted | State::InReview => Tone::Primary,
    }
}

/// The usual name of a school service; a tenant may have its own.
pub fn school_service(locale: Locale, service: SchoolService) -> String {
    i18n::t(locale, &format!("shared.school_service.{}", service.tag()), &[])
}

/// What stars are for: what was liked, or what was hard.
pub fn rating_answer(praise: bool, aspect: Aspect) -> Message {
    Message::coded(if praise { "site.liked." } else { "site.hard." }, aspect.code())
}

/// How the office made sure of the applicant's identity.
pub fn identity_verification(choice: IdentityVerification) -> String {
    i18n::t(Locale::It, &format!("office.identity.{}", choice.code()), &[])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(key: &str) -> bool {
        i18n::locale_keys(Locale::It).contains_key(key)
    }

    #[test]
    fn every_code_of_the_domain_has_its_words() {
        for code in FieldErrorKind::CODES {
            assert!(known(&format!("errors.answer.{code}")), "{code}");
        }
        for kind in WarningKind::ALL {
            assert!(known(&doubt(kind).key), "{kind:?}");
        }
        for problem in PasswordProblem::ALL {
            assert!(known(&password_problem(problem).key), "{problem:?}");
        }
        for state in State::ALL {
            assert!(known(&format!("shared.state.{}", state.code())), "{state:?}");
        }
        for service in SchoolService::ALL {
            assert!(known(&format!("shared.school_service.{service}")), "{service}");
        }
        for aspect in Aspect::ALL {
            assert!(known(&rating_answer(true, aspect).key), "{aspect:?}");
            assert!(known(&rating_answer(false, aspect).key), "{aspect:?}");
        }
        for service in SchoolService::ALL {
            assert!(known(&format!("site.about.{service}")), "{service}");
            assert!(known(&format!("site.outcome.{service}")), "{service}");
        }
        for choice in IdentityVerification::ALL {
            assert!(known(&format!("office.identity.{}", choice.code())), "{choice:?}");
        }
    }

    #[test]
    fn no_words_are_left_over_for_codes_that_are_gone() {
        let count = |prefix: &str| {
            i18n::locale_keys(Locale::It).keys().filter(|k| k.starts_with(prefix)).count()
        };
        assert_eq!(count("errors.answer."), FieldErrorKind::CODES.len());
        assert_eq!(count("errors.doubt."), WarningKind::ALL.len());
        assert_eq!(count("errors.password."), PasswordProblem::ALL.len());
        assert_eq!(count("shared.state."), State::ALL.len() + 1);
        assert_eq!(count("shared.school_service."), SchoolService::ALL.len());
        assert_eq!(count("site.liked."), Aspect::ALL.len());
        assert_eq!(count("site.hard."), Aspect::ALL.len());
        assert_eq!(count("site.about."), SchoolService::ALL.len());
        assert_eq!(count("site.outcome."), SchoolService::ALL.len());
        assert_eq!(count("office.identity."), IdentityVerification::ALL.len());
    }
}
