//! The office's list: what it finds, what it filters, how it goes on, and that it names nobody in an address.

use routes::office::{OfficeApplications, OfficeHome};
use std::collections::BTreeSet;
use support::{app::TestApp, applications, family::Family, officer::Officer, words::it};

async fn search(officer: &mut Officer<'_>, text: &str) {
    let form = officer.open(&OfficeApplications {}).await.form_with("[name=text]");
    officer.send(form.fill("text", text)).await;
}

fn pupils(officer: &Officer<'_>) -> Vec<String> {
    officer.page.texts("tbody td:nth-child(2)")
}

async fn with_names<'a>(app: &'a TestApp, names: &[&str]) -> Officer<'a> {
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    applications::store(app, "alfa", &names).await;
    Officer::arrive(app, "alfa").await
}

#[tokio::test]
async fn an_empty_list_says_what_will_be_there() {
    let app = TestApp::start().await;
    let mut officer = Officer::arrive(&app, "alfa").await;
    officer.open(&OfficeHome {}).await;
    assert!(officer.page.text().contains(&it("office.applications.empty_title")));
    assert!(!officer.page.has("table") && !officer.page.has("[name=text]"));
}

#[tokio::test]
async fn a_line_says_number_pupil_school_day_and_state() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.enrol().await;
    let mut officer = Officer::arrive(&app, "alfa").await;
    officer.open(&OfficeApplications {}).await;
    let cells = officer.page.texts("tbody th, tbody td");
    let expected =
        ["2026/000001", "Esempio Giulia", "Primaria Alfa Uno", "15/09/2026 09:30:00", "Inviata"];
    assert_eq!(cells, expected);
}

#[tokio::test]
async fn surnames_are_found_by_their_beginning_without_accents_capitals_or_apostrophes() {
    let app = TestApp::start().await;
    let names =
        ["Nicolò Prova", "D'Angelo Prova", "Müller Prova", "Nicoletti Prova", "Zorzi Nicola"];
    let mut officer = with_names(&app, &names).await;
    for (typed, found) in [
        ("nicolo", vec!["Nicolò Prova"]),
        ("NICOL", vec!["Nicoletti Prova", "Nicolò Prova"]),
        ("  nicolò  p", vec!["Nicolò Prova"]),
        ("dangelo", vec!["D'Angelo Prova"]),
        ("D’Angelo", vec!["D'Angelo Prova"]),
        ("muller", vec!["Müller Prova"]),
        ("zorzi nic", vec!["Zorzi Nicola"]),
        ("nicola", vec![]),
        (
            "%",
            vec![
                "D'Angelo Prova",
                "Müller Prova",
                "Nicoletti Prova",
                "Nicolò Prova",
                "Zorzi Nicola",
            ],
        ),
        ("nicol_", vec!["Nicoletti Prova", "Nicolò Prova"]),
    ] {
        search(&mut officer, typed).await;
        let mut seen = pupils(&officer);
        seen.sort();
        assert_eq!(seen, found, "{typed}");
        assert_eq!(officer.page.attributes("[name=text]", "value"), [typed.trim()]);
        if found.is_empty() {
            assert!(officer.page.text().contains(&it("office.applications.none_found")));
        }
    }
}

#[tokio::test]
async fn a_pupil_is_found_by_its_whole_codice_fiscale() {
    let app = TestApp::start().await;
    for number in [1, 2] {
        Family::arrive(&app, "alfa", number).await.enrol().await;
    }
    let mut officer = Officer::arrive(&app, "alfa").await;
    let code = support::people::Person::pupil(2).codice_fiscale();
    search(&mut officer, &format!(" {} ", code.as_str().to_lowercase())).await;
    assert_eq!(pupils(&officer), ["Esempio Luca"]);
    search(&mut officer, &code.as_str()[..10]).await;
    assert!(pupils(&officer).is_empty(), "a part of it finds nothing");
}

#[tokio::test]
async fn the_filter_shows_one_state_and_how_many_there_are_of_each() {
    let app = TestApp::start().await;
    for number in [1, 2, 3] {
        Family::arrive(&app, "alfa", number).await.enrol().await;
    }
    let mut officer = Officer::arrive(&app, "alfa").await;
    let first = officer.numbered("2026/000001").await;
    officer.confirm(first).await;
    officer.open(&OfficeApplications {}).await;
    let filters = officer.page.texts(".filter-list a");
    assert_eq!(filters, ["Tutte (3)", "Inviata (2)", "Confermato (1)"]);
    officer.page = officer.browser.open("/ufficio/domande?stato=confirmed").await;
    assert_eq!(officer.page.texts("tbody th"), ["2026/000001"]);
    assert_eq!(officer.page.texts("[aria-current=page]"), ["Confermato (1)"]);
    let form = officer.page.form_with("[name=text]").fill("text", "esempio l");
    officer.send(form).await;
    assert!(pupils(&officer).is_empty(), "a search keeps the filter");
    officer.page = officer.browser.open("/ufficio/domande?stato=nonsense").await;
    assert_eq!(officer.page.texts("tbody th").len(), 3, "an unknown state filters nothing");
}

#[tokio::test]
async fn fifty_are_shown_and_the_next_page_shows_the_others_each_once() {
    let app = TestApp::start().await;
    let names: Vec<String> = (0..120).map(|number| format!("Lungo{number:03} Elenco")).collect();
    applications::store(&app, "alfa", &names).await;
    // Some were sent at the very same instant.
    let same = "UPDATE application SET last_submitted_at = '2026-09-15T06:00:00Z' WHERE number BETWEEN 40 AND 60";
    support::inside::change(&app, "alfa", same).await;
    let mut officer = Officer::arrive(&app, "alfa").await;
    officer.open(&OfficeApplications {}).await;
    let mut pages = vec![pupils(&officer)];
    let next = "main a[href*='da=']";
    while let Some(link) = officer.page.attributes(next, "href").pop() {
        officer.page = officer.browser.follow(&link).await;
        pages.push(pupils(&officer));
    }
    assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [50, 50, 20]);
    let all: BTreeSet<String> = pages.concat().into_iter().collect();
    assert_eq!(all.len(), 120, "each once");
    assert_eq!(pages[0][0], "Lungo000 Elenco", "the newest first");
}

#[tokio::test]
async fn exactly_fifty_make_one_page() {
    let app = TestApp::start().await;
    let names: Vec<String> = (0..50).map(|number| format!("Giusto{number} Elenco")).collect();
    applications::store(&app, "alfa", &names).await;
    let mut officer = Officer::arrive(&app, "alfa").await;
    officer.open(&OfficeApplications {}).await;
    assert_eq!(pupils(&officer).len(), 50);
    assert!(!officer.page.has("main a[href*='da=']"));
}

#[tokio::test]
async fn a_search_that_finds_more_than_a_page_says_so() {
    let app = TestApp::start().await;
    let names: Vec<String> = (0..51).map(|number| format!("Comune{number:02} Cognome")).collect();
    applications::store(&app, "alfa", &names).await;
    let mut officer = Officer::arrive(&app, "alfa").await;
    search(&mut officer, "comune").await;
    assert_eq!(pupils(&officer).len(), 50);
    assert!(
        officer.page.text().contains(&it("office.applications.more")),
        "nothing is cut in silence"
    );
}

#[tokio::test]
async fn an_odd_place_to_go_on_from_shows_the_beginning() {
    let app = TestApp::start().await;
    let mut officer = with_names(&app, &["Solo Uno"]).await;
    for query in ["da=ieri", "da=2026-09-15T09:30:00Z", "id=00000000-0000-7000-8000-000000000001"] {
        officer.page = officer.browser.open(&format!("/ufficio/domande?{query}")).await;
        assert_eq!(pupils(&officer), ["Solo Uno"], "{query}");
    }
}
