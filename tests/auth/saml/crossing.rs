//! Answers that are right in themselves, and come from the wrong place, to the wrong place, too late or once too often.

mod logout;
mod provider_errors;
mod register;
mod replay;
mod rotation;
mod strangers;

use axum::http::StatusCode;
use support::{app::TestApp, browser::Browser, federation::Leaving, inside, page::Page, words::it};

/// The comuni and their providers.
async fn open_doors() -> TestApp {
    let app = TestApp::start().await;
    app.open_identity_doors().await;
    app
}

/// Leaves, and lets the provider say that it is Anna.
async fn signed_by(browser: &mut Browser<'_>, provider: &str) -> (Leaving, String) {
    let left = Leaving::by(browser, provider).await;
    let xml = left.signed(&left.answer(browser.app, "anna"));
    (left, xml)
}

/// The page says no for this reason, nobody is signed in, and the audit trail knows the code.
async fn assert_refused(browser: &Browser<'_>, slug: &str, page: &Page, code: &str, reason: &str) {
    assert_eq!(page.status, StatusCode::FORBIDDEN, "{code}: {page:?}");
    assert!(page.text().contains(&it(&format!("identity.refused.text.{reason}"))), "{code}");
    assert!(!is_signed_in(browser, slug), "{code}");
    assert_eq!(last_outcome(browser.app, slug).await, code);
}

fn is_signed_in(browser: &Browser<'_>, slug: &str) -> bool {
    browser.cookies.contains_key(&format!("__Host-s_{slug}"))
}

async fn last_outcome(app: &TestApp, slug: &str) -> String {
    let query = "SELECT details->>'outcome' FROM audit_event WHERE verb = 'sign_in_refused' \
        ORDER BY sequence DESC LIMIT 1";
    inside::value(app, slug, query).await
}

/// The page of one's own, which only who is signed in sees.
fn assert_entered(page: &Page) {
    assert_eq!((page.status, page.path.as_str()), (StatusCode::OK, "/iscrizioni/mie"));
}
