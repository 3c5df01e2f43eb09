//! What a page is.

use crate::frame::FrameKind;
use jiff::Timestamp;
use serde::Serialize;

/// A screen: the struct holds everything its template shows beyond the frame.
/// Its fields are the template's top-level variables.
pub trait Page: Serialize + Sized {
    /// File below `templates/`; exactly one page type has it.
    const TEMPLATE: &'static str;

    /// In which surroundings the page is shown.
    const FRAME: FrameKind = FrameKind::Family;

    /// What becomes of what was typed when the reader changes the language.
    fn typed(&self) -> Typed {
        Typed::Nothing
    }

    /// The states worth looking at; every one is rendered by the tests in every language.
    fn samples(now: Timestamp) -> Vec<Sample<Self>>;
}

/// What becomes of what was typed on a page when the reader changes the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// Nothing is typed there.
    Nothing,
    /// It goes along: the page's form is called `page-form`, and its handler answers the chooser with the same page in
    /// that language.
    GoesAlong,
    /// It stands in this page and nowhere else: there is no chooser.
    OnlyHere,
}

/// One state of a page, named for the gallery.
#[derive(Debug)]
pub struct Sample<P> {
    /// Name of the state: `fresh`, `wrong_code`.
    pub name: &'static str,
    /// The page in that state.
    pub page: P,
}

impl<P> Sample<P> {
    /// A named state.
    pub const fn new(name: &'static str, page: P) -> Self {
        Self { name, page }
    }
}
