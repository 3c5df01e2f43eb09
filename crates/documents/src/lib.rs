//! Documents for families as plain types, rendered to accessible PDF: the only crate with typst.
//!
//! A text of a family or a comune reaches a template as data and is never template source.

mod application_summary;
pub mod compose;
mod credentials_letter;
mod document;
mod fonts;
mod of_submission;
mod of_tenant;
mod printable;
mod qr;
mod renderer;
pub mod samples;
#[cfg(test)]
mod tests;
mod user_guide;
mod view;
mod words;
mod world;

pub use application_summary::{
    AcceptedText, ApplicationSummary, Audience, IdentityCopy, Signing, SummaryRow, SummarySection,
};
pub use credentials_letter::{CredentialsLetter, LetterPassword};
pub use document::{Body, Document, Letterhead, OfficeContacts, Verification};
pub use renderer::{DocumentError, Renderer};
pub use user_guide::{GuideDoor, GuideService, GuideTerms, GuideWindow, UserGuide};
