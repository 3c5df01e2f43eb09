//! Turns a document into the bytes of an accessible PDF.

use crate::{
    Document,
    fonts::Fonts,
    printable, qr, view,
    words::Words,
    world::{DocumentFiles, DocumentWorld, Shared},
};
use jiff::{Timestamp, tz::TimeZone};
use std::sync::Arc;
use typst::{
    comemo,
    diag::SourceDiagnostic,
    foundations::{Bytes, Datetime, Smart},
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// Renderings whose intermediate results stay in memory for the next ones. Few, because they
/// hold personal data; enough for the fonts and templates to stay warm.
const REMEMBERED: usize = 2;

/// Renders documents. Cheap to clone, shared by all threads; rendering is work for the processor
/// (tens of milliseconds), so callers keep it off the async threads.
#[derive(Clone)]
pub struct Renderer {
    shared: Arc<Shared>,
}

/// Why there is no PDF. No message holds text of the document.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// The program was built without usable fonts.
    #[error("the embedded fonts cannot be used; run cargo xtask assets and build again")]
    Fonts,
    /// The template does not fit the document.
    #[error("template {stem}: {message}")]
    Template {
        /// Which document.
        stem: &'static str,
        /// What the typesetter said.
        message: String,
    },
    /// The result would not be an accessible PDF (PDF/UA-1 and PDF/A-2a).
    #[error("document {stem} breaks a standard: {message}")]
    Standard {
        /// Which document.
        stem: &'static str,
        /// What the exporter said.
        message: String,
    },
    /// The instant of issue lies outside what a PDF can state.
    #[error("the instant of issue cannot be stated in a PDF")]
    IssuedAt,
}

impl Renderer {
    /// Loads fonts and templates; once per process.
    pub fn new() -> Result<Self, DocumentError> {
        let fonts = Fonts::embedded().ok_or(DocumentError::Fonts)?;
        let shared = Shared::new(fonts).ok_or(DocumentError::Fonts)?;
        Ok(Self { shared: Arc::new(shared) })
    }

    /// The PDF: tagged, PDF/UA-1 and PDF/A-2a, the same bytes for the same document.
    ///
    /// A coat of arms that cannot be drawn is left out: it must not cost a family its document.
    pub fn render(&self, document: &Document) -> Result<Vec<u8>, DocumentError> {
        let logo = document.letterhead.logo_svg.as_deref();
        let mut result = self.export(document, logo);
        if result.is_err() && logo.is_some() {
            result = self.export(document, None);
        }
        comemo::evict(REMEMBERED);
        result
    }

    fn export(&self, document: &Document, logo: Option<&[u8]>) -> Result<Vec<u8>, DocumentError> {
        let stem = document.body.stem();
        let options = options(document)?;
        let pages = self.typeset(document, logo)?;
        typst_pdf::pdf(&pages, &options)
            .map_err(|errors| DocumentError::Standard { stem, message: told(&errors) })
    }

    /// The pages before they become a PDF.
    pub(crate) fn typeset(
        &self,
        document: &Document,
        logo: Option<&[u8]>,
    ) -> Result<PagedDocument, DocumentError> {
        let stem = document.body.stem();
        let world = DocumentWorld::new(&self.shared, stem, self.files(document, logo))
            .ok_or_else(|| DocumentError::Template { stem, message: "no such template".into() })?;
        typst::compile::<PagedDocument>(&world)
            .output
            .map_err(|errors| DocumentError::Template { stem, message: told(&errors) })
    }

    fn files(&self, document: &Document, logo: Option<&[u8]>) -> DocumentFiles {
        let words = Words::new(document.locale);
        let qr = document.verification.as_ref().and_then(|check| qr::svg(&check.check_url));
        let logo = logo.map(|svg| Bytes::new(svg.to_vec()));
        let mut data = view::view(document, words, qr.is_some(), logo.is_some());
        if printable::clean(&mut data, &|character| self.shared.fonts.covers(character)) {
            view::add_replacement_note(&mut data, words);
        }
        DocumentFiles {
            data: Bytes::from_string(data.to_string()),
            qr: qr.map(Bytes::from_string),
            logo,
        }
    }
}

fn options(document: &Document) -> Result<PdfOptions, DocumentError> {
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).map_err(|_| {
        DocumentError::Standard {
            stem: document.body.stem(),
            message: "the two standards exclude each other".into(),
        }
    })?;
    let ident = document.verification.as_ref().map(|check| check.code.clone());
    Ok(PdfOptions {
        ident: ident.map_or(Smart::Auto, Smart::Custom),
        creator: Smart::Custom(Some("Campanella".into())),
        timestamp: Some(pdf_timestamp(document.issued_at).ok_or(DocumentError::IssuedAt)?),
        standards,
        ..PdfOptions::default()
    })
}

fn pdf_timestamp(at: Timestamp) -> Option<typst_pdf::Timestamp> {
    let utc = at.to_zoned(TimeZone::UTC);
    let small = |number: i8| u8::try_from(number).ok();
    let datetime = Datetime::from_ymd_hms(
        i32::from(utc.year()),
        small(utc.month())?,
        small(utc.day())?,
        small(utc.hour())?,
        small(utc.minute())?,
        small(utc.second())?,
    )?;
    Some(typst_pdf::Timestamp::new_utc(datetime))
}

/// The messages without what they quote: quotations may be a family's words.
fn told(errors: &[SourceDiagnostic]) -> String {
    let unquoted = |error: &SourceDiagnostic| {
        error.message.split(['`', '"']).step_by(2).collect::<Vec<_>>().join("…")
    };
    errors.iter().map(unquoted).collect::<Vec<_>>().join("; ")
}
