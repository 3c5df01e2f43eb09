//! The database restarts while families write: a friendly page, nothing typed lost, and on it goes.

use routes::enrol::Step;
use support::{
    app::{Options, TestApp},
    browser::Browser,
    family::Family,
    outage::Way,
    words::it,
};

#[tokio::test]
async fn while_the_database_is_away_pages_say_so_and_keep_what_was_typed() {
    let app = TestApp::start().await;
    let mut way = Way::open().await;
    let mut browser = Browser::at(&app, "alfa");
    browser.router = app.replica_by(way.pool(&app.database)).await;
    let mut family = Family::arrive_with(browser, "alfa", 1).await;
    family.begin().await;
    let form = family.filled().fill("residence.street", "Via \"Lunga\" & <larga>").press("next");
    way.cut().await;
    family.send(form).await;
    let page = &family.page;
    assert_eq!(page.status, 503);
    assert_eq!(page.title(), it("errors.unavailable.title"));
    assert_eq!(page.header("retry-after"), "30");
    assert!(page.text().contains(&it("errors.resend.text")));
    assert_eq!(page.value("residence.street"), "Via \"Lunga\" & <larga>");
    assert!(page.text().contains("+39 099 0000001"), "whom to call stays on the page");
    way.mend().await;
    let again = family.page.form_with("[name='residence.street']");
    family.send(again).await;
    assert!(family.page.path.ends_with("/passo/guardian"), "{:?}", family.page);
    let draft = family.draft();
    family.open(&Step { draft, step: "pupil".into() }).await;
    assert_eq!(family.page.value("residence.street"), "Via \"Lunga\" & <larga>");
}

#[tokio::test]
async fn the_start_page_and_the_probes_tell_an_outage_apart() {
    let app = TestApp::start().await;
    let mut way = Way::open().await;
    let mut browser = Browser::at(&app, "alfa");
    browser.router = app.replica_by(way.pool(&app.database)).await;
    assert_eq!(browser.get("/readyz").await.status, 200);
    way.cut().await;
    assert_eq!(browser.get("/livez").await.status, 200, "the process lives");
    assert_eq!(browser.get("/readyz").await.status, 503, "but cannot serve");
    let start = browser.get("/").await;
    assert_eq!(start.status, 200, "windows and contacts need no database");
    assert!(start.text().contains("Mensa di Alfa"));
    way.mend().await;
    assert_eq!(browser.get("/readyz").await.status, 200);
}

#[tokio::test]
async fn a_sending_that_the_outage_swallowed_is_sent_once() {
    let app = TestApp::start().await;
    let mut way = Way::open().await;
    let mut browser = Browser::at(&app, "alfa");
    browser.router = app.replica_by(way.pool(&app.database)).await;
    let mut family = Family::arrive_with(browser, "alfa", 1).await;
    family.begin().await;
    family.fill_in().await;
    let form = family.signed_summary();
    way.cut().await;
    assert_eq!(family.send(form).await.status, 503);
    way.mend().await;
    let again = family.page.form_with("[name=privacy]");
    family.send(again).await;
    assert_eq!(family.number(), "2026/000001");
    assert_eq!(support::inside::count(&app, "alfa", "application").await, 1);
}

#[tokio::test]
async fn jobs_wait_out_an_outage() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.start().await;
    family.ask_for_code().await;
    let mut way = Way::open().await;
    let mut worker = app.worker.clone();
    worker.platform.pool = way.pool(&app.database);
    way.cut().await;
    assert!(worker.work_one().await.is_err(), "it says so and does not panic");
    way.mend().await;
    assert!(worker.work_one().await.unwrap());
    assert_eq!(app.sink.messages().len(), 1);
}

#[tokio::test]
async fn without_redis_budgets_are_halved_per_process_and_families_finish() {
    let redis_url = "redis://127.0.0.1:1/".to_owned();
    let app = TestApp::start_with(Options { redis_url, ..Options::default() }).await;
    let mut statuses = Vec::new();
    for number in 1..=3 {
        let mut family = Family::arrive(&app, "alfa", number).await;
        family.guardian = family.guardian.clone().with_email("anna.comune");
        family.start().await;
        statuses.push(family.ask_for_code().await.status.as_u16());
    }
    assert_eq!(statuses, [200, 200, 429], "two of three an hour");
    let mut family = Family::arrive(&app, "alfa", 4).await;
    family.enrol().await;
    assert_eq!(family.number(), "2026/000001");
}
