//! Posts from another site change nothing.

use axum::http::{HeaderMap, Method, header};
use support::{app::TestApp, family::Family, words::it};

#[tokio::test]
async fn a_post_from_another_site_is_refused_and_changes_nothing() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.begin().await;
    let form = family.filled().press("next");
    let (kind, body) = form.body();
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "https://beta.example.test"),
        ("origin", "null"),
    ] {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, kind.parse().unwrap());
        headers.insert(name, value.parse().unwrap());
        let page = family.browser.request(Method::POST, &form.action, headers, body.clone()).await;
        assert_eq!(page.status, 403, "{name}: {value}");
        assert_eq!(page.title(), it("errors.cross_site.title"));
    }
    let path = form.action.clone();
    family.page = family.browser.follow(&path).await;
    assert_eq!(family.page.value("pupil_name"), "", "nothing was saved");
}

#[tokio::test]
async fn nobody_is_signed_in_out_or_started_from_another_site() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.begin().await;
    let code = family.pupil.codice_fiscale();
    for (path, body) in [
        ("/iscrizioni/nuova", format!("codice_fiscale={}", code.as_str())),
        ("/esci", String::new()),
        ("/lingua", "_language=en&_return=/".to_owned()),
        ("/ufficio/accesso", "email=x&password=y".to_owned()),
    ] {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, "application/x-www-form-urlencoded".parse().unwrap());
        headers.insert("sec-fetch-site", "cross-site".parse().unwrap());
        let page = family.browser.request(Method::POST, path, headers, body.into_bytes()).await;
        assert_eq!(page.status, 403, "{path}");
        assert!(page.headers.get(header::SET_COOKIE).is_none(), "{path}");
    }
    let status = routes::enrol::Status { draft: family.draft() };
    assert_eq!(family.open(&status).await.status, 200, "still signed in");
}

#[tokio::test]
async fn a_link_from_another_site_may_be_followed() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    let mut headers = HeaderMap::new();
    headers.insert("sec-fetch-site", "cross-site".parse().unwrap());
    let page = family.browser.request(Method::GET, "/", headers, Vec::new()).await;
    assert_eq!(page.status, 200);
}
