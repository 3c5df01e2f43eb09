//! Samples of the summary: by hand, by mail, by digital identity, long, and hostile.

use super::{instant, school_year};
use crate::{
    AcceptedText, ApplicationSummary, Audience, IdentityCopy, Signing, SummaryRow, SummarySection,
};
use jiff::civil::date;

/// Text that would be dangerous or unprintable if anything took it for more than text.
const HOSTILE: [&str; 9] = [
    "#eval(\"1+1\") #panic() #include \"/etc/passwd\" #image(\"/data.json\")",
    "*bold* _emphasis_ `raw` $x^2$ = heading <label> @reference",
    "{{7*7}} ${7*7} <%= 7*7 %> %{name} \\u{41} \\",
    "Đorđević Müller Nicolò Nicolo\u{300} Nguyễn Θεοδώρα Оксана",
    "王小明 محمد שרה 😀👩‍👩‍👧",
    "\u{202e}otrevni\u{202c} \u{0}\u{7}\u{feff}\u{e000} fine",
    "prima riga\nseconda riga\n\nquarta riga",
    "Parolalunghissimasenzaalcunospaziochenonentrainnessunarigadelfoglioecontinuaancoraeancoraeancora",
    "https://example.org/percorso/molto/lungo/che/non/finisce/mai/e/poi/mai/e/poi/mai?domanda=si",
];

/// `status` in the words of the sample's language.
pub(super) fn all(status: &str) -> Vec<(&'static str, ApplicationSummary)> {
    let by_hand = summary(answers(), status, Audience::Family);
    let mut by_mail = summary(answers(), status, Audience::Mail);
    by_mail.signing = Signing::ByHand { identity_copy: IdentityCopy::Attached };
    let mut by_identity = summary(answers(), status, Audience::Family);
    by_identity.signing = Signing::DigitalIdentity { scheme: "SPID".into() };
    by_identity.version = 2;
    by_identity.declarations = vec![];
    let mut long = summary(long_answers(), status, Audience::Family);
    long.signing = Signing::ByHand { identity_copy: IdentityCopy::NotRequested };
    let mut hostile = summary(hostile_answers(), status, Audience::Family);
    hostile.pupil_name = HOSTILE.concat();
    hostile.privacy.text = HOSTILE.join("\n\n");
    vec![
        ("summary_by_hand", by_hand),
        ("summary_by_mail", by_mail),
        ("summary_by_identity", by_identity),
        ("summary_long", long),
        ("summary_hostile", hostile),
    ]
}

fn summary(sections: Vec<SummarySection>, status: &str, audience: Audience) -> ApplicationSummary {
    ApplicationSummary {
        school_year: school_year(),
        registration_number: "2026/000123".into(),
        version: 1,
        pupil_name: "Luca Esempio".into(),
        submitted_at: instant(),
        answer_by: date(2026, 10, 8),
        status: status.to_owned(),
        sections,
        declarations: vec![AcceptedText {
            text: "Dichiaro, ai sensi degli artt. 46 e 47 del D.P.R. 28 dicembre 2000, n. 445, che i dati \
                riportati in questa domanda sono veri.\n\nSono consapevole delle sanzioni penali previste \
                dall'art. 76 dello stesso decreto per le dichiarazioni false e della perdita dei benefici \
                ottenuti (art. 75)."
                .into(),
            version: "2026-1".into(),
        }],
        privacy: AcceptedText {
            text: "Ho letto e compreso l'informativa sulla privacy.".into(),
            version: "2026-1".into(),
        },
        signing: Signing::ByHand { identity_copy: IdentityCopy::ToHandOver },
        audience,
    }
}

fn answers() -> Vec<SummarySection> {
    vec![
        section(
            "Alunno",
            &[
                ("Codice fiscale", Some("SMPLCU18A01X000A")),
                ("Cognome", Some("Esempio")),
                ("Nome", Some("Luca")),
                ("Data di nascita", Some("01/01/2018")),
                ("Comune o Stato di nascita", Some("Montesole sull'Alba")),
                (
                    "Indirizzo di residenza",
                    Some("Via dei Tigli 12, 00000 Montesole sull'Alba (MX)"),
                ),
                ("Domicilio, se diverso", None),
            ],
        ),
        section(
            "Genitore o tutore",
            &[
                ("Cognome e nome", Some("Prova Anna")),
                ("Codice fiscale", Some("PRVNNA88A41X000B")),
                ("E-mail verificata", Some("anna.prova@posta.example")),
                ("Telefono", Some("+39 000 0000003")),
                ("Secondo genitore", None),
            ],
        ),
        section(
            "Scuola e classe",
            &[
                ("Scuola", Some("Primaria «Gianni dell'Esempio»")),
                ("Classe e sezione", Some("3 B")),
            ],
        ),
        SummarySection {
            title: "Refezione scolastica".into(),
            rows: vec![
                row("Giorni", Some("lunedì, martedì, mercoledì, giovedì, venerdì"), false),
                row("Dieta speciale", Some("Sì, per motivi di salute"), true),
                row("Certificato medico", Some("certificato.pdf"), true),
            ],
        },
    ]
}

fn long_answers() -> Vec<SummarySection> {
    (1..=6).flat_map(|_| answers()).collect()
}

fn hostile_answers() -> Vec<SummarySection> {
    let rows = HOSTILE.iter().map(|text| row(text, Some(text), false)).collect();
    vec![SummarySection { title: HOSTILE.join(" "), rows }]
}

fn section(title: &str, rows: &[(&str, Option<&str>)]) -> SummarySection {
    SummarySection {
        title: title.into(),
        rows: rows.iter().map(|(label, value)| row(label, *value, false)).collect(),
    }
}

fn row(label: &str, value: Option<&str>, sensitive: bool) -> SummaryRow {
    SummaryRow { label: label.into(), value: value.map(str::to_owned), sensitive }
}
