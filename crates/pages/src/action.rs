//! Names of the hidden controls and buttons that several forms share.
//!
//! They begin with an underscore, so that no question's key can collide with them.

/// Name of a form's buttons: which one was pressed.
pub const ACTION: &str = "_action";
/// Hidden field: the revision of the draft that the page was made from; guards two tabs.
pub const REVISION: &str = "_revision";
/// Name of the buttons that remove an uploaded file; the value is the attachment's id.
pub const REMOVE: &str = "_remove";
/// Hidden field of a step: the family came from the summary and returns to it. Links from the
/// summary carry the same name in their query, with the value `1`.
pub const FROM_SUMMARY: &str = "_summary";
/// Hidden field of the language form: the path to return to.
pub const RETURN_TO: &str = "_return";
/// Field of the language form: the chosen tag.
pub const LANGUAGE: &str = "_language";

/// What a button of a form asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Check, keep, and go on: «Avanti», «Conferma», «Invia Iscrizione».
    Next,
    /// Keep without checking, and go to the step before: «Indietro».
    Back,
    /// Keep without checking, and say so: «Salva Bozza».
    Save,
    /// Keep without checking; the script asks and gets JSON.
    Autosave,
    /// Take the chosen files in and show the page again.
    Upload,
    /// Send a new code.
    Resend,
}

impl Action {
    /// The button's value.
    pub const fn value(self) -> &'static str {
        match self {
            Self::Next => "next",
            Self::Back => "back",
            Self::Save => "save",
            Self::Autosave => "autosave",
            Self::Upload => "upload",
            Self::Resend => "resend",
        }
    }

    /// Reads a button's value; pressing Enter sends none and means `Next`.
    pub fn parse(value: Option<&str>) -> Option<Self> {
        let all = [Self::Next, Self::Back, Self::Save, Self::Autosave, Self::Upload, Self::Resend];
        match value {
            None | Some("") => Some(Self::Next),
            Some(text) => all.into_iter().find(|action| action.value() == text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Action;

    #[test]
    fn buttons_read_back_and_enter_means_next() {
        assert_eq!(Action::parse(None), Some(Action::Next));
        assert_eq!(Action::parse(Some("autosave")), Some(Action::Autosave));
        assert_eq!(Action::parse(Some("drop")), None);
    }
}
