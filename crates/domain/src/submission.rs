//! One sent version of an application with everything it answered, as documents, pages and the office read it.

use crate::{
    CodiceFiscale, Locale, SchoolYear,
    application::State,
    form::{Answers, FormDefinition},
    identity::{IdentityProof, IdentityScheme},
    ids::{ApplicationId, ApplicationVersionId, DraftId},
    password::TemporaryPassword,
    school_service::SchoolService,
};
use jiff::{Timestamp, civil::Date};

/// A sent version.
#[derive(Clone, Debug)]
pub struct Submission {
    /// The application.
    pub application: ApplicationId,
    /// The draft it was made from and is changed by.
    pub draft: DraftId,
    /// The version.
    pub version_id: ApplicationVersionId,
    /// Its number, from 1.
    pub version: i32,
    /// Registration number per tenant and school year.
    pub number: i32,
    /// The school year enrolled for.
    pub school_year: SchoolYear,
    /// Instant of the first sending.
    pub first_submitted_at: Timestamp,
    /// Instant this version was sent.
    pub submitted_at: Timestamp,
    /// It was sent after the window closed, where late applications are taken.
    pub late: bool,
    /// Last day for the office's answer.
    pub answer_due: Date,
    /// Overall state.
    pub state: State,
    /// Each service with its state.
    pub services: Vec<(SchoolService, State)>,
    /// The pupil's codice fiscale.
    pub pupil: CodiceFiscale,
    /// The frozen form.
    pub definition: FormDefinition,
    /// The answers to what was visible.
    pub answers: Answers,
    /// Language of the family when it was sent.
    pub locale: Locale,
    /// Version of the privacy notice accepted.
    pub privacy_version: String,
    /// Version of the declarations made.
    pub declarations_version: String,
    /// Version of the tenant's settings then in force, with the texts that were accepted.
    pub tenant_version: i32,
    /// What proved who sent it; none through the credential door.
    pub identity: Option<IdentityProof>,
    /// Printed on the documents; the public check page finds this version by it.
    pub verification_code: String,
}

/// A registration number as people say it: `2026/000017`.
pub fn registration(school_year: SchoolYear, number: i32) -> String {
    format!("{}/{number:06}", school_year.first())
}

impl Submission {
    /// As people say it.
    pub fn registration(&self) -> String {
        registration(self.school_year, self.number)
    }

    /// Services of the sent version, for deriving the visible steps.
    pub fn asked(&self) -> Vec<SchoolService> {
        self.services.iter().map(|(service, _)| *service).collect()
    }
}

/// What the credentials letter says about the password.
#[derive(Clone, Debug)]
pub enum LetterPassword {
    /// To be changed at first use, before the end of its life.
    Temporary {
        /// The password.
        password: TemporaryPassword,
        /// End of its life.
        expires_at: Timestamp,
    },
    /// The guardian already chose one.
    Chosen,
    /// The temporary one has expired unused; a link by mail gives a new one.
    Expired,
    /// There is none: the guardian signs in with a digital identity.
    DigitalIdentity(IdentityScheme),
}

/// What the credentials letter says.
#[derive(Clone, Debug)]
pub struct Letter {
    /// «codice utente»: eight digits.
    pub login_code: String,
    /// The guardian had the code before, from an earlier child.
    pub code_kept: bool,
    /// The password, as far as it can be told.
    pub password: LetterPassword,
}
