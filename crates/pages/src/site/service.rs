//! The page of one school service («scheda servizio»), with its sections in the order of AgID's model.

use super::Metatag;
use crate::{
    Page, Sample,
    enrol::{WindowCard, WindowCardState},
};
use domain::school_service::SchoolService;
use jiff::{Timestamp, ToSpan as _};
use serde::Serialize;

/// Everything about one service.
#[derive(Clone, Debug, Serialize)]
pub struct Service {
    /// Which.
    pub service: SchoolService,
    /// The comune's name for it.
    pub name: String,
    /// What the comune says about it, or the product where the comune is silent.
    pub texts: ServiceTexts,
    /// Its windows of the school year spoken of.
    pub windows: Vec<WindowCard>,
    /// Whether applications are taken now.
    pub taking: bool,
    /// The term in days for the office's answer.
    pub answer_days: u64,
    /// How long the form takes, in minutes.
    pub minutes: u64,
    /// What the applicant declares when sending.
    pub declarations: Vec<String>,
    /// The same for machines; see [`Metatag::json`].
    pub metatag: String,
}

/// The sections in words; each line is a paragraph, or an item where the section is a list.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ServiceTexts {
    /// «A chi è rivolto».
    pub audience: Vec<String>,
    /// «Descrizione».
    pub about: Vec<String>,
    /// «Come fare».
    pub how: Vec<String>,
    /// «Cosa serve»: a list.
    pub needs: Vec<String>,
    /// «Cosa si ottiene».
    pub outcome: Vec<String>,
    /// «Costi».
    pub costs: Vec<String>,
    /// «Ulteriori informazioni»; none when the comune says nothing.
    pub more: Vec<String>,
}

impl Page for Service {
    const TEMPLATE: &'static str = "site/service.html";

    fn samples(now: Timestamp) -> Vec<Sample<Self>> {
        let near = |hours: i64| now.saturating_add(hours.hours()).unwrap_or(now);
        let window = |service: &str, state, opens: i64, closes: i64| WindowCard {
            service: service.into(),
            about: None,
            state,
            opens_at: near(opens),
            closes_at: Some(near(closes)),
        };
        let line = |text: &str| vec![text.to_owned()];
        let metatag = Metatag {
            name: "Mensa scolastica",
            service_type: "Mensa scolastica",
            operator: "Comune di Montesole sull'Alba",
            area: "Montesole sull'Alba",
            audience: "Famiglie",
            url: "https://scuola.example.it/",
            office: "Ufficio Scuola",
            address: "Piazza dell'Esempio 1, 00000 Montesole sull'Alba (MS)",
        };
        let open = Self {
            service: SchoolService::Canteen,
            name: "Mensa scolastica".into(),
            texts: ServiceTexts {
                audience: line("Alle famiglie degli alunni delle scuole del comune."),
                about: line("Il pasto a scuola, cucinato ogni giorno."),
                how: line("Compila la domanda online."),
                needs: vec!["Codice fiscale dell'alunno".into(), "Un indirizzo e-mail".into()],
                outcome: line("L'iscrizione alla mensa per l'anno scolastico."),
                costs: line("Il costo del pasto dipende dall'ISEE."),
                more: line("Il menù è sul sito del Comune."),
            },
            windows: vec![
                window(
                    "Anno scolastico 2026/2027: nuove iscrizioni",
                    WindowCardState::Open,
                    -240,
                    500,
                ),
                window("Anno scolastico 2026/2027: rinnovi", WindowCardState::Upcoming, 100, 800),
            ],
            taking: true,
            answer_days: 30,
            minutes: 15,
            declarations: vec!["Dichiaro che quanto ho scritto è vero.".into()],
            metatag: metatag.json(),
        };
        let mut bare = Self { windows: vec![], taking: false, ..open.clone() };
        bare.texts.more.clear();
        vec![Sample::new("open", open), Sample::new("bare", bare)]
    }
}
