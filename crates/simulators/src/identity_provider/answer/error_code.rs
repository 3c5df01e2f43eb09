//! The anomalies that an identity provider reports to the service provider («tabella anomalie» of the Regole Tecniche).

/// One of the reported anomalies; its number goes into the status message as `ErrorCode nrXX`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ErrorCode(u8);

impl ErrorCode {
    /// Those that the table assigns. 24 is reserved, and made all the same so that its reader can be tried.
    pub const ALL: [Self; 18] = [
        Self(8),
        Self(9),
        Self(11),
        Self(12),
        Self(13),
        Self(14),
        Self(15),
        Self(16),
        Self(17),
        Self(18),
        Self(19),
        Self(20),
        Self(21),
        Self(22),
        Self(23),
        Self(24),
        Self(25),
        Self(30),
    ];
    /// Too many wrong credentials.
    pub const WRONG_CREDENTIALS: Self = Self(19);
    /// The person has no credentials of this level.
    pub const LEVEL: Self = Self(20);
    /// It took too long.
    pub const TIME_OUT: Self = Self(21);
    /// The person does not consent.
    pub const NO_CONSENT: Self = Self(22);
    /// The identity is suspended or revoked.
    pub const SUSPENDED: Self = Self(23);
    /// The person gave up.
    pub const CANCELLED: Self = Self(25);

    /// The code of this number, if the table knows it.
    pub fn new(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.0 == number)
    }

    /// The number.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// `ErrorCode nrXX`
    pub fn message(self) -> String {
        format!("ErrorCode nr{:02}", self.0)
    }

    /// Last part of the status code.
    pub const fn status(self) -> &'static str {
        match self.0 {
            9 => "VersionMismatch",
            8..=18 => "Requester",
            _ => "Responder",
        }
    }

    /// Last part of the status code inside, where there is one.
    pub const fn sub_status(self) -> Option<&'static str> {
        match self.0 {
            8 | 9 | 11 => None,
            12 => Some("NoAuthnContext"),
            13 => Some("RequestDenied"),
            15 => Some("NoPassive"),
            14 | 16 | 17 | 18 => Some("RequestUnsupported"),
            _ => Some("AuthnFailed"),
        }
    }
}
