//! The fonts of every document, and which characters they can show.

use typst::{
    foundations::Bytes,
    text::{Font, FontBook},
    utils::LazyHash,
};

include!(concat!(env!("OUT_DIR"), "/embedded_fonts.rs"));

/// Families whose every weight stands behind the main one, one after the other: what they lack cannot be printed.
const FALLBACK_FAMILIES: [&str; 3] = ["Noto Sans", "Noto Sans Arabic", "Noto Sans SC"];

/// Fonts loaded once and shared by all renderings.
pub(crate) struct Fonts {
    pub(crate) fonts: Vec<Font>,
    pub(crate) book: LazyHash<FontBook>,
}

impl Fonts {
    /// The embedded fonts; none when a fallback family is missing or cannot be read.
    pub(crate) fn embedded() -> Option<Self> {
        let fonts: Vec<Font> =
            EMBEDDED.iter().flat_map(|font| Font::iter(Bytes::new(*font))).collect();
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        let has = |family: &&str| fonts.iter().any(|font| is_of(font, family));
        let complete = FALLBACK_FAMILIES.iter().all(has);
        complete.then_some(Self { fonts, book })
    }

    /// Whether a character is sure to have a shape.
    ///
    /// Only a whole fallback family counts: a letter and its accents are always taken from one font,
    /// so a character that lives elsewhere could still end up without a shape.
    pub(crate) fn covers(&self, character: char) -> bool {
        FALLBACK_FAMILIES.iter().any(|family| {
            let mut fonts = self.fonts.iter().filter(|font| is_of(font, family)).peekable();
            fonts.peek().is_some()
                && fonts.all(|font| font.info().coverage.contains(u32::from(character)))
        })
    }
}

fn is_of(font: &Font, family: &str) -> bool {
    font.info().family == family
}
