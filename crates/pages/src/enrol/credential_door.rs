//! «Nuova Iscrizione»: codice fiscale of the pupil, with the password on the way back.

use crate::{FormState, Message, Page, Sample, Typed, form::form_fields, words};
use domain::CodiceFiscaleError;
use jiff::Timestamp;
use serde::Serialize;

form_fields! {
    /// Fields of the credential door.
    CredentialDoorField {
        /// «Codice Fiscale Alunno».
        CodiceFiscale = "codice_fiscale",
        /// «Password».
        Password = "password": secret,
    }
}

/// The credential door. One general error, `errors.credentials.wrong`, serves wrong passwords and
/// unknown codes alike, so that nobody learns whether a code is known.
#[derive(Clone, Debug, Serialize)]
pub struct CredentialDoor {
    /// «2026/2027».
    pub school_year: String,
    /// What was typed and what is wrong.
    pub form: FormState<CredentialDoorField>,
}

impl CredentialDoor {
    /// The one answer to any pair of code and password that opens nothing.
    pub const WRONG: Message = Message::new("errors.credentials.wrong");
    /// No service takes new applications now.
    pub const NOT_OPEN: Message = Message::new("errors.credentials.not_open");
}

impl Page for CredentialDoor {
    const TEMPLATE: &'static str = "enrol/credential_door.html";

    fn typed(&self) -> Typed {
        Typed::GoesAlong
    }

    fn samples(_now: Timestamp) -> Vec<Sample<Self>> {
        use CredentialDoorField::CodiceFiscale;
        let page = |form| Self { school_year: "2026/2027".into(), form };
        let short = words::codice_fiscale_error(CodiceFiscaleError::WrongLength { length: 15 });
        vec![
            Sample::new("fresh", page(FormState::default())),
            Sample::new(
                "bad_code",
                page(
                    FormState::default()
                        .value(CodiceFiscale, "smplcu19a01z999")
                        .error(CodiceFiscale, short),
                ),
            ),
            Sample::new(
                "wrong",
                page(
                    FormState::default()
                        .value(CodiceFiscale, "SMPLCU19A01Z999X")
                        .general(Self::WRONG),
                ),
            ),
            Sample::new("not_open", page(FormState::default().general(Self::NOT_OPEN))),
        ]
    }
}
