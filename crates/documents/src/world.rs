//! What a template can see while it is compiled: the templates, one document's data, the fonts.

use crate::fonts::Fonts;
use typst::{
    Feature, Library, LibraryExt, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

/// The templates, by the path under which they import each other.
const TEMPLATES: [(&str, &str); 4] = [
    ("/base.typ", include_str!("../../../templates/documents/base.typ")),
    (
        "/application_summary.typ",
        include_str!("../../../templates/documents/application_summary.typ"),
    ),
    ("/user_guide.typ", include_str!("../../../templates/documents/user_guide.typ")),
    (
        "/credentials_letter.typ",
        include_str!("../../../templates/documents/credentials_letter.typ"),
    ),
];

/// What all documents share, made once.
pub(crate) struct Shared {
    pub(crate) fonts: Fonts,
    library: LazyHash<Library>,
    sources: Vec<Source>,
}

/// One document's own files, beside the templates. There is no way to the disk or the network.
pub(crate) struct DocumentFiles {
    /// Its texts as JSON: data for the template, never template source.
    pub(crate) data: Bytes,
    /// The QR code.
    pub(crate) qr: Option<Bytes>,
    /// The coat of arms.
    pub(crate) logo: Option<Bytes>,
}

/// The world of one rendering.
pub(crate) struct DocumentWorld<'a> {
    shared: &'a Shared,
    files: DocumentFiles,
    main: FileId,
}

impl Shared {
    pub(crate) fn new(fonts: Fonts) -> Option<Self> {
        // Row headers of tables are not in the stable set yet; screen readers need them.
        let library =
            Library::builder().with_features([Feature::A11yExtras].into_iter().collect()).build();
        let sources = TEMPLATES
            .iter()
            .map(|(path, text)| Some(Source::new(file_id(path)?, (*text).to_owned())))
            .collect::<Option<Vec<_>>>()?;
        Some(Self { fonts, library: LazyHash::new(library), sources })
    }
}

impl<'a> DocumentWorld<'a> {
    /// A world whose main template is `/<stem>.typ`.
    pub(crate) fn new(shared: &'a Shared, stem: &str, files: DocumentFiles) -> Option<Self> {
        let main = file_id(&format!("/{stem}.typ"))?;
        Some(Self { shared, files, main })
    }
}

impl World for DocumentWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.shared.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.shared.fonts.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let found = self.shared.sources.iter().find(|source| source.id() == id);
        found.cloned().ok_or_else(|| not_found(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let file = match id.vpath().get_with_slash() {
            "/data.json" => Some(&self.files.data),
            "/qr.svg" => self.files.qr.as_ref(),
            "/logo.svg" => self.files.logo.as_ref(),
            _ => None,
        };
        file.cloned().ok_or_else(|| not_found(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shared.fonts.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        // No clock: every date comes with the document.
        None
    }
}

fn file_id(path: &str) -> Option<FileId> {
    let path = VirtualPath::new(path).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_with_slash().into())
}
