//! Invented surroundings for samples: nobody here exists.

use crate::{
    Contacts, Frame, FrameKind, Link, MailFrame, ModelLinks, Phone, SessionView, TenantView,
    journey::{Progress, Row, Section},
};
use domain::{Locale, ids::DraftId};

/// An invented comune.
pub fn tenant() -> TenantView {
    let link =
        |label: &str, href: &str, hook| Link { label: label.into(), href: href.into(), hook };
    TenantView {
        name: "Comune di Montesole sull'Alba".into(),
        office: "Ufficio Scuola".into(),
        version: "7".into(),
        logo: false,
        region: Some(link("Regione Esempio", "https://regione.example.it/", None)),
        site: Some(link("Comune", "https://comune.example.it/", None)),
        menu: vec![
            link(
                "Amministrazione",
                "https://comune.example.it/amministrazione",
                Some("management"),
            ),
            link("Novità", "https://comune.example.it/novita", Some("news")),
            link("Servizi", "https://comune.example.it/servizi", Some("all-services")),
            link("Vivere Montesole", "https://comune.example.it/vivere", Some("live")),
        ],
        services: Some(link("Servizi", "https://comune.example.it/servizi", None)),
        model: ModelLinks {
            declaration: Some("https://form.agid.gov.it/view/esempio".into()),
            legal_notes: Some("https://comune.example.it/note-legali".into()),
            faq: Some("https://comune.example.it/faq".into()),
            appointment_booking: Some("https://comune.example.it/appuntamento".into()),
            report_inefficiency: Some("https://comune.example.it/segnalazione".into()),
        },
        footer: vec![link(
            "Amministrazione trasparente",
            "https://comune.example.it/trasparenza",
            None,
        )],
        pnrr: true,
        codice_fiscale: Some("00000000000".into()),
        contacts: contacts(),
    }
}

/// Contacts of the invented comune.
pub fn contacts() -> Contacts {
    Contacts {
        address: vec!["Piazza dell'Esempio, 1".into(), "00000 Montesole sull'Alba (MS)".into()],
        phones: vec![Phone { shown: "0555 000 111".into(), number: "+390555000111".into() }],
        email: Some("scuola@comune.example.it".into()),
        pec: Some("protocollo@pec.comune.example.it".into()),
        hours: vec!["Lunedì e mercoledì 9:00–12:00".into(), "Giovedì 15:00–17:00".into()],
    }
}

/// Surroundings for a page of this kind; an office page has somebody signed in.
pub fn frame(kind: FrameKind, locale: Locale) -> Frame {
    match kind {
        FrameKind::Platform => Frame::new(kind, locale, &Locale::ALL, "", "/"),
        FrameKind::Family => Frame::new(kind, locale, &Locale::ALL, "/montesole", "/")
            .with_tenant(tenant())
            .with_session(SessionView { seconds_left: 1800, name: None }),
        FrameKind::Office => {
            Frame::new(kind, Locale::It, &[Locale::It], "/montesole", "/ufficio/domande")
                .with_tenant(tenant())
                .with_session(SessionView { seconds_left: 1800, name: Some("Carla Prova".into()) })
        }
    }
}

/// An invented draft.
pub fn draft() -> DraftId {
    uuid_of(1)
}

/// The built files that templates name.
pub const ASSETS: [&str; 10] = [
    "bootstrap-italia.css",
    "bootstrap-italia.rtl.css",
    "eu.svg",
    "fonts.css",
    "fonts/titillium-web-400.woff2",
    "fonts/titillium-web-600.woff2",
    "fonts/titillium-web-700.woff2",
    "site.css",
    "site.js",
    "sprites.svg",
];

/// An invented id of any type.
pub fn uuid_of<T: From<uuid::Uuid>>(number: u128) -> T {
    T::from(uuid::Uuid::from_u128(0x0198_c0de_0000_7000_8000_0000_0000_0000 + number))
}

/// Surroundings of a mail of the invented comune.
pub fn mail_frame(locale: Locale) -> MailFrame {
    MailFrame {
        locale,
        dir: locale.direction(),
        tenant: "Comune di Montesole sull'Alba".into(),
        office: "Ufficio Scuola".into(),
        colour: "#0b6e4f".into(),
        contacts: contacts(),
        start_href: "https://iscrizioni.example.it/montesole/".into(),
    }
}

/// Progress through the invented form; `current` counts from 0.
pub fn progress(current: usize) -> Progress {
    let titles = ["Privacy", "Alunno", "Genitore", "Mensa", "Riepilogo"];
    let marked = |title: &&str| {
        ((*title).to_owned(), Some(format!("/montesole/iscrizioni/{}/privacy", draft())))
    };
    Progress::new(titles.iter().map(marked).collect(), current)
}

/// Invented answers in words.
pub fn sections() -> Vec<Section> {
    let row = |label: &str, lines: &[&str]| Row {
        label: label.into(),
        lines: lines.iter().map(|line| (*line).to_owned()).collect(),
    };
    let pupil = vec![
        row("Codice fiscale", &["SMPLCU19A01Z999X"]),
        row("Cognome e nome", &["Esempio Luca"]),
        row("Residenza", &["Via dell'Esempio 12/b, 00000 Montesole sull'Alba (MS)"]),
        row("Cittadinanza", &[]),
    ];
    let guardian = vec![row("Cognome e nome", &["Prova Anna"]), row("Telefono", &["0555 000 222"])];
    let canteen =
        vec![row("Giorni di mensa", &["Lunedì", "Mercoledì"]), row("Dieta", &["Menù normale"])];
    [
        ("guardian", "Dati del genitore/utente", guardian),
        ("pupil", "Alunno", pupil),
        ("canteen", "Mensa", canteen),
    ]
    .into_iter()
    .map(|(step, title, rows)| Section { step: step.into(), title: title.into(), rows })
    .collect()
}
