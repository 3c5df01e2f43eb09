//! A sign-in with a digital identity that came to nothing: what happened and what to do.

use crate::{Message, Page, Sample};
use domain::identity::IdentityScheme;
use jiff::Timestamp;
use serde::Serialize;

/// Why. The first ones come from the provider, by the numbers of the federations' table of anomalies; the others are
/// ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// 19: wrong credentials, several times.
    WrongCredentials,
    /// 20: the person has no credentials of the level asked for.
    LevelMissing,
    /// 21: the person took too long.
    TimedOut,
    /// 22: the person did not agree to their data being sent.
    ConsentDenied,
    /// 23: identity suspended or revoked, or credentials blocked.
    Suspended,
    /// 23 of CIE: the card has expired or was revoked.
    CardRevoked,
    /// 25: the person cancelled.
    Cancelled,
    /// 30: a kind of identity that does not serve here, such as a professional one.
    KindNotAllowed,
    /// 8–18, 24 and whatever else a provider says: a technical mistake.
    Technical,
    /// The person is not of age.
    Minor,
    /// The answer came too long after the request.
    RequestExpired,
    /// The answer was used before.
    AlreadyUsed,
    /// The sign-in began in another browser, or cookies are off.
    OtherBrowser,
    /// The answer belongs to no request of ours.
    UnknownRequest,
    /// The provider cannot be reached or is not known at the moment.
    ProviderUnavailable,
    /// The provider answered with a lower level than asked for.
    LevelTooLow,
    /// The answer cannot be accepted.
    NotValid,
}

impl Reason {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::WrongCredentials,
        Self::LevelMissing,
        Self::TimedOut,
        Self::ConsentDenied,
        Self::Suspended,
        Self::CardRevoked,
        Self::Cancelled,
        Self::KindNotAllowed,
        Self::Technical,
        Self::Minor,
        Self::RequestExpired,
        Self::AlreadyUsed,
        Self::OtherBrowser,
        Self::UnknownRequest,
        Self::ProviderUnavailable,
        Self::LevelTooLow,
        Self::NotValid,
    ];

    /// From the stable code of a refusal, and the number in the provider's answer when it says why itself. A code
    /// without words of its own is an answer that cannot be accepted.
    pub const fn from_code(code: &str, provider_error: Option<u8>, scheme: IdentityScheme) -> Self {
        if let Some(number) = provider_error {
            return Self::from_number(number, scheme);
        }
        match code.as_bytes() {
            b"minor" => Self::Minor,
            b"request_expired" => Self::RequestExpired,
            b"request_used" | b"assertion_used" => Self::AlreadyUsed,
            b"other_browser" => Self::OtherBrowser,
            b"provider_error" => Self::Technical,
            b"unknown_request" | b"other_relay_state" => Self::UnknownRequest,
            b"provider_unavailable" => Self::ProviderUnavailable,
            b"level_too_low" => Self::LevelTooLow,
            _ => Self::NotValid,
        }
    }

    const fn from_number(number: u8, scheme: IdentityScheme) -> Self {
        match (number, scheme) {
            (19, _) => Self::WrongCredentials,
            (20, _) => Self::LevelMissing,
            (21, _) => Self::TimedOut,
            (22, _) => Self::ConsentDenied,
            (23, IdentityScheme::Cie) => Self::CardRevoked,
            (23, _) => Self::Suspended,
            (25, _) => Self::Cancelled,
            (30, _) => Self::KindNotAllowed,
            _ => Self::Technical,
        }
    }

    /// Stable word for texts' keys, metrics and the audit trail.
    pub const fn code(self) -> &'static str {
        match self {
            Self::WrongCredentials => "wrong_credentials",
            Self::LevelMissing => "level_missing",
            Self::TimedOut => "timed_out",
            Self::ConsentDenied => "consent_denied",
            Self::Suspended => "suspended",
            Self::CardRevoked => "card_revoked",
            Self::Cancelled => "cancelled",
            Self::KindNotAllowed => "kind_not_allowed",
            Self::Technical => "technical",
            Self::Minor => "minor",
            Self::RequestExpired => "request_expired",
            Self::AlreadyUsed => "already_used",
            Self::OtherBrowser => "other_browser",
            Self::UnknownRequest => "unknown_request",
            Self::ProviderUnavailable => "provider_unavailable",
            Self::LevelTooLow => "level_too_low",
            Self::NotValid => "not_valid",
        }
    }
}

/// The page, to be sent with status 403.
#[derive(Clone, Debug, Serialize)]
pub struct SignInRefused {
    /// «SPID», «CIE», «eIDAS».
    pub scheme: String,
    /// Why.
    pub reason: Reason,
    /// What happened.
    pub text: Message,
    /// What to do.
    pub advice: Message,
    /// Reference for assistance, such as «SPID 25»; never personal.
    pub code: String,
    /// Where the same sign-in begins again; none where that would not help.
    pub retry: Option<String>,
    /// Whether other doors are open.
    pub doors: bool,
}

impl SignInRefused {
    /// The status of the page, as the federations' tests want it.
    pub const STATUS: u16 = 403;

    /// The page for this reason.
    pub fn new(scheme: IdentityScheme, reason: Reason, code: impl Into<String>) -> Self {
        let message = |prefix| Message::coded(prefix, reason.code()).with("scheme", scheme.name());
        Self {
            scheme: scheme.name().to_owned(),
            reason,
            text: message("identity.refused.text."),
            advice: message("identity.refused.advice."),
            code: code.into(),
            retry: None,
            doors: false,
        }
    }

    /// The same page with the way to try again.
    #[must_use]
    pub fn retry(mut self, href: impl Into<String>) -> Self {
        self.retry = Some(href.into());
        self
    }

    /// The same page with the way to the other doors.
    #[must_use]
    pub const fn doors(mut self, open: bool) -> Self {
        self.doors = open;
        self
    }
}

impl Page for SignInRefused {
    const TEMPLATE: &'static str = "identity/refused.html";

    fn samples(_now: Timestamp) -> Vec<Sample<Self>> {
        let page = |reason: Reason| {
            let scheme = match reason {
                Reason::CardRevoked => IdentityScheme::Cie,
                _ => IdentityScheme::Spid,
            };
            let page = Self::new(scheme, reason, "SPID 25").retry("/montesole/spid/accesso");
            Sample::new(reason.code(), page.doors(true))
        };
        let alone = Self::new(IdentityScheme::Eidas, Reason::NotValid, "audience");
        Reason::ALL.into_iter().map(page).chain([Sample::new("no_way_on", alone)]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Reason;
    use domain::{
        Locale,
        identity::IdentityScheme::{Cie, Spid},
    };

    #[test]
    fn the_providers_number_says_why_and_everything_else_it_says_is_technical() {
        let of = |number| Reason::from_code("provider_refused", Some(number), Spid);
        assert_eq!(of(25), Reason::Cancelled);
        assert_eq!(of(23), Reason::Suspended);
        assert_eq!(Reason::from_code("provider_refused", Some(23), Cie), Reason::CardRevoked);
        for number in (0..=18).chain([24, 26, 29, 31, 255]) {
            assert_eq!(of(number), Reason::Technical, "{number}");
        }
    }

    #[test]
    fn our_codes_have_their_reason_and_unknown_ones_are_not_valid() {
        let of = |code| Reason::from_code(code, None, Spid);
        assert_eq!(of("assertion_used"), of("request_used"));
        assert_eq!(of("minor"), Reason::Minor);
        assert_eq!(of("provider_error"), Reason::Technical);
        assert_eq!(of("audience"), Reason::NotValid);
    }

    #[test]
    fn every_reason_has_its_words_and_no_words_are_left_over() {
        let keys = i18n::locale_keys(Locale::It);
        for prefix in ["identity.refused.text.", "identity.refused.advice."] {
            for reason in Reason::ALL {
                assert!(keys.contains_key(&format!("{prefix}{}", reason.code())), "{reason:?}");
            }
            assert_eq!(
                keys.keys().filter(|key| key.starts_with(prefix)).count(),
                Reason::ALL.len()
            );
        }
    }
}
