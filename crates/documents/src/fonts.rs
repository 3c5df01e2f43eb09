//! The fonts of every document, and which characters they can show.

use typst::{
    foundations::Bytes,
    text::{Font, FontBook},
    utils::LazyHash,
};

include!(concat!(env!("OUT_DIR"), "/embedded_fonts.rs"));

/// Family whose every weight stands behind the main one: what it lacks cannot be printed.
const FALLBACK_FAMILY: &str = "Noto Sans";

/// Fonts loaded once and shared by all renderings.
pub(crate) struct Fonts {
    pub(crate) fonts: Vec<Font>,
    pub(crate) book: LazyHash<FontBook>,
}

impl Fonts {
    /// The embedded fonts; none when their fallback family is missing or cannot be read.
    pub(crate) fn embedded() -> Option<Self> {
        let fonts: Vec<Font> =
            EMBEDDED.iter().flat_map(|font| Font::iter(Bytes::new(*font))).collect();
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        let complete = fonts.iter().any(is_fallback);
        complete.then_some(Self { fonts, book })
    }

    /// Whether a character is sure to have a shape.
    ///
    /// Only the fallback family counts: a letter and its accents are always taken from one font,
    /// so a character that lives elsewhere could still end up without a shape.
    pub(crate) fn covers(&self, character: char) -> bool {
        let mut fallbacks = self.fonts.iter().filter(|font| is_fallback(font)).peekable();
        fallbacks.peek().is_some()
            && fallbacks.all(|font| font.info().coverage.contains(u32::from(character)))
    }
}

fn is_fallback(font: &Font) -> bool {
    font.info().family == FALLBACK_FAMILY
}
