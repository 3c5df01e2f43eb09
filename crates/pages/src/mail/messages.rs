//! The mails that the product sends. No mail names the pupil, neither in its subject nor in its body.

use super::Mail;
use crate::Sample;
use jiff::Timestamp;
use serde::Serialize;

/// Writes a mail: its struct, its three templates, and a `Debug` that shows nothing of it.
macro_rules! mails {
    ($(
        $(#[$doc:meta])*
        $type:ident = $stem:literal {
            $($(#[$field_doc:meta])* $field:ident: $kind:ty,)*
        } $samples:expr
    )*) => {$(
        $(#[$doc])*
        #[derive(Clone, Serialize)]
        pub struct $type { $($(#[$field_doc])* pub $field: $kind,)* }

        impl std::fmt::Debug for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($type), "(…)"))
            }
        }

        impl Mail for $type {
            const STEM: &'static str = $stem;
            const TEMPLATES: [&'static str; 3] = [
                concat!("mail/", $stem, "/subject.txt"),
                concat!("mail/", $stem, "/body.txt"),
                concat!("mail/", $stem, "/body.html"),
            ];
            fn samples(_now: Timestamp) -> Vec<Sample<Self>> {
                $samples
            }
        }
    )*};
}

const HREF: &str = "https://iscrizioni.example.it/montesole/iscrizioni/nuova";

mails! {
    /// The six digits that prove an address.
    EmailCode = "email_code" {
        /// Six digits.
        code: String,
        /// For how many minutes they are valid.
        minutes: i64,
    } vec![Sample::new("code", Self { code: "123456".into(), minutes: 10 })]

    /// The first «Salva Bozza»: a temporary password to come back with.
    DraftSaved = "draft_saved" {
        /// The temporary password.
        password: String,
        /// Until when it is valid, in words.
        valid_until: String,
        /// Until when the draft is kept, in words.
        kept_until: Option<String>,
        /// Address of the credential door.
        href: String,
    } {
        let page = |kept_until: Option<&str>| Self {
            password: "prova-prova-prova".into(),
            valid_until: "lunedì 21 settembre 2026, ore 10:00".into(),
            kept_until: kept_until.map(str::to_owned),
            href: HREF.into(),
        };
        vec![
            Sample::new("kept", page(Some("domenica 6 dicembre 2026, ore 10:00"))),
            Sample::new("no_term", page(None)),
        ]
    }

    /// «Password dimenticata»: the single-use link.
    PasswordLink = "password_link" {
        /// Address that opens the choice of a new password, once.
        href: String,
        /// Until when it is valid, in words.
        valid_until: String,
    } vec![Sample::new("link", Self { href: HREF.into(), valid_until: "lunedì 7 settembre 2026, ore 11:00".into() })]

    /// «Invia Iscrizione»: the receipt.
    ApplicationSubmitted = "application_submitted" {
        /// Registration number.
        registration: String,
        /// When it was sent: `08/09/2025 17:24:12`.
        sent_at: String,
        /// Last day for the answer, in words.
        answer_by: String,
        /// Whether the letter is attached.
        letter_attached: bool,
        /// In the letter's place: the single-use link to choose a password.
        link: Option<String>,
        /// Whether the family comes back with a digital identity.
        identity: bool,
        /// Address of the credential door.
        href: String,
    } {
        let page = |letter_attached, link: Option<&str>| Self {
            registration: "2026/000123".into(),
            sent_at: "07/09/2026 10:00:00".into(),
            answer_by: "mercoledì 7 ottobre 2026".into(),
            letter_attached,
            link: link.map(str::to_owned),
            identity: false,
            href: HREF.into(),
        };
        vec![
            Sample::new("letter", page(true, None)),
            Sample::new("link", page(false, Some(HREF))),
            Sample::new("identity", Self { identity: true, ..page(false, None) }),
        ]
    }

    /// The office has accepted.
    ApplicationConfirmed = "application_confirmed" {
        /// Registration number.
        registration: String,
        /// Address of the credential door.
        href: String,
    } vec![Sample::new("confirmed", Self { registration: "2026/000123".into(), href: HREF.into() })]

    /// The office has refused. The reason is on the status page: what an officer writes may name the pupil, and a mail
    /// must not.
    ApplicationRefused = "application_refused" {
        /// Registration number.
        registration: String,
        /// Whether the family comes back with a digital identity.
        identity: bool,
        /// Address of the credential door, which leads to the status page.
        href: String,
    } {
        let page = |identity| Self { registration: "2026/000123".into(), identity, href: HREF.into() };
        vec![Sample::new("refused", page(false)), Sample::new("identity", page(true))]
    }
}
