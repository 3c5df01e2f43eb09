//! What can be wrong with a typed codice fiscale.

/// Why a text is not a codice fiscale; never carries the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodiceFiscaleError {
    /// Nothing was typed.
    #[error("no codice fiscale")]
    Empty,
    /// Not sixteen characters.
    #[error("a codice fiscale has 16 characters, not {length}")]
    WrongLength {
        /// Characters found, spaces aside.
        length: usize,
    },
    /// Neither letter nor digit.
    #[error("character {position} is neither a letter nor a digit")]
    BadCharacter {
        /// Counted from 1, spaces aside.
        position: usize,
    },
    /// A letter where a digit belongs, or the reverse, or no letter of a month.
    #[error("character {position} cannot stand there")]
    BadForm {
        /// Counted from 1, spaces aside.
        position: usize,
    },
    /// The date of birth does not exist.
    #[error("the date of birth does not exist")]
    BadDate,
    /// No comune or state ever had this code.
    #[error("the birthplace is unknown")]
    UnknownBirthplace,
    /// The last letter does not confirm the others.
    #[error("the control letter is wrong")]
    WrongControlLetter,
}

impl CodiceFiscaleError {
    /// Stable word for message keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::WrongLength { .. } => "wrong_length",
            Self::BadCharacter { .. } => "bad_character",
            Self::BadForm { .. } => "bad_form",
            Self::BadDate => "bad_date",
            Self::UnknownBirthplace => "unknown_birthplace",
            Self::WrongControlLetter => "wrong_control_letter",
        }
    }

    /// The number the message shows: characters found, or the position that is wrong.
    pub const fn number(self) -> Option<usize> {
        match self {
            Self::WrongLength { length } => Some(length),
            Self::BadCharacter { position } | Self::BadForm { position } => Some(position),
            _ => None,
        }
    }
}
