//! Signing in to the office: password and code together, one answer for everything wrong, no code twice.

use jiff::SignedDuration;
use routes::{
    Route as _,
    office::{OfficeApplications, OfficeSignOut},
};
use support::{app::TestApp, form::Form, officer::Officer, page::Page, words::it};

async fn try_sign_in<'p>(
    officer: &'p mut Officer<'_>,
    email: &str,
    password: &str,
    code: &str,
) -> &'p Page {
    email.clone_into(&mut officer.email);
    officer.sign_in_with(password, code).await
}

#[tokio::test]
async fn an_officer_from_the_command_line_enters_with_password_and_code() {
    let app = TestApp::start().await;
    let mut officer = Officer::create(&app, "alfa", 1).await;
    officer.sign_in().await;
    assert_eq!(officer.page.title(), it("office.applications.title"));
    assert!(officer.page.text().contains("Carla Finta"), "the page says who is in");
}

#[tokio::test]
async fn a_wrong_address_password_or_code_is_one_answer() {
    let app = TestApp::start().await;
    let mut officer = Officer::create(&app, "alfa", 1).await;
    let (email, password, code) = (officer.email.clone(), officer.password.clone(), officer.code());
    let wrong_code = format!("{:06}", (code.parse::<u32>().unwrap() + 1) % 1_000_000);
    let mut answers = Vec::new();
    for (email, password, code) in [
        ("nessuno@alfa.example", password.as_str(), code.as_str()),
        (&email, "una password sbagliata", &code),
        (&email, &password, &wrong_code),
        (&email, &password, ""),
        (&email, &password, "abcdef"),
    ] {
        let page = try_sign_in(&mut officer, email, password, code).await;
        assert_eq!(page.status, 422);
        assert!(page.text().contains(&it("errors.office_sign_in.wrong")));
        assert!(page.value("password").is_empty() && page.value("code").is_empty());
        answers.push(page.html().replace(email, "ADDRESS"));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "the same bytes");
    officer.open(&OfficeApplications {}).await;
    assert!(officer.page.path.ends_with("/ufficio/accesso"), "nobody is in");
}

#[tokio::test]
async fn a_code_opens_the_door_once() {
    let app = TestApp::start().await;
    let mut officer = Officer::create(&app, "alfa", 1).await;
    officer.sign_in().await;
    let (email, password, code) = (officer.email.clone(), officer.password.clone(), officer.code());
    let mut watcher = Officer { browser: support::browser::Browser::at(&app, "alfa"), ..officer };
    assert_eq!(try_sign_in(&mut watcher, &email, &password, &code).await.status, 422);
    app.clock.advance(SignedDuration::from_secs(29));
    assert_eq!(
        try_sign_in(&mut watcher, &email, &password, &code).await.status,
        422,
        "still shown"
    );
    app.clock.advance(SignedDuration::from_secs(31));
    watcher.sign_in().await;
}

#[tokio::test]
async fn after_eight_wrong_tries_there_is_a_pause_whether_or_not_the_address_is_known() {
    let app = TestApp::start().await;
    let mut officer = Officer::create(&app, "alfa", 1).await;
    let (email, password) = (officer.email.clone(), officer.password.clone());
    let mut answers = Vec::new();
    for address in [email.as_str(), "nessuno@alfa.example"] {
        for _ in 0..8 {
            let code = officer.code();
            let page = try_sign_in(&mut officer, address, "sbagliata ancora", &code).await;
            assert!(page.text().contains(&it("errors.office_sign_in.wrong")));
        }
        let code = officer.code();
        let page = try_sign_in(&mut officer, address, &password, &code).await;
        assert!(page.text().contains(&it("errors.office_sign_in.paused")), "even the right one");
        answers.push(page.html().replace(address, "ADDRESS"));
    }
    assert_eq!(answers[0], answers[1], "the same bytes");
    officer.email = email;
    app.clock.advance(SignedDuration::from_mins(16));
    officer.sign_in().await;
}

#[tokio::test]
async fn an_officers_account_is_good_at_its_own_comune_only() {
    let app = TestApp::start().await;
    let officer = Officer::create(&app, "alfa", 1).await;
    let mut elsewhere = Officer { browser: support::browser::Browser::at(&app, "beta"), ..officer };
    let (email, password) = (elsewhere.email.clone(), elsewhere.password.clone());
    let code = elsewhere.code();
    assert_eq!(try_sign_in(&mut elsewhere, &email, &password, &code).await.status, 422);
}

#[tokio::test]
async fn an_address_has_one_account() {
    let app = TestApp::start().await;
    let officer = Officer::create(&app, "alfa", 1).await;
    let new = operations::officers::NewOfficer {
        email: domain::EmailAddress::parse(&officer.email.to_uppercase()).unwrap(),
        name: "Carla Finta".into(),
    };
    let ctx = app.ctx(app.tenant("alfa"), domain::Actor::Platform);
    let again = operations::officers::create(&ctx, &app.platform, &new).await.unwrap();
    assert!(again.is_none());
}

#[tokio::test]
async fn whoever_leaves_the_office_is_out_on_the_server() {
    let app = TestApp::start().await;
    let mut officer = Officer::arrive(&app, "alfa").await;
    let mut kept = officer.browser.twin();
    let form = Form::by_hand(&OfficeSignOut {}.path(), &[]);
    officer.send(form).await;
    assert_eq!(officer.page.title(), it("office.signed_out.title"));
    let page = kept.open(&OfficeApplications {}.path()).await;
    assert!(page.path.ends_with("/ufficio/accesso"), "a kept cookie opens nothing: {page:?}");
}

#[tokio::test]
async fn a_disabled_account_is_out_at_the_next_page() {
    let app = TestApp::start().await;
    let mut officer = Officer::arrive(&app, "alfa").await;
    let mut connection = app.database.app().await;
    let disable = format!(
        "BEGIN; SET LOCAL app.tenant = '{}'; UPDATE officer SET disabled_at = now(); COMMIT",
        app.tenant("alfa")
    );
    support::sql::execute(&mut connection, &disable).await.unwrap();
    officer.open(&OfficeApplications {}).await;
    assert!(officer.page.path.ends_with("/ufficio/accesso"), "{:?}", officer.page);
    let (email, password, code) = (officer.email.clone(), officer.password.clone(), officer.code());
    assert_eq!(try_sign_in(&mut officer, &email, &password, &code).await.status, 422);
}
