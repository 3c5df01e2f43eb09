//! Invented documents for the gallery and the tests: every variant, nobody real.

mod summaries;

use crate::{
    Body, CredentialsLetter, Document, GuideDoor, GuideService, GuideTerms, GuideWindow,
    LetterPassword, Letterhead, OfficeContacts, UserGuide, Verification, user_guide, words::Words,
};
use domain::{Locale, SchoolYear, application::State, enrolment_window::WindowKind};
use jiff::{
    Timestamp,
    civil::{date, time},
};
use tenants::Colour;

/// A coat of arms drawn for the samples.
const ARMS: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 48">
<path d="M2 2h36v24c0 10-8 16-18 20C10 42 2 36 2 26z" fill="#fff" stroke="#0b6e4f" stroke-width="2.5"/>
<circle cx="20" cy="16" r="6" fill="#0b6e4f"/><path d="M4 32l9-8 7 6 7-6 9 8-16 12z" fill="#0b6e4f"/></svg>"##;

/// Every sample in one language, by a name that is fit for a file.
pub fn all(locale: Locale) -> Vec<(&'static str, Document)> {
    let status = Words::new(locale).say(user_guide::state_key(State::Submitted));
    let mut samples: Vec<_> = summaries::all(&status)
        .into_iter()
        .map(|(name, summary)| (name, Body::ApplicationSummary(summary)))
        .collect();
    samples.extend([
        ("guide_every_door", Body::UserGuide(guide(true))),
        ("guide_no_door", Body::UserGuide(guide(false))),
        ("letter_temporary", Body::CredentialsLetter(letter(temporary(), false))),
        ("letter_second_child", Body::CredentialsLetter(letter(LetterPassword::Chosen, true))),
        ("letter_expired", Body::CredentialsLetter(letter(LetterPassword::Expired, false))),
        ("letter_identity", Body::CredentialsLetter(letter(identity(), false))),
    ]);
    samples.into_iter().map(|(name, body)| (name, document(locale, body))).collect()
}

fn document(locale: Locale, body: Body) -> Document {
    let belongs_to_nobody = matches!(body, Body::UserGuide(_));
    Document {
        locale,
        letterhead: letterhead(),
        issued_at: instant(),
        verification: (!belongs_to_nobody).then(|| Verification {
            code: "7K3M-Q9TX-2VHB-4RWD".into(),
            check_url: "https://servizi.comune.montesole.example/verifica".into(),
        }),
        body,
    }
}

/// The invented comune that writes.
fn letterhead() -> Letterhead {
    Letterhead {
        tenant_name: "Comune di Montesole sull'Alba".into(),
        province: "MX".into(),
        department: Some("Settore Scuola e Famiglie".into()),
        place: "Montesole sull'Alba".into(),
        brand_colour: Colour { red: 0x0b, green: 0x6e, blue: 0x4f },
        logo_svg: Some(ARMS.into()),
        office: OfficeContacts {
            name: "Ufficio Servizi Scolastici".into(),
            address: Some("Piazza dell'Esempio 1, 00000 Montesole sull'Alba".into()),
            telephones: vec!["+39 000 0000001".into(), "+39 000 0000002".into()],
            email: Some("scuola@comune.montesole.example".into()),
            pec: Some("scuola@pec.comune.montesole.example".into()),
            opening_hours: Some("lunedì e giovedì, 9:00–12:30".into()),
            website: Some("https://www.comune.montesole.example".into()),
        },
    }
}

/// 8 September 2026, 17:24:12 in Rome.
fn instant() -> Timestamp {
    date(2026, 9, 8)
        .at(15, 24, 12, 0)
        .in_tz("UTC")
        .map(|zoned| zoned.timestamp())
        .unwrap_or_default()
}

/// The school year of every sample.
fn school_year() -> SchoolYear {
    #[expect(clippy::expect_used, reason = "the year is a constant")]
    SchoolYear::starting(2026).expect("2026 is a school year")
}

fn guide(open: bool) -> UserGuide {
    let day = |days: i64| {
        instant().checked_add(jiff::SignedDuration::from_hours(24 * days)).unwrap_or_default()
    };
    let window = |kind, opens, closes: Option<i64>, late_applications| GuideWindow {
        kind,
        opens_at: day(opens),
        closes_at: closes.map(day),
        late_applications,
    };
    UserGuide {
        school_year: school_year(),
        portal_url: "https://servizi.comune.montesole.example/".into(),
        doors: if open {
            vec![GuideDoor::Password, GuideDoor::Spid, GuideDoor::Cie, GuideDoor::Eidas]
        } else {
            vec![]
        },
        services: vec![
            GuideService {
                name: "Refezione scolastica".into(),
                windows: vec![
                    window(WindowKind::New, 0, Some(35), true),
                    window(WindowKind::Renewal, 0, Some(21), false),
                ],
                cut_off: Some(time(9, 30, 0, 0)),
            },
            GuideService {
                name: "Trasporto scolastico".into(),
                windows: vec![window(WindowKind::New, 7, None, false)],
                cut_off: None,
            },
        ],
        attachments: vec!["copia del documento di identità del genitore".into()],
        states: State::ALL.into(),
        terms: GuideTerms {
            email_code_minutes: 10,
            temporary_password_days: 14,
            answer_days: 30,
            draft_days: Some(60),
        },
    }
}

fn letter(password: LetterPassword, code_kept: bool) -> CredentialsLetter {
    CredentialsLetter {
        guardian_name: "Anna Prova".into(),
        pupil_name: "Luca Esempio".into(),
        school_year: school_year(),
        registration_number: Some("2026/000123".into()),
        written_on: date(2026, 9, 8),
        user_code: "40718263".into(),
        code_kept,
        password,
        portal_url: "https://servizi.comune.montesole.example/".into(),
    }
}

fn temporary() -> LetterPassword {
    LetterPassword::Temporary {
        password: "k7mq-v2xd-9thw-b4rc".into(),
        valid_until: instant()
            .checked_add(jiff::SignedDuration::from_hours(24 * 14))
            .unwrap_or_default(),
    }
}

fn identity() -> LetterPassword {
    LetterPassword::DigitalIdentity { scheme: "SPID".into() }
}
