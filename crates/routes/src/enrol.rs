//! The journey of a family, from the credential door to the status box.

use crate::define::routes;
use domain::{
    Locale,
    ids::{AttachmentId, DraftId},
};
use std::{fmt, str::FromStr};

/// A document that can be downloaded after sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DocumentKind {
    /// «il riepilogo della domanda d'iscrizione compilata»
    Summary,
    /// «il manuale informativo che spiega come utilizzare il portale e APP»
    Manual,
    /// «la lettera con le proprie credenziali d'accesso»
    Letter,
}

/// A document in one language: the Italian one is the binding text, any other a courtesy copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DocumentFile {
    /// Which document.
    pub kind: DocumentKind,
    /// In which language.
    pub locale: Locale,
}

/// Not the name of a document.
#[derive(Debug)]
pub struct UnknownDocument;

impl DocumentKind {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 3] = [Self::Summary, Self::Manual, Self::Letter];

    /// The document in one language.
    pub const fn speaking(self, locale: Locale) -> DocumentFile {
        DocumentFile { kind: self, locale }
    }

    const fn stem(self) -> &'static str {
        match self {
            Self::Summary => "riepilogo",
            Self::Manual => "manuale",
            Self::Letter => "lettera",
        }
    }
}

/// Last segment of the URL, also the name the file is saved under: «riepilogo.pdf», «riepilogo-ar.pdf».
impl fmt::Display for DocumentFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.locale {
            Locale::It => write!(f, "{}.pdf", self.kind.stem()),
            copy => write!(f, "{}-{copy}.pdf", self.kind.stem()),
        }
    }
}

impl FromStr for DocumentFile {
    type Err = UnknownDocument;
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let all = DocumentKind::ALL.into_iter();
        let mut files = all.flat_map(|kind| Locale::ALL.map(|locale| kind.speaking(locale)));
        files.find(|file| file.to_string() == name).ok_or(UnknownDocument)
    }
}

routes! { Tenant;
    /// Credential door: codice fiscale, with or without password.
    CredentialDoor {} = "credential_door", "/iscrizioni/nuova", [Get, Post], Public, SignIn;
    /// Asks for a password link by codice fiscale and verified address.
    ForgottenPassword {} = "forgotten_password", "/iscrizioni/password-dimenticata", [Get, Post], Public, Code;
    /// Single-use link from a mail: choose a new password.
    NewPassword {
        /// Secret of the link.
        token: String,
    } = "new_password", "/iscrizioni/nuova-password/{token}", [Get, Post], Public, SignIn;
    /// «Verifica Email»: the address that gets the code.
    EmailAddress {
        /// The draft.
        draft: DraftId,
    } = "email_address", "/iscrizioni/{draft}/email", [Get, Post], Draft, Code;
    /// «Inserimento Codice sicurezza».
    EmailCode {
        /// The draft.
        draft: DraftId,
    } = "email_code", "/iscrizioni/{draft}/codice", [Get, Post], Draft, Code;
    /// First step: the privacy notice.
    Privacy {
        /// The draft.
        draft: DraftId,
    } = "privacy", "/iscrizioni/{draft}/privacy", [Get, Post], Draft, Form;
    /// One step of the form.
    Step {
        /// The draft.
        draft: DraftId,
        /// Key of the step in the form definition.
        step: String,
    } = "step", "/iscrizioni/{draft}/passo/{step}", [Get, Post], Draft, Upload;
    /// A file the family has uploaded, as a download.
    Attachment {
        /// The draft.
        draft: DraftId,
        /// The file.
        attachment: AttachmentId,
    } = "attachment", "/iscrizioni/{draft}/allegati/{attachment}", [Get], Draft, Document;
    /// The draft has been saved; it is not an application yet.
    DraftSaved {
        /// The draft.
        draft: DraftId,
    } = "draft_saved", "/iscrizioni/{draft}/bozza", [Get], Draft, Page;
    /// Everything in words, declarations, and sending.
    Summary {
        /// The draft.
        draft: DraftId,
    } = "summary", "/iscrizioni/{draft}/riepilogo", [Get, Post], Draft, Form;
    /// After sending: number, dates, downloads.
    Submitted {
        /// The draft.
        draft: DraftId,
    } = "submitted", "/iscrizioni/{draft}/inviata", [Get], Draft, Page;
    /// «Modulo Iscrizione - Anno Scolastico» with the status box.
    Status {
        /// The draft.
        draft: DraftId,
    } = "status", "/iscrizioni/{draft}/stato", [Get], Draft, Page;
    /// One of the three PDFs, in Italian or in another language of the comune.
    Document {
        /// The draft.
        draft: DraftId,
        /// Which one, in which language.
        document: DocumentFile,
    } = "document", "/iscrizioni/{draft}/documenti/{document}", [Get], Draft, Document;
    /// «Cambio Password».
    ChangePassword {
        /// The draft.
        draft: DraftId,
    } = "change_password", "/iscrizioni/{draft}/password", [Get, Post], Draft, SignIn;
}
