//! Signing in through an identity provider: from the request that leaves to the answer that is taken once. Nothing here
//! knows which protocol the messages speak; what comes out of it is an [`domain::identity::Identity`].

mod accept;
mod begin;
mod end;
mod find;
mod refuse;
mod register;

pub use accept::{Evidence, accept};
pub use begin::{NewLogin, begin};
pub use end::{Logout, end};
pub use find::{Pending, find};
pub use refuse::{Refused, refuse};
pub(crate) use register::erase;
pub use register::{RegisterLine, register};

use jiff::SignedDuration;

/// How long a person may take at the provider.
pub const LONGEST: SignedDuration = SignedDuration::from_mins(15);

/// What the person wanted when leaving for the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// «Iscriviti con …»
    Enrol,
    /// «Entra con …»
    Portal,
}

impl Purpose {
    /// Stable word for storage and addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Enrol => "enrol",
            Self::Portal => "portal",
        }
    }

    /// The purpose with this word; coming back is the harmless one.
    pub fn from_code(code: &str) -> Self {
        if code == Self::Enrol.code() { Self::Enrol } else { Self::Portal }
    }
}

/// Why a good answer still opens nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginRefusal {
    /// It answers no request of ours, or one that is forgotten.
    UnknownRequest,
    /// The request was made by another browser.
    OtherBrowser,
    /// It came back with another relay state.
    OtherRelayState,
    /// The person took too long.
    RequestExpired,
    /// The request was answered before.
    RequestUsed,
    /// The assertion was used before.
    AssertionUsed,
    /// The person is not of age.
    Minor,
}

impl LoginRefusal {
    /// Stable word for the register, metrics and message keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::UnknownRequest => "unknown_request",
            Self::OtherBrowser => "other_browser",
            Self::OtherRelayState => "other_relay_state",
            Self::RequestExpired => "request_expired",
            Self::RequestUsed => "request_used",
            Self::AssertionUsed => "assertion_used",
            Self::Minor => "minor",
        }
    }
}
