//! The way through a digital identity: who comes back is known, finds what is theirs, and begins for a child.

use axum::http::StatusCode;
use support::{app::TestApp, browser::Browser, inside};

#[tokio::test]
async fn a_person_signs_in_with_spid_with_cie_and_is_the_same_person() {
    let app = TestApp::start().await;
    app.open_identity_doors().await;
    for (slug, providers) in [("alfa", ["alfa", "cie"]), ("beta", ["beta", "cie"])] {
        for provider in providers {
            let mut browser = Browser::at(&app, slug);
            let page = browser.sign_in(provider, "anna").await;
            assert_eq!((page.status, page.path.as_str()), (StatusCode::OK, "/iscrizioni/mie"));
            assert!(page.text().to_uppercase().contains("ANNA PROVA"), "{}", page.text());
        }
        let people: i64 = inside::value(&app, slug, "SELECT count(*) FROM identity").await;
        assert_eq!(people, 1, "one codice fiscale, one person");
    }
}
