//! What the office reads of the ratings: sums, free texts page by page, a table for a spreadsheet.

use domain::{
    Actor,
    rating::{Aspect, RatedPage, Stars},
};
use operations::ratings;
use routes::{
    Route as _,
    office::{OfficeRatings, OfficeRatingsFile},
};
use support::{app::TestApp, browser::Browser, inside, officer::Officer, words::it};

/// Somebody rates the end of an enrolment of alfa.
async fn rate(app: &TestApp, stars: i16, answer: Option<Aspect>, text: Option<&str>) {
    let ctx = app.ctx(app.tenant("alfa"), Actor::Anonymous);
    let stars = Stars::from_number(stars).unwrap();
    let id = ratings::give(&ctx, &app.platform, RatedPage::Submitted, stars).await.unwrap();
    ratings::explain(&ctx, &app.platform, id, answer, text).await.unwrap();
}

#[tokio::test]
async fn the_office_sees_the_average_and_counts_per_star_and_answer() {
    let app = TestApp::start().await;
    rate(&app, 5, Some(Aspect::Clear), None).await;
    rate(&app, 5, Some(Aspect::Clear), None).await;
    rate(&app, 4, None, None).await;
    rate(&app, 1, Some(Aspect::Clear), Some("Non capivo i passi")).await;
    let mut officer = Officer::arrive(&app, "alfa").await;
    let page = officer.browser.open(&OfficeRatings {}.path()).await;
    assert_eq!(page.texts(".rating-average"), ["3,8"]);
    let rows = page.texts("section[aria-labelledby=stars] tbody tr");
    assert_eq!(rows[0], "5 stelle su 5 2 50");
    assert_eq!(rows[4], "1 stella su 5 1 25");
    assert_eq!(page.fact("Le indicazioni erano chiare").as_deref(), Some("2"));
    assert_eq!(page.fact("A volte le indicazioni non erano chiare").as_deref(), Some("1"));
    assert!(page.text().contains("Non capivo i passi"));
}

#[tokio::test]
async fn free_texts_come_newest_first_and_page_by_page() {
    let app = TestApp::start().await;
    for number in 1..=23 {
        rate(&app, 3, None, Some(&format!("commento {number:02}"))).await;
        app.clock.advance(jiff::SignedDuration::from_hours(24));
    }
    let mut officer = Officer::arrive(&app, "alfa").await;
    let first = officer.browser.open(&OfficeRatings {}.path()).await;
    let texts = first.texts("section[aria-labelledby=texts] tbody td:last-child");
    assert_eq!(
        (texts.len(), texts[0].as_str(), texts[19].as_str()),
        (20, "commento 23", "commento 04")
    );
    let next = first.attributes("main .buttons a", "href");
    let rest = officer.browser.get(&next[0]).await;
    let texts = rest.texts("section[aria-labelledby=texts] tbody td:last-child");
    assert_eq!(texts, ["commento 03", "commento 02", "commento 01"]);
}

#[tokio::test]
async fn the_table_for_a_spreadsheet_holds_no_formula_and_its_taking_is_recorded() {
    let app = TestApp::start().await;
    rate(&app, 2, Some(Aspect::Technical), Some("=HYPERLINK(\"http://x\")")).await;
    let mut officer = Officer::arrive(&app, "alfa").await;
    let file = officer.browser.open(&OfficeRatingsFile {}.path()).await;
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert!(file.header("content-disposition").starts_with("attachment"));
    let lines: Vec<&str> = file.html().lines().collect();
    assert_eq!(lines[0], "\u{feff}\"Giorno\";\"Pagina\";\"Stelle\";\"Risposta\";\"Commento\"");
    let line = "\"2026-09-15\";\"Fine dell'iscrizione\";\"2\";\"Ho avuto problemi tecnici\";\
                \"'=HYPERLINK(\"\"http://x\"\")\"";
    assert_eq!(lines[1], line);
    let recorded = "SELECT count(*) FROM audit_event WHERE verb = 'ratings_exported'";
    assert_eq!(inside::value::<i64>(&app, "alfa", recorded).await, 1);
}

#[tokio::test]
async fn another_office_sees_nothing_and_nobody_else_anything() {
    let app = TestApp::start().await;
    rate(&app, 1, None, Some("solo per Alfa")).await;
    let mut foreign = Officer::arrive(&app, "beta").await;
    let page = foreign.browser.open(&OfficeRatings {}.path()).await;
    assert!(page.text().contains(&it("office.ratings.empty_title")));
    for path in [OfficeRatings {}.path(), OfficeRatingsFile {}.path()] {
        let refused = Browser::at(&app, "alfa").get(&path).await;
        assert_eq!(refused.location(), Some("/ufficio/accesso"), "{path}: {refused:?}");
    }
}
