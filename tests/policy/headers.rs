//! What every answer carries, whatever it answers: protecting headers, no caching of anything personal, and no
//! personal word in any address.

use axum::http::{HeaderMap, Method, header};
use routes::{Method as Verb, Scope};
use support::{
    app::{SHARED_HOST, TestApp},
    browser::Browser,
    cast::Cast,
    form::Form,
    page::Page,
};

const PROTECTING: &[(&str, &str)] = &[
    ("strict-transport-security", "max-age=63072000; includeSubDomains"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=()"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

fn check(page: &Page) {
    let what = format!("{} {}", page.status, page.path);
    for (name, value) in PROTECTING {
        assert_eq!(page.headers.get_all(*name).iter().count(), 1, "{name} of {what}");
        assert_eq!(page.header(name), *value, "{name} of {what}");
    }
    let policy = page.header("content-security-policy");
    assert!(policy.contains("default-src 'none'"), "{what}: {policy}");
    let sandboxed = policy.contains("sandbox");
    assert!(sandboxed || policy.contains("frame-ancestors 'none'"), "{what}: {policy}");
    for loose in ["unsafe-inline", "unsafe-eval", "http:", "https:", " *"] {
        assert!(!policy.contains(loose), "{what}: {policy}");
    }
    for telling in ["server", "x-powered-by", "via"] {
        assert!(!page.headers.contains_key(telling), "{what} tells {telling}");
    }
}

/// Every answer of the whole table of routes, for somebody signed in and for nobody.
async fn answers(app: &TestApp) -> Vec<(&'static routes::RouteInfo, Page)> {
    let cast = Cast::assemble(app).await;
    let mut answers = Vec::new();
    for info in routes::all().filter(|info| info.scope != Scope::Internal) {
        for (name, mut browser) in cast.actors() {
            if info.name.contains("sign_out") && name != "anonymous" {
                continue;
            }
            if info.scope == Scope::Platform {
                SHARED_HOST.clone_into(&mut browser.host);
            }
            let path = cast.path(info);
            answers.push((info, browser.get(&path).await));
            if info.methods.contains(&Verb::Post) {
                answers.push((info, browser.post(&Form::by_hand(&path, &[])).await));
            }
        }
    }
    answers
}

#[tokio::test]
async fn every_route_carries_the_protecting_headers_in_every_answer() {
    let app = TestApp::start().await;
    let answers = answers(&app).await;
    let mut statuses: Vec<u16> = answers.iter().map(|(_, page)| page.status.as_u16()).collect();
    statuses.sort_unstable();
    statuses.dedup();
    for wanted in [200, 303, 401, 404, 405, 410, 422] {
        assert!(statuses.contains(&wanted), "{wanted} was not among {statuses:?}");
    }
    for (_, page) in &answers {
        check(page);
    }
}

#[tokio::test]
async fn only_files_without_a_person_in_them_may_be_kept() {
    let app = TestApp::start().await;
    for (info, page) in answers(&app).await {
        let kept = page.header("cache-control");
        let files = ["static_file", "brand_stylesheet", "logo", "app_icon", "entrance_icon"];
        let public = files.contains(&info.name);
        if public && page.status == 200 {
            assert!(kept.starts_with("public, max-age="), "{}: {kept}", page.path);
            assert!(!page.headers.contains_key(header::SET_COOKIE), "{}", page.path);
        } else {
            assert_eq!(kept, "no-store", "{} {}", page.status, page.path);
        }
    }
}

#[tokio::test]
async fn files_with_a_hash_in_their_name_never_change() {
    let app = TestApp::start().await;
    let mut browser = Browser::at(&app, "alfa");
    let page = browser.open("/").await;
    let mut files = page.attributes("link[href^='/static/']", "href");
    files.extend(page.attributes("script[src^='/static/']", "src"));
    assert!(files.len() >= 3, "{files:?}");
    for file in files {
        let answer = browser.get(&file).await;
        assert_eq!(answer.status, 200, "{file}");
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
        check(&answer);
    }
}

#[tokio::test]
async fn odd_requests_get_the_same_protection() {
    let app = TestApp::start().await;
    let mut browser = Browser::at(&app, "alfa");
    let odd =
        |kind: &'static str| HeaderMap::from_iter([(header::CONTENT_TYPE, kind.parse().unwrap())]);
    let form = "application/x-www-form-urlencoded";
    for (method, path, headers, body, status) in [
        (Method::PUT, "/", HeaderMap::new(), Vec::new(), 405),
        (Method::DELETE, "/iscrizioni/nuova", HeaderMap::new(), Vec::new(), 405),
        (Method::TRACE, "/", HeaderMap::new(), Vec::new(), 405),
        (Method::GET, "/iscrizioni/x/stato", HeaderMap::new(), Vec::new(), 404),
        (Method::GET, "/%ff", HeaderMap::new(), Vec::new(), 404),
        (Method::POST, "/iscrizioni/nuova", odd("application/json"), b"{}".to_vec(), 415),
        (Method::POST, "/iscrizioni/nuova", odd(form), b"a=%zz".to_vec(), 400),
        (Method::POST, "/iscrizioni/nuova", odd(form), vec![b'a'; 2 * 1024 * 1024], 413),
    ] {
        let page = browser.request(method.clone(), path, headers, body).await;
        assert_eq!(page.status, status, "{method} {path}");
        check(&page);
        assert!(page.is_html() && page.has("h1"), "{method} {path}: never a bare answer");
    }
    let mut elsewhere = Browser::at_host(&app, "evil.example");
    check(&elsewhere.get("/").await);
}

#[tokio::test]
async fn no_name_and_no_codice_fiscale_stands_in_any_header() {
    let app = TestApp::start().await;
    for (_, page) in answers(&app).await {
        for (name, value) in &page.headers {
            let value = value.to_str().unwrap_or_default();
            assert!(app.logs.found_in(value).is_empty(), "{name} of {} {}", page.status, page.path);
        }
        if let Some(location) = page.location() {
            assert!(location.starts_with('/') && !location.starts_with("//"), "{location}");
        }
    }
}
