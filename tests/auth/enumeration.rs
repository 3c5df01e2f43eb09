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

/// Comes back with the password of the letter and chooses one.
async fn choose_password(app: &TestApp, number: u16, chosen: &str) {
    let mut family = Family::arrive(app, "alfa", number).await;
    family.enrol().await;
    let password = family.letter_password().await;
    let mut later = Family::arrive(app, "alfa", number).await;
    later.sign_in(&password).await;
    let form = later.page.form_with("input[type=password]");
    let names = form.controls().to_vec();
    app.logs.watch_words([chosen.to_owned()]);
    let page = later.send(form.fill(&names[0], chosen).fill(&names[1], chosen)).await;
    assert!(page.path.ends_with("/stato"), "{page:?}");
}

fn checks(app: &TestApp) -> usize {
    app.logs.text().matches("a password is checked").count()
}

#[tokio::test]
async fn a_chosen_password_a_temporary_one_and_none_cost_the_same_checks_and_queries() {
    let app = TestApp::start().await;
    choose_password(&app, 1, "cavallo lampada nuvola").await;
    Family::arrive(&app, "alfa", 2).await.enrol().await;
    app.work().await;
    let mut costs = Vec::new();
    // The first asking of a process also fetches keys and prepares statements.
    for number in [9, 1, 2, 3] {
        let before = checks(&app);
        let (answer, work) = knock(&app, number, "una password sbagliata").await;
        costs.push((answer, work, checks(&app) - before));
    }
    let unknown = costs.pop().expect("a cost");
    assert!(unknown.2 > 0, "also where there is no password to check");
    assert_eq!(costs[1], unknown, "a chosen password");
    assert_eq!(costs[2], unknown, "a temporary password");
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
