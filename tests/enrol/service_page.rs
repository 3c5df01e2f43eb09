//! The page of each service: for anybody, in the comune's words or the product's, with its windows and doors.

use routes::{
    Route as _,
    tenant::{Service, Start},
};
use serde_json::Value;
use support::{app::TestApp, browser::Browser, page::Page, words::it};

const CANTEEN: Service = Service { service: domain::SchoolService::Canteen };
const TRANSPORT: Service = Service { service: domain::SchoolService::Transport };

async fn shown(app: &TestApp, slug: &str, route: &Service) -> Page {
    Browser::at(app, slug).open(&route.path()).await
}

fn metatag(page: &Page) -> Value {
    let blocks = page.data_blocks();
    assert_eq!(blocks.len(), 1, "{page:?}");
    serde_json::from_str(&blocks[0]).expect("JSON")
}

#[tokio::test]
async fn the_sections_come_in_the_order_of_the_model() {
    let app = TestApp::start().await;
    let page = shown(&app, "beta", &CANTEEN).await;
    assert_eq!(page.title(), "Mensa di Beta");
    let headings = page.texts("main .col-lg-8 > section > h2");
    assert_eq!(
        headings,
        [
            "A chi è rivolto",
            "Descrizione",
            "Come fare",
            "Cosa serve",
            "Cosa si ottiene",
            "Tempi e scadenze",
            "Costi",
            "Accedi al servizio",
            "Ulteriori informazioni",
            "Condizioni di servizio",
            "Contatti",
            "Quanto sono chiare le informazioni su questa pagina?",
        ]
    );
}

#[tokio::test]
async fn a_comunes_own_words_stand_there_and_the_products_where_it_is_silent() {
    let app = TestApp::start().await;
    let own = shown(&app, "beta", &CANTEEN).await;
    assert_eq!(
        own.texts("[data-element=service-cost] p"),
        ["Un pasto costa 3 euro.", "Per i fratelli 2 euro."]
    );
    assert_eq!(own.texts("[data-element=service-needed] li"), ["La tessera sanitaria"]);
    let silent = shown(&app, "alfa", &CANTEEN).await;
    assert_eq!(silent.texts("[data-element=service-cost] p"), [it("site.service.costs_text")]);
    let needs = silent.texts("[data-element=service-needed] li");
    assert!(needs.contains(&it("enrol.start.need_email")), "{needs:?}");
    assert!(!silent.text().contains(&it("site.service.more")), "nothing more to say");
    let mut english = Browser::at(&app, "beta").speaking("en");
    let english = english.open(&CANTEEN.path()).await;
    assert_eq!(english.texts("[data-element=service-cost] p")[0], "A meal costs 3 euros.");
}

#[tokio::test]
async fn windows_stand_there_with_their_states_and_the_days_for_the_answer() {
    let app = TestApp::start().await;
    let text = shown(&app, "beta", &TRANSPORT).await.text();
    assert!(text.contains(&it("enrol.start.late")), "{text}");
    let page = shown(&app, "alfa", &CANTEEN).await;
    assert_eq!(page.texts(".window-card h3").len(), 2, "new and renewal");
    assert!(page.text().contains("L'ufficio risponde entro 30 giorni"));
    let doors = page.attributes("[data-element=service-online-access]", "href");
    assert_eq!(doors, ["/#doors"]);
}

#[tokio::test]
async fn the_start_page_leads_to_each_service_and_no_service_stands_alone() {
    let app = TestApp::start().await;
    let mut browser = Browser::at(&app, "beta");
    let links = browser.open(&Start {}.path()).await.attributes(".window-card h3 a", "href");
    assert!(links.len() >= 3, "{links:?}");
    for link in links {
        let page = browser.get(&link).await;
        assert_eq!(page.status, 200, "{link}");
        let targets = page.attributes("main nav.page-index a", "href");
        assert!(targets.iter().all(|target| page.has(target)), "{targets:?}");
    }
}

#[tokio::test]
async fn a_service_that_is_not_offered_has_no_page() {
    let app = TestApp::start().await;
    let mut browser = Browser::at(&app, "alfa");
    for path in [TRANSPORT.path().as_str(), "/servizi/mensa", "/servizi/x%3Cscript%3E", "/servizi"]
    {
        assert_eq!(browser.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn machines_read_the_fields_of_the_model() {
    let app = TestApp::start().await;
    let read = metatag(&shown(&app, "beta", &CANTEEN).await);
    let channel = &read["availableChannel"];
    let address = &channel["serviceLocation"]["address"];
    for (found, wanted) in [
        (&read["name"], "Mensa di Beta"),
        (&read["serviceType"], "Mensa scolastica"),
        (&read["serviceOperator"]["name"], "Unione dei Comuni di Beta"),
        (&read["areaServed"]["name"], "Beta"),
        (&channel["serviceLocation"]["name"], "Sportello Beta"),
        (&address["streetAddress"], "Piazza Beta 2"),
        (&address["postalCode"], "40100"),
        (&address["addressLocality"], "Beta"),
    ] {
        assert_eq!(found, wanted);
    }
    assert!(read["audience"]["audienceType"].as_str().is_some_and(|words| !words.is_empty()));
    assert!(channel["serviceUrl"].as_str().is_some_and(|url| url.contains("beta.example.test/")));
}

#[tokio::test]
async fn what_a_comune_writes_cannot_leave_the_data_block() {
    let app = TestApp::start().await;
    let mut bundle = TestApp::bundle("beta");
    let evil = "</script><script>alert(1)</script><!--";
    bundle.settings.identity.name = evil.to_owned();
    app.apply("beta", &bundle).await;
    let page = shown(&app, "beta", &CANTEEN).await;
    assert_eq!(metatag(&page)["serviceOperator"]["name"], evil);
    assert!(!page.html().contains("<script>alert"), "escaped everywhere");
}
