//! Host names: which comune answers, and that a forged one reaches nobody and no link.

use axum::http::{HeaderMap, Method, header};
use support::{
    app::{SHARED_HOST, TestApp},
    browser::Browser,
    family::Family,
    page::Page,
};

async fn ask(browser: &mut Browser<'_>, hosts: &[&str], path: &str) -> Page {
    let mut headers = HeaderMap::new();
    for host in hosts {
        headers.append(header::HOST, host.parse().unwrap());
    }
    browser.request(Method::GET, path, headers, Vec::new()).await
}

#[tokio::test]
async fn a_comune_answers_to_its_hosts_however_they_are_written() {
    let app = TestApp::start().await;
    let mut browser = Browser::at(&app, "beta");
    for host in [
        "beta.example.test",
        "BETA.Example.Test",
        "beta.example.test.",
        "beta.example.test:8443",
        "scuola.beta.example.test",
    ] {
        let page = ask(&mut browser, &[host], "/").await;
        assert_eq!(page.status, 200, "{host}");
        assert!(page.text().contains("Unione dei Comuni di Beta"), "{host}");
    }
}

#[tokio::test]
async fn unknown_and_forged_hosts_get_a_page_that_lists_nobody() {
    let app = TestApp::start().await;
    let mut browser = Browser::at(&app, "alfa");
    for hosts in [
        ["evil.example"].as_slice(),
        &["alfa.example.test.evil.example"],
        &["alfa.example.test@evil.example"],
        &["127.0.0.1"],
        &["xn--lfa-6ja.example.test"],
        &["alfa.example.test", "evil.example"],
        &["alfa.example.test, evil.example"],
        &["alfa.example.test:80:80"],
        &["[::1]"],
        &[""],
    ] {
        let page = ask(&mut browser, hosts, "/").await;
        assert!(
            page.status == 404 || page.status == 421 || page.status == 400,
            "{hosts:?} {page:?}"
        );
        assert!(!page.text().contains("Alfa") && !page.text().contains("Beta"), "{hosts:?}");
        assert!(!page.html().contains("evil"), "{hosts:?}: a forged name is not repeated");
    }
}

#[tokio::test]
async fn what_a_proxy_is_said_to_have_forwarded_chooses_no_comune() {
    let app = TestApp::start().await;
    let mut browser = Browser::at(&app, "alfa");
    let mut headers = HeaderMap::new();
    for name in ["x-forwarded-host", "forwarded", "x-host", "x-original-host"] {
        headers.insert(name, "beta.example.test".parse().unwrap());
    }
    headers.insert(header::HOST, "alfa.example.test".parse().unwrap());
    let page = browser.request(Method::GET, "/", headers, Vec::new()).await;
    assert!(page.text().contains("Comune di Alfa"));
}

#[tokio::test]
async fn an_unknown_path_of_the_shared_host_belongs_to_no_comune() {
    let app = TestApp::start().await;
    let mut browser = Browser::at_host(&app, SHARED_HOST);
    for path in ["/gamma/", "/gamma/iscrizioni/nuova", "/ALFA/", "/alfa%2f", "/..%2falfa/"] {
        let page = browser.get(path).await;
        assert_eq!(page.status, 404, "{path}");
        assert!(!page.text().contains("Comune di Alfa"), "{path}");
    }
    let page = browser.get("/alfa").await;
    assert_eq!(page.location(), Some("/alfa/"));
}

#[tokio::test]
async fn a_path_of_a_comune_is_no_path_of_another_ones_host() {
    let app = TestApp::start().await;
    let mut browser = Browser::at(&app, "alfa");
    assert_eq!(browser.get("/beta/").await.status, 404);
    assert_eq!(browser.get("/alfa/").await.status, 404);
}

#[tokio::test]
async fn no_link_in_a_mail_is_built_from_what_the_request_says() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "beta", 1).await;
    family.browser.host = "scuola.beta.example.test:9999".to_owned();
    family.browser.cookies.clear();
    family.enrol().await;
    for mail in family.mails().await {
        assert!(!mail.text.contains("9999") && !mail.html.contains("9999"), "{}", mail.subject);
    }
}

#[tokio::test]
async fn redirects_lead_to_paths_of_ours_only() {
    let app = TestApp::start().await;
    let mut browser = Browser::at(&app, "alfa");
    for back in [
        "//evil.example",
        "/\\evil.example",
        "/%09/evil.example",
        "https:evil.example",
        "",
        "https://evil.example/",
        "/\r\nSet-Cookie: a=b",
        "/@evil.example",
        "javascript:alert(1)",
    ] {
        let form =
            support::form::Form::by_hand("/lingua", &[("_language", "en"), ("_return", back)]);
        let page = browser.post(&form).await;
        assert_eq!(page.location(), Some("/"), "{back:?}");
    }
}
