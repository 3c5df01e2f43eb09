//! Headers that every answer carries; the harness checks the most important ones on each answer anyway.

use axum::http::{HeaderMap, Method, header};
use support::{
    app::{SHARED_HOST, TestApp},
    browser::Browser,
    family::Family,
};

const EVERYWHERE: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

#[tokio::test]
async fn every_answer_of_every_status_carries_the_protecting_headers() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.begin().await;
    let draft = family.draft();
    let status = routes::Route::path(&routes::enrol::Status { draft });
    let mut seen = Vec::new();
    for path in ["/", "/iscrizioni/nuova", &status, "/nowhere", "/stile.css", "/stemma", "/livez"] {
        seen.push(family.browser.get(path).await);
    }
    let mut elsewhere = Browser::at_host(&app, "evil.example");
    seen.push(elsewhere.get("/").await);
    let mut shared = Browser::at_host(&app, SHARED_HOST);
    seen.push(shared.get("/").await);
    seen.push(shared.get("/readyz").await);
    for page in seen {
        for (name, value) in EVERYWHERE {
            assert_eq!(page.header(name), *value, "{name} of {} {}", page.status, page.path);
        }
        let policy = page.header("content-security-policy");
        for part in ["default-src 'none'", "frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'"] {
            assert!(policy.contains(part), "{part} of {}: {policy}", page.path);
        }
        let strict = page.header("strict-transport-security");
        assert!(strict.contains("max-age=63072000"), "{strict}");
    }
}

#[tokio::test]
async fn files_with_a_hash_are_kept_for_ever_and_pages_never() {
    let app = TestApp::start().await;
    let mut browser = Browser::at(&app, "alfa");
    let page = browser.open("/").await;
    assert_eq!(page.header("cache-control"), "no-store");
    for link in page.attributes("link[rel=stylesheet]", "href") {
        let file = browser.get(&link).await;
        assert_eq!(file.status, 200, "{link}");
        let kept = file.header("cache-control");
        assert!(kept.contains("max-age"), "{link}: {kept}");
    }
}

#[tokio::test]
async fn pages_are_compressed_for_browsers_that_ask() {
    let app = TestApp::start().await;
    let mut browser = Browser::at(&app, "alfa");
    let css = browser.open("/").await.attributes("link[rel=stylesheet]", "href").remove(1);
    for coding in ["br", "gzip"] {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, coding.parse().unwrap());
        let file = browser.request(Method::GET, &css, headers, Vec::new()).await;
        assert_eq!(file.header("content-encoding"), coding);
    }
}

#[tokio::test]
async fn the_brand_of_each_comune_is_its_own() {
    let app = TestApp::start().await;
    let mut styles = Vec::new();
    for slug in ["alfa", "beta"] {
        let mut browser = Browser::at(&app, slug);
        let style = browser.get("/stile.css").await;
        assert_eq!(style.status, 200);
        assert!(style.header("content-type").starts_with("text/css"));
        styles.push(style.html().to_owned());
        let logo = browser.get("/stemma").await;
        assert_eq!(logo.status, 200);
        assert!(logo.header("content-security-policy").contains("default-src 'none'"));
    }
    assert_ne!(styles[0], styles[1]);
}
