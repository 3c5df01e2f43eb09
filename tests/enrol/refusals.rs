//! A refusal is a page in the family's own language, whatever went wrong; also when the product itself breaks down.

use axum::{
    Router,
    http::{HeaderMap, Method, header},
};
use domain::Entropy;
use limits::Limits;
use operations::Platform;
use secrecy::SecretString;
use std::sync::Arc;
use support::{
    app::{SHARED_HOST, TestApp},
    browser::Browser,
    environment,
    family::Family,
    form::Form,
    page::Page,
    words::{en, it},
};
use tokio::sync::Semaphore;

async fn english(app: &TestApp, number: u16) -> Family<'_> {
    let browser = Browser::at(app, "alfa").speaking("en-GB,en;q=0.9");
    Family::arrive_with(browser, "alfa", number).await
}

/// The page says it in English, and whom to call.
fn assert_english(page: &Page, status: u16, key: &str) {
    assert_eq!(page.status, status, "{page:?}");
    assert_eq!(page.title(), en(key), "{page:?}");
    assert_ne!(en(key), it(key), "{key} is translated");
    assert_eq!(page.attributes("html", "lang"), ["en"]);
    assert!(page.text().contains("School Office of Alfa"), "{page:?}");
}

#[tokio::test]
async fn a_family_that_reads_english_is_refused_in_english() {
    let app = TestApp::start().await;
    let mut family = english(&app, 1).await;
    family.begin().await;
    let step = family.page.path.clone();
    let unknown = family.browser.open("/iscrizioni/nulla").await;
    assert_english(&unknown, 404, "errors.not_found.title");
    let mut headers = HeaderMap::new();
    headers.insert("sec-fetch-site", "cross-site".parse().unwrap());
    headers.insert(header::CONTENT_TYPE, "application/x-www-form-urlencoded".parse().unwrap());
    let foreign = family.browser.request(Method::POST, &step, headers, Vec::new()).await;
    assert_english(&foreign, 403, "errors.cross_site.title");
    let nonsense = family.browser.post(&Form::by_hand(&step, &[("_action", "nonsense")])).await;
    assert_english(&nonsense, 422, "errors.unprocessable.title");
    let empty = family.page.form_with("[name=_revision]").press("next");
    let page = family.send(empty).await;
    assert_eq!(page.status, 422);
    assert!(page.error("pupil_name").contains(&en("errors.answer.required")), "{page:?}");
    assert!(
        page.error_links().iter().any(|(_, words)| words.contains(&en("errors.answer.required")))
    );
}

#[tokio::test]
async fn a_family_that_reads_english_waits_in_english() {
    let app = TestApp::start().await;
    let mut last = None;
    for number in 1..=4 {
        let mut family = english(&app, number).await;
        family.guardian = family.guardian.clone().with_email("anna.comune");
        family.start().await;
        last = Some(family.ask_for_code().await.clone());
    }
    let page = last.expect("four families asked");
    assert_english(&page, 429, "errors.too_many_requests.title");
}

#[tokio::test]
async fn when_a_handler_breaks_down_the_page_says_so_and_gives_back_what_was_typed() {
    let app = TestApp::start().await;
    for (number, language) in [(1, "en"), (2, "it")] {
        let browser = Browser::at(&app, "alfa").speaking(language);
        let mut family = Family::arrive_with(browser, "alfa", number).await;
        family.begin().await;
        let typed = "Via \"Lunga\" & <larga>";
        let form = family.filled().fill("residence.street", typed).press("next");
        let sound = std::mem::replace(&mut family.browser.router, broken(&app));
        let page = family.send(form).await;
        let word = if language == "en" { en } else { it };
        assert_eq!(page.status, 500, "{page:?}");
        assert_eq!(page.title(), word("errors.internal.title"));
        assert!(page.text().contains("+39 099 0000001"), "whom to call");
        assert!(!page.text().contains(BREAKDOWN), "nothing of the inside");
        assert_eq!(page.value("residence.street"), typed);
        let again = family.page.form_with("[name='residence.street']");
        family.browser.router = sound;
        family.send(again).await;
        assert!(family.page.path.ends_with("/passo/guardian"), "{:?}", family.page);
    }
}

const BREAKDOWN: &str = "no randomness is left";

/// A source of randomness that breaks down whoever asks it: nothing can be sealed.
struct Broken;

impl Entropy for Broken {
    fn fill(&self, _bytes: &mut [u8]) {
        panic!("{BREAKDOWN}");
    }
}

/// A process of the product in which sealing panics.
fn broken(app: &TestApp) -> Router {
    let redis_url = SecretString::from(environment::redis_url());
    let limits = Limits::connect(&limits::Settings { redis_url, local_keys: 100 });
    let public_url = format!("https://{SHARED_HOST}");
    web::router(web::State {
        platform: Platform { entropy: Arc::new(Broken), ..app.platform.clone() },
        clock: Arc::clone(&app.clock) as Arc<dyn domain::Clock>,
        limits: Arc::new(limits.expect("an address of Redis")),
        engine: Arc::new(
            pages::Engine::new(web::State::asset_names()).expect("the templates load"),
        ),
        documents: Arc::new(documents::Renderer::new().expect("the fonts load")),
        document_permits: Arc::new(Semaphore::new(1)),
        providers: Arc::clone(&app.providers),
        metadata: Arc::default(),
        icons: Arc::default(),
        settings: Arc::new(web::Settings { public_url, ..web::Settings::default() }),
    })
}
