//! The portal as an app, in a browser that can install it.

use crate::browser::{
    chromium::{Seat, visit},
    journey::{Household, begin, fill_in, tick_boxes},
    portal::Portal,
    visitor::Visitor,
};
use domain::Locale;
use serde_json::{Value, json};
use support::app::TestApp;

/// What every cache of this host holds: name of the cache, address, text.
const READ_CACHES: &str = r"
    const done = arguments[arguments.length - 1];
    const read = async () => {
        const found = [];
        for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const request of await cache.keys()) {
                const text = await (await cache.match(request)).text();
                found.push([name, new URL(request.url).pathname, text]);
            }
        }
        return found;
    };
    read().then(done, (error) => done([String(error)]));";

/// Waits until the worker of this page answers for it.
async fn until_worker(visitor: &Visitor<'_>) {
    let works = async || {
        let state = visitor.execute("return navigator.serviceWorker.controller?.state").await;
        (state == "activated").then_some(())
    };
    assert!(visitor.wait_for(works).await.is_some(), "the worker starts");
}

async fn caches(visitor: &Visitor<'_>) -> Vec<[String; 3]> {
    let read = visitor.driver.execute_async(READ_CACHES, Vec::new()).await.expect("caches");
    serde_json::from_value(read.json().clone()).expect("names, addresses, texts")
}

#[tokio::test]
async fn a_browser_finds_the_comune_and_the_entrance_fit_to_be_installed() {
    let portal = Portal::open().await;
    visit(&portal, Seat::telephone("alfa", Locale::It), async |visitor| {
        for (path, id) in [("/alfa/", "/alfa/"), ("/", "/")] {
            visitor.follow(path).await;
            until_worker(visitor).await;
            let cdp = visitor.driver.cdp();
            let read = cdp.send_raw("Page.getAppManifest", json!({})).await.expect("a manifest");
            assert_eq!(read["errors"], json!([]), "{path}");
            let manifest: Value = serde_json::from_str(read["data"].as_str().unwrap_or_default())
                .expect("a manifest in JSON");
            assert_eq!(manifest["id"], id);
            let errors = cdp.send_raw("Page.getInstallabilityErrors", json!({})).await;
            let errors = errors.expect("a list")["installabilityErrors"].clone();
            // A window that nobody sees, without a profile of somebody's own, installs nothing.
            let errors: Vec<_> = errors
                .as_array()
                .expect("a list")
                .iter()
                .map(|error| error["errorId"].as_str().unwrap_or_default().to_owned())
                .filter(|error| error != "in-incognito")
                .collect();
            assert!(errors.is_empty(), "{path}: {errors:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn after_a_whole_journey_no_cache_holds_anything_of_the_family() {
    let portal = Portal::open().await;
    visit(&portal, Seat::desk("alfa", Locale::It), async |visitor| {
        visitor.open("/").await;
        until_worker(visitor).await;
        let family = Household::of(&portal, "alfa");
        begin(visitor, &family, false).await;
        fill_in(visitor, &family, false).await;
        tick_boxes(visitor).await;
        visitor.press("enrol.summary.send").await;
        visitor.arrive("/inviata").await;
        visitor.press("enrol.submitted.status").await;
        let caches = caches(visitor).await;
        assert!(caches.len() >= 10, "{}", caches.len());
        let public = ["/alfa/stile.css", "/alfa/stemma", "/alfa/senza-rete"];
        for [cache, path, text] in &caches {
            assert!(cache.starts_with("campanella:/alfa:"), "{cache}");
            assert!(path.starts_with("/static/") || public.contains(&path.as_str()), "{path}");
            assert!(portal.app.logs.found_in(text).is_empty(), "{path} names somebody");
            assert!(
                !text.contains("2026/000001") && !text.contains("data-session-seconds"),
                "{path}"
            );
        }
        let state = visitor.fact("enrol.status.state").await;
        assert_eq!(state, visitor.words("shared.state.submitted"), "read through the worker");
        visitor.open("/senza-rete").await;
        let stored = "return [Object.entries(localStorage), sessionStorage.length]";
        let language = json!([[["offline-language", "it"]], 0]);
        assert_eq!(visitor.execute(stored).await, language, "nothing else is stored either");
    })
    .await;
}

#[tokio::test]
async fn without_a_network_the_app_says_so_and_how_to_reach_the_office() {
    let portal = Portal::open().await;
    visit(&portal, Seat::telephone("alfa", Locale::It), async |visitor| {
        visitor.chapter = "app-";
        visitor.open("/").await;
        until_worker(visitor).await;
        portal.line.cut().await;
        visitor.open("/iscrizioni/nuova").await;
        assert_eq!(visitor.title().await, visitor.words("shared.app.offline_title"));
        assert_eq!(visitor.path().await, "/iscrizioni/nuova", "the address stays");
        assert!(visitor.count("footer a[href^='tel:']").await > 0);
        // What could not be loaded is in the browser's own words, and expected.
        drop(visitor.driver.browser_log().await);
        visitor.look("offline").await;
        portal.line.mend().await;
        visitor.press_at("[data-retry]").await;
        assert_eq!(
            visitor.count("main [name=codice_fiscale]").await,
            1,
            "{}",
            visitor.title().await
        );
    })
    .await;
}

#[tokio::test]
async fn a_new_version_is_offered_and_taken_when_the_reader_wants_it() {
    let portal = Portal::open().await;
    visit(&portal, Seat::telephone("alfa", Locale::It), async |visitor| {
        visitor.chapter = "app-";
        visitor.open("/").await;
        until_worker(visitor).await;
        let first = caches(visitor).await[0][0].clone();
        assert_eq!(visitor.count(".new-version").await, 0, "the first version waits for nobody");
        let mut bundle = TestApp::bundle("alfa");
        bundle.settings.contacts.opening_hours = bundle.settings.contacts.office.clone();
        portal.app.apply("alfa", &bundle).await;
        visitor.open("/").await;
        let words = visitor.text(".new-version p").await;
        assert_eq!(words, visitor.words("shared.app.new_version"));
        visitor.look("new-version").await;
        visitor.press_at("[data-take-over]").await;
        until_worker(visitor).await;
        let renewed = async || {
            let caches = caches(visitor).await;
            caches.iter().all(|[name, ..]| *name != first).then_some(())
        };
        assert!(visitor.wait_for(renewed).await.is_some(), "the old version is forgotten");
        assert_eq!(visitor.count(".new-version").await, 0);
    })
    .await;
}

/// The browser may offer by itself, at an instant of its own choice.
const WITHOUT_TRUE_OFFERS: &str = r"
    window.addEventListener('beforeinstallprompt', (event) => {
        if (event.isTrusted) event.stopImmediatePropagation();
    });";

/// Runs a script on every page from now on, before the page's own.
async fn before_the_page(visitor: &Visitor<'_>, source: &str) {
    let script = json!({ "source": source });
    let cdp = visitor.driver.cdp();
    cdp.send_raw("Page.addScriptToEvaluateOnNewDocument", script).await.expect("it is kept");
}

const OFFER: &str = r"
    const offer = new Event('beforeinstallprompt', { cancelable: true });
    offer.prompt = () => { window.asked = true; };
    offer.userChoice = Promise.resolve({ outcome: 'dismissed' });
    window.dispatchEvent(offer);
    return offer.defaultPrevented;";

/// Whether the reader sees the offer to install.
async fn offered(visitor: &Visitor<'_>) -> bool {
    visitor.element("[data-install]").await.is_displayed().await.expect("a state")
}

#[tokio::test]
async fn the_offer_to_install_is_made_once_and_stays_away_when_it_is_sent_away() {
    let portal = Portal::open().await;
    visit(&portal, Seat::telephone("alfa", Locale::It), async |visitor| {
        visitor.chapter = "app-";
        before_the_page(visitor, WITHOUT_TRUE_OFFERS).await;
        visitor.open("/").await;
        assert!(!offered(visitor).await, "not where the browser cannot install");
        assert_eq!(visitor.execute(OFFER).await, json!(true));
        assert!(offered(visitor).await);
        visitor.look("install").await;
        let button = visitor.element("[data-install-accept]").await;
        assert_eq!(button.text().await.expect("words"), visitor.words("shared.app.install"));
        button.click().await.expect("it can be pressed");
        assert_eq!(visitor.execute("return window.asked").await, json!(true));
        let gone = async || (!offered(visitor).await).then_some(());
        assert!(visitor.wait_for(gone).await.is_some(), "an answer is an answer");
        visitor.open("/").await;
        assert_eq!(visitor.execute(OFFER).await, json!(false), "the browser does as it likes");
        assert!(!offered(visitor).await);
    })
    .await;
}

#[tokio::test]
async fn a_telephone_that_installs_by_hand_is_told_how() {
    let portal = Portal::open().await;
    visit(&portal, Seat::telephone("beta", Locale::En), async |visitor| {
        visitor.chapter = "app-";
        before_the_page(visitor, WITHOUT_TRUE_OFFERS).await;
        let by_hand = "Object.defineProperty(navigator, 'standalone', { value: false });";
        before_the_page(visitor, by_hand).await;
        visitor.open("/").await;
        let told = visitor.text("[data-install-by-hand]").await;
        assert_eq!(told, visitor.words("shared.app.install_by_hand"));
        visitor.look("by-hand").await;
        let button = visitor.element("[data-install-dismiss]").await;
        button.click().await.expect("it can be pressed");
        for _ in 0..2 {
            assert!(!offered(visitor).await, "sent away for good");
            visitor.open("/").await;
        }
    })
    .await;
}
