//! What every document has in common: letterhead, verification, language, instant of issue.

use crate::{ApplicationSummary, CredentialsLetter, UserGuide};
use domain::Locale;
use jiff::Timestamp;
use std::fmt;
use tenants::Colour;

/// One document for one family, complete: rendering asks nobody else.
#[derive(Clone)]
pub struct Document {
    /// Language of the copy. Only the Italian one binds; every other says so.
    pub locale: Locale,
    /// The comune that writes.
    pub letterhead: Letterhead,
    /// When the copy is made (`ctx.now`); also the time stamp that PDF/A demands.
    pub issued_at: Timestamp,
    /// How anybody can check the document; none for a guide that belongs to nobody.
    pub verification: Option<Verification>,
    /// What the document says.
    pub body: Body,
}

/// The documents that exist.
#[derive(Clone)]
pub enum Body {
    /// «il riepilogo della domanda d'iscrizione compilata»
    ApplicationSummary(ApplicationSummary),
    /// «il manuale informativo che spiega come utilizzare il portale e APP»
    UserGuide(UserGuide),
    /// «la lettera con le proprie credenziali d'accesso»
    CredentialsLetter(CredentialsLetter),
}

/// Head of the first page.
#[derive(Clone, Debug)]
pub struct Letterhead {
    /// Full name of the body, for example "Comune di Taranto".
    pub tenant_name: String,
    /// Two-letter code of the province, for example "TA".
    pub province: String,
    /// Department, printed under the name.
    pub department: Option<String>,
    /// Place that dates a letter, for example "Taranto".
    pub place: String,
    /// The comune's colour, by its own type dark enough for text on white.
    pub brand_colour: Colour,
    /// Coat of arms as SVG. A file that cannot be read is left out, never an error.
    pub logo_svg: Option<Vec<u8>>,
    /// Whom a family can ask.
    pub office: OfficeContacts,
}

/// The school office, as printed. Empty optional fields are left out.
#[derive(Clone, Debug)]
pub struct OfficeContacts {
    /// Name of the office, for example "Servizi educativi".
    pub name: String,
    /// Street, number, postcode, place.
    pub address: Option<String>,
    /// Telephone numbers as they should be read.
    pub telephones: Vec<String>,
    /// Ordinary mail address.
    pub email: Option<String>,
    /// Certified mail address.
    pub pec: Option<String>,
    /// Opening hours in words.
    pub opening_hours: Option<String>,
    /// Web site with scheme.
    pub website: Option<String>,
}

/// The code printed on a document and the public page that checks it.
#[derive(Clone)]
pub struct Verification {
    /// The code as it should be typed, grouped for the eye.
    pub code: String,
    /// Absolute address of the public page; also what the QR code holds.
    pub check_url: String,
}

impl fmt::Debug for Document {
    /// Personal data never reach a log: only the kind and the language are told.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document")
            .field("stem", &self.body.stem())
            .field("locale", &self.locale)
            .finish_non_exhaustive()
    }
}

impl Body {
    /// Name of the kind: of its template, its locale section and its file.
    pub const fn stem(&self) -> &'static str {
        match self {
            Self::ApplicationSummary(_) => "application_summary",
            Self::UserGuide(_) => "user_guide",
            Self::CredentialsLetter(_) => "credentials_letter",
        }
    }
}
