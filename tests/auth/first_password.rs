//! Whoever comes with a temporary password sees nothing of the draft before choosing one of their own.

use axum::http::Method;
use regex::Regex;
use routes::{Audience, Method as Verb, Route as _, enrol::ChangePassword};
use support::{app::TestApp, cast, family::Family, form::Form};

/// A family that comes back with the temporary password of its draft.
async fn back_with_temporary(app: &TestApp) -> Family<'_> {
    let mut family = Family::arrive(app, "alfa", 1).await;
    family.begin().await;
    family.answer("save").await;
    let mail = family.newest_mail().await;
    let pattern = Regex::new(r"(?m)^ {4}(\S+)$").unwrap();
    let password = pattern.captures(&mail.text).expect("a password in the mail")[1].to_owned();
    app.logs.watch_words([password.clone()]);
    let mut again = Family::arrive(app, "alfa", 1).await;
    again.sign_in(&password).await;
    assert_eq!(again.page.title(), "Cambio Password");
    again
}

#[tokio::test]
async fn every_page_of_the_draft_leads_to_the_change_of_password() {
    let app = TestApp::start().await;
    let mut family = back_with_temporary(&app).await;
    let draft = family.draft();
    let change = ChangePassword { draft }.path();
    let nothing = uuid::Uuid::from_u128(7).to_string();
    let mut tried = 0;
    for info in routes::all().filter(|info| info.audience == Audience::Draft) {
        let path = cast::path_of(info, &draft.to_string(), &nothing, &nothing);
        if path == change {
            continue;
        }
        for verb in info.methods {
            let page = match verb {
                Verb::Get => family.browser.get(&path).await,
                Verb::Post => {
                    family.browser.post(&Form::by_hand(&path, &[("_action", "save")])).await
                }
            };
            assert_eq!(page.status, 303, "{verb:?} {path}");
            assert_eq!(page.location(), Some(change.as_str()), "{verb:?} {path}");
            tried += 1;
        }
    }
    assert!(tried >= 14, "{tried} doors");
}

#[tokio::test]
async fn the_way_out_stays_open() {
    let app = TestApp::start().await;
    let mut family = back_with_temporary(&app).await;
    assert!(family.page.has("header form[action='/esci']"));
    let page = family
        .browser
        .request(Method::GET, "/", axum::http::HeaderMap::default(), Vec::new())
        .await;
    assert_eq!(page.status, 200);
}
