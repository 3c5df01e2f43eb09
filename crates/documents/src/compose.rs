//! The three documents, each with one call: for downloads and for mails alike.

use crate::{
    ApplicationSummary, Audience, Body, CredentialsLetter, Document, GuideDoor, Letterhead,
    UserGuide, Verification,
};
use domain::{
    Locale, SchoolYear,
    password::TEMPORARY_LIFE,
    submission::{Letter, Submission},
};
use jiff::Timestamp;
use tenants::Tenant;

/// The doors that exist.
const BUILT: &[GuideDoor] =
    &[GuideDoor::Password, GuideDoor::Spid, GuideDoor::Cie, GuideDoor::Eidas];

/// What every document is made with.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// The tenant as it is now: letterhead and contacts.
    pub tenant: &'a Tenant,
    /// Language of the copy.
    pub locale: Locale,
    /// When the copy is made.
    pub issued_at: Timestamp,
    /// Absolute address of the comune's portal, from the settings and never from a request.
    pub portal_url: &'a str,
    /// Absolute address of the page that checks verification codes.
    pub check_url: &'a str,
}

/// The summary of a sent version. `accepted` is the tenant as it was when the version was sent: what the family
/// accepted is printed as it was shown.
pub fn summary(
    sources: &Sources<'_>,
    submission: &Submission,
    accepted: &Tenant,
    audience: Audience,
) -> Document {
    let summary = ApplicationSummary::of(submission, accepted, sources.locale, audience);
    document(sources, Some(submission), Body::ApplicationSummary(summary))
}

/// The credentials letter to the guardian of a sent version.
pub fn letter(sources: &Sources<'_>, submission: &Submission, letter: &Letter) -> Document {
    let letter = CredentialsLetter::of(submission, letter, sources.portal_url, sources.issued_at);
    document(sources, Some(submission), Body::CredentialsLetter(letter))
}

/// The guide of the tenant for one school year.
pub fn guide(sources: &Sources<'_>, school_year: SchoolYear) -> Document {
    let days = u32::try_from(TEMPORARY_LIFE.as_hours() / 24).unwrap_or_default();
    let guide =
        UserGuide::of(sources.tenant, school_year, sources.locale, BUILT, sources.portal_url, days);
    document(sources, None, Body::UserGuide(guide))
}

fn document(sources: &Sources<'_>, submission: Option<&Submission>, body: Body) -> Document {
    Document {
        locale: sources.locale,
        letterhead: Letterhead::of(sources.tenant, sources.locale),
        issued_at: sources.issued_at,
        verification: submission.map(|sent| Verification::of(sent, sources.check_url)),
        body,
    }
}

#[cfg(test)]
mod tests;
