//! «Invia Iscrizione»: one application with one number, however often and however hastily it is pressed.

use routes::{
    Route as _,
    enrol::{Status, Summary},
};
use support::{app::TestApp, family::Family, form::Form, sql, words::it};

/// A family in front of its complete summary.
async fn ready<'a>(app: &'a TestApp, slug: &str, number: u16) -> Family<'a> {
    let mut family = Family::arrive(app, slug, number).await;
    family.begin().await;
    family.fill_in().await;
    family
}

#[tokio::test]
async fn a_double_click_makes_one_application_with_one_number() {
    let app = TestApp::start().await;
    let mut family = ready(&app, "alfa", 1).await;
    let form = family.signed_summary();
    family.send(form.clone()).await;
    let first = family.number();
    family.send(form).await;
    assert_eq!(family.number(), first);
    assert_eq!(applications(&app).await, 1);
    assert_eq!(sent_mails(&family).await, 1);
}

#[tokio::test]
async fn going_back_and_sending_again_shows_the_same_number() {
    let app = TestApp::start().await;
    let mut family = ready(&app, "alfa", 1).await;
    family.submit().await;
    let first = family.number();
    family.open_summary().await;
    family.submit().await;
    assert_eq!(family.number(), first);
    assert_eq!(applications(&app).await, 1);
    assert_eq!(sent_mails(&family).await, 1);
}

#[tokio::test]
async fn fifty_presses_at_once_make_one_application_and_all_answers_show_it() {
    let app = TestApp::start().await;
    let family = ready(&app, "alfa", 1).await;
    let form = family.signed_summary();
    let mut browsers: Vec<_> = (0..50).map(|_| family.browser.twin()).collect();
    let presses = browsers.iter_mut().map(|browser| browser.send(form.clone()));
    let pages = support::together(presses).await;
    for page in &pages {
        assert!(page.path.ends_with("/inviata"), "{page:?}");
        assert_eq!(page.texts("dd strong"), ["2026/000001"]);
    }
    assert_eq!(applications(&app).await, 1);
    assert_eq!(sent_mails(&family).await, 1);
}

#[tokio::test]
async fn numbers_have_no_gaps_even_when_many_families_send_at_once() {
    let app = TestApp::start().await;
    let mut families = Vec::new();
    for number in 1..=12 {
        families.push(ready(&app, "alfa", number).await);
    }
    let sendings = families.iter_mut().map(async |family| {
        family.submit().await;
        family.number()
    });
    let mut numbers = support::together(sendings).await;
    numbers.sort();
    let expected: Vec<String> = (1..=12).map(|number| format!("2026/{number:06}")).collect();
    assert_eq!(numbers, expected);
    let beta = ready(&app, "beta", 1).await.submitted_number().await;
    assert_eq!(beta, "2026/000001", "each comune counts for itself");
}

#[tokio::test]
async fn without_the_boxes_nothing_is_sent_and_the_boxes_say_so() {
    let app = TestApp::start().await;
    let mut family = ready(&app, "alfa", 1).await;
    let form = family.page.form_with("[name=privacy]");
    let page = family.send(form.clone()).await;
    assert_eq!(page.status, 422);
    assert!(
        page.error("privacy").contains(&it("errors.privacy_missing")),
        "{:?}",
        page.error_links()
    );
    assert!(page.error("declarations").contains(&it("errors.declarations_missing")));
    let half = form.fill("declarations", "yes");
    let page = family.send(half).await;
    assert!(page.error("declarations").is_empty());
    assert_eq!(page.value("declarations"), "yes", "a tick stays");
    assert_eq!(applications(&app).await, 0);
}

#[tokio::test]
async fn what_changed_after_the_summary_was_shown_is_shown_before_it_is_sent() {
    let app = TestApp::start().await;
    let mut family = ready(&app, "alfa", 1).await;
    let old_summary = family.signed_summary();
    let draft = family.draft();
    family.open(&routes::enrol::Step { draft, step: "guardian".into() }).await;
    let form = family.page.form_with("[name=_revision]").fill("guardian_phone", "+39 333 2222222");
    family.send(form.press("next")).await;
    let page = family.send(old_summary).await;
    assert_eq!(page.status, 422);
    assert!(page.text().contains(&it("errors.summary_stale")));
    assert!(page.text().contains("2222222"), "the newest answers");
    assert_eq!(applications(&app).await, 0);
}

#[tokio::test]
async fn a_draft_of_another_family_cannot_be_sent() {
    let app = TestApp::start().await;
    let family = ready(&app, "alfa", 1).await;
    let mut other = ready(&app, "alfa", 2).await;
    let path = Summary { draft: family.draft() }.path();
    let form = Form::by_hand(
        &path,
        &[
            ("_revision", &family.page.value("_revision")),
            ("privacy", "yes"),
            ("declarations", "yes"),
        ],
    );
    assert_eq!(other.send(form).await.status, 404);
    assert_eq!(applications(&app).await, 0);
}

#[tokio::test]
async fn another_person_enrolling_the_same_child_is_neither_told_nor_stopped() {
    let app = TestApp::start().await;
    let mut first = ready(&app, "alfa", 1).await;
    first.submit().await;
    let mut second = Family::arrive(&app, "alfa", 1).await;
    second.guardian = support::people::Person::guardian(500);
    second = {
        let pupil = second.pupil.clone();
        second.with_sibling(pupil, "alfa")
    };
    second.enrol().await;
    assert_eq!(second.number(), "2026/000002");
    assert!(!second.page.text().contains("2026/000001"));
    assert_eq!(applications(&app).await, 2, "the office sees both");
}

#[tokio::test]
async fn a_second_child_of_the_same_parent_is_another_application_in_the_same_session() {
    let app = TestApp::start().await;
    let mut family = ready(&app, "alfa", 1).await;
    family.submit().await;
    let first = family.draft();
    app.clock.advance(jiff::SignedDuration::from_mins(3));
    let mut family = family.with_sibling(support::people::Person::pupil(2), "alfa");
    family.enrol().await;
    assert_eq!(family.number(), "2026/000002");
    family.open(&Status { draft: first }).await;
    assert_eq!(family.page.status, 200, "both children stay open side by side");
    assert_eq!(credentials(&app).await, 1, "the parent keeps the code");
}

#[tokio::test]
async fn what_is_kept_of_an_application_cannot_be_read_in_the_database() {
    let app = TestApp::start().await;
    let mut family = ready(&app, "alfa", 1).await;
    family.submit().await;
    let mut owner = app.database.owner().await;
    let tenant = app.tenant("alfa");
    let words = [
        family.pupil.codice_fiscale().as_str().to_owned(),
        family.guardian.codice_fiscale().as_str().to_owned(),
        family.guardian.email.clone(),
        "Via delle Prove".to_owned(),
        "333 0000000".to_owned(),
    ];
    for table in support::rows::tenant_tables(&mut owner).await {
        sql::execute(&mut owner, &format!("BEGIN; SET LOCAL app.tenant = '{tenant}'"))
            .await
            .unwrap();
        let query = format!("SELECT COALESCE(string_agg(t::text, ' '), '') FROM {table} t");
        let rows: String = sql::value(&mut owner, &query).await.unwrap();
        sql::execute(&mut owner, "ROLLBACK").await.unwrap();
        for word in &words {
            assert!(!rows.contains(word), "{table} holds something readable");
            let hexadecimal: String = word.bytes().map(|byte| format!("{byte:02x}")).collect();
            assert!(!rows.contains(&hexadecimal), "{table} holds something readable");
        }
    }
}

async fn applications(app: &TestApp) -> i64 {
    count(app, "application").await
}

async fn credentials(app: &TestApp) -> i64 {
    count(app, "credential").await
}

async fn count(app: &TestApp, table: &str) -> i64 {
    let mut connection = app.database.app().await;
    let begin = format!("BEGIN; SET LOCAL app.tenant = '{}'", app.tenant("alfa"));
    sql::execute(&mut connection, &begin).await.unwrap();
    sql::value(&mut connection, &format!("SELECT count(*) FROM {table}")).await.unwrap()
}

async fn sent_mails(family: &Family<'_>) -> usize {
    let mails = family.mails().await;
    mails.iter().filter(|mail| mail.subject.contains("2026/000001")).count()
}
