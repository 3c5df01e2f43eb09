//! What a family has in mind when it opens the portal.

/// The course of a walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// From the start page to the number, in one go.
    Send,
    /// «Salva Bozza» in the middle; the temporary password comes by mail.
    SaveDraft,
    /// Saves a draft, comes back with the temporary password, chooses one, sends, and changes something afterwards.
    ReturnAndChange,
}
