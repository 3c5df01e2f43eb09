//! Typed identifiers: UUIDv7 made from the injected clock and random source.

use crate::entropy::Entropy;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// A UUIDv7 for the given instant; ten random bytes from the injected source.
pub fn uuid_v7(now: Timestamp, entropy: &dyn Entropy) -> Uuid {
    let mut random = [0_u8; 10];
    entropy.fill(&mut random);
    let millis = u64::try_from(now.as_millisecond()).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

macro_rules! typed_id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A fresh identifier.
            pub fn new(now: Timestamp, entropy: &dyn Entropy) -> Self {
                Self(uuid_v7(now, entropy))
            }
            /// A fresh identifier that does not tell when it was made.
            pub fn without_instant(entropy: &dyn Entropy) -> Self {
                Self::new(Timestamp::UNIX_EPOCH, entropy)
            }
            /// The bare value, for the database and for associated data.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }
        impl From<Uuid> for $name {
            fn from(value: Uuid) -> Self {
                Self(value)
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::from_str(text).map(Self)
            }
        }
    )*};
}

typed_id! {
    /// A municipality (or union of them) served by the platform.
    TenantId,
    /// Unsubmitted answers of one pupil.
    DraftId,
    /// One emailed six-digit code.
    EmailCodeId,
    /// A file uploaded by the family.
    AttachmentId,
    /// What the applicant submitted.
    ApplicationId,
    /// One frozen submission of an application.
    ApplicationVersionId,
    /// Sign-in means of one guardian.
    CredentialId,
    /// A published form, frozen.
    FormDefinitionId,
    /// A server-side login state.
    SessionId,
    /// A person of the school office.
    OfficerId,
    /// One outgoing mail.
    MailId,
    /// One unit of asynchronous work.
    JobId,
    /// An accepted application, in force for a pupil and a school service.
    EnrolmentId,
    /// One line of the audit trail.
    AuditEventId,
    /// A single-use link sent by mail.
    PasswordLinkId,
    /// A person known by a digital identity.
    IdentityId,
    /// One sign-in at an identity provider, from the request to the answer.
    LoginRequestId,
    /// One line of the register of sign-ins.
    LoginMessageId,
    /// What one visitor says about a page.
    RatingId,
    /// A key pair with which metadata and requests are signed.
    SamlKeyId,
}
