//! What is sealed opens in its own place only: not for another comune, row or column.

use support::{app::TestApp, family::Family, inside};

#[tokio::test]
async fn answers_moved_to_another_row_do_not_open() {
    let app = TestApp::start().await;
    let mut first = Family::arrive(&app, "alfa", 1).await;
    first.begin().await;
    first.answer("save").await;
    let mut second = Family::arrive(&app, "alfa", 2).await;
    second.begin().await;
    second.answer("save").await;
    let (from, to) = (first.draft(), second.draft());
    let swap = format!(
        "UPDATE draft SET answers_enc = (SELECT answers_enc FROM draft WHERE id = '{from}') WHERE id = '{to}'"
    );
    inside::change(&app, "alfa", &swap).await;
    let page = second.open(&routes::enrol::Status { draft: to }).await;
    assert_eq!(page.status, 500, "tampering is an error, never another family's page");
    assert!(!page.text().contains(&first.pupil.codice_fiscale().as_str().to_owned()));
    let page = first.open(&routes::enrol::Status { draft: from }).await;
    assert_eq!(page.status, 200);
}

#[tokio::test]
async fn a_changed_octet_does_not_open() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.begin().await;
    let draft = family.draft();
    let flip = format!(
        "UPDATE draft SET answers_enc = set_byte(answers_enc, length(answers_enc) - 1,
                                                 get_byte(answers_enc, length(answers_enc) - 1) # 1)
          WHERE id = '{draft}'"
    );
    inside::change(&app, "alfa", &flip).await;
    let page = family.open(&routes::enrol::Status { draft }).await;
    assert_eq!(page.status, 500);
    assert!(page.text().len() > 100, "a page, not a blank");
}

#[tokio::test]
async fn a_lost_key_erases_a_comune_and_no_other() {
    let app = TestApp::start().await;
    let mut alfa = Family::arrive(&app, "alfa", 1).await;
    alfa.begin().await;
    let mut beta = Family::arrive(&app, "beta", 1).await;
    beta.begin().await;
    let mut owner = app.database.owner().await;
    let erase = format!(
        "BEGIN; SET LOCAL app.tenant = '{}'; DELETE FROM tenant_key; COMMIT",
        app.tenant("alfa")
    );
    support::sql::execute(&mut owner, &erase).await.unwrap();
    // A process that never had the key in memory.
    let fresh = app.replica().await;
    alfa.browser.router = fresh.clone();
    beta.browser.router = fresh;
    let draft = alfa.draft();
    assert_ne!(alfa.open(&routes::enrol::Status { draft }).await.status, 200);
    let draft = beta.draft();
    assert_eq!(beta.open(&routes::enrol::Status { draft }).await.status, 200);
}
