//! Whether a codice fiscale is known shows in nothing: status, bytes, headers, nor in how much work is done.

use support::{app::TestApp, family::Family, page::Page};

/// The same bytes for everybody: ids, the typed code and the one-time names of answers are taken out.
fn neutral(page: &Page, family: &Family<'_>) -> String {
    let ids = regex::Regex::new("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").unwrap();
    let mut headers: Vec<String> = page
        .headers
        .iter()
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap_or_default()))
        .collect();
    headers.sort();
    let session = regex::Regex::new("(__Host-[a-z_]+)=[^;]*").unwrap();
    let whole = format!(
        "{}\n{}\n{}",
        page.status,
        headers.join("\n"),
        String::from_utf8_lossy(&page.bytes)
    );
    let whole = whole.replace(family.pupil.codice_fiscale().as_str(), "CODE");
    let whole = regex::Regex::new("x-request-id: .*").unwrap().replace_all(&whole, "").into_owned();
    session.replace_all(&ids.replace_all(&whole, "ID"), "$1=SECRET").into_owned()
}

/// One post at the door by a fresh browser: the answer, and the queries that it took.
async fn knock(app: &TestApp, number: u16, password: &str) -> (String, Vec<String>) {
    let mut family = Family::arrive(app, "alfa", number).await;
    let code = family.pupil.codice_fiscale().as_str().to_owned();
    let form = family.open(&routes::enrol::CredentialDoor {}).await.form();
    let form = form.fill("codice_fiscale", &code).fill("password", password);
    let before = app.logs.queries().len();
    let page = family.browser.post(&form).await;
    (neutral(&page, &family), app.logs.queries().split_off(before))
}

#[tokio::test]
async fn a_known_and_an_unknown_codice_fiscale_get_the_same_bytes_for_the_same_queries() {
    let app = TestApp::start().await;
    Family::arrive(&app, "alfa", 1).await.enrol().await;
    Family::arrive(&app, "beta", 2).await.enrol().await;
    app.work().await;
    for password in ["", "una password sbagliata", "AAAA-BBBB-CCCC-DDDD-EEEE"] {
        // The first asking of a process also fetches keys and prepares statements.
        knock(&app, 9, password).await;
        let (known, work) = knock(&app, 1, password).await;
        assert!(work.len() >= 4, "the queries can be counted: {work:?}");
        for (number, what) in [(3, "unknown"), (2, "known to another comune")] {
            let (answer, same_work) = knock(&app, number, password).await;
            assert_eq!(answer, known, "{what}");
            assert_eq!(same_work, work, "{what}");
        }
    }
}

#[tokio::test]
async fn a_paused_codice_fiscale_is_paused_whether_or_not_it_is_known() {
    let app = TestApp::start().await;
    Family::arrive(&app, "alfa", 1).await.enrol().await;
    let mut tries = Vec::new();
    for number in [1, 2] {
        let mut answers = Vec::new();
        for _ in 0..13 {
            answers.push(knock(&app, number, "sbagliata davvero").await.0);
        }
        tries.push(answers);
    }
    assert!(tries[0].last().unwrap().starts_with("429"), "paused in the end");
    assert_eq!(tries[0], tries[1]);
}

#[tokio::test]
async fn a_malformed_codice_fiscale_costs_no_query_at_all() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    let form = family.open(&routes::enrol::CredentialDoor {}).await.form();
    let before = app.logs.queries().len();
    let page = family.browser.post(&form.fill("codice_fiscale", "XXXXXX00X00X000X")).await;
    assert_eq!(page.status, 422);
    assert_eq!(app.logs.queries().len(), before);
}
