//! Rating: stars, then what they are for, then thanks; for anybody, and nothing says who.

use domain::rating::RatedPage;
use routes::{
    Route as _,
    tenant::{Rating, RatingReason, RatingThanks, Service},
};
use support::{
    app::TestApp, browser::Browser, family::Family, form::Form, inside, page::Page, words::it,
};

const BOX: &str = "[name=stars]";

fn stars(page: &Page, number: &str) -> Form {
    page.form_with(BOX).set("stars", &[number])
}

async fn service_page(browser: &mut Browser<'_>) -> Page {
    browser.open(&Service { service: domain::SchoolService::Canteen }.path()).await
}

async fn kept(app: &TestApp, slug: &str) -> Vec<String> {
    let all = "SELECT coalesce(string_agg(concat_ws('|', page, stars, answer, text, day), E'\\n' ORDER BY id), '')
                 FROM rating";
    let lines: String = inside::value(app, slug, all).await;
    lines.lines().map(str::to_owned).collect()
}

#[tokio::test]
async fn after_sending_a_family_says_how_easy_it_was_and_comes_back_to_its_application() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.enrol().await;
    assert_eq!(family.page.texts("[data-element=feedback-title]"), [it("site.rating.title")]);
    let question = family.browser.send(stars(&family.page, "5")).await;
    assert_eq!(
        question.texts("[data-element=feedback-rating-question]"),
        [it("site.rating.liked")]
    );
    let form = question.form_with("[name=text]").set("answer", &["complete"]);
    let thanks = family.browser.send(form.fill("text", "Tutto bene\r\ne in fretta")).await;
    assert!(thanks.path.ends_with(&RatingThanks {}.path()), "{thanks:?}");
    let back = thanks.attributes("main .btn-primary", "href");
    assert_eq!(back, [format!("/iscrizioni/{}/stato", family.draft())]);
    assert_eq!(kept(&app, "alfa").await, ["submitted|5|2|Tutto bene e in fretta|2026-09-15"]);
    assert!(kept(&app, "beta").await.is_empty());
}

#[tokio::test]
async fn a_visitor_without_a_session_rates_a_services_page() {
    let app = TestApp::start().await;
    let mut browser = Browser::at(&app, "beta");
    let page = service_page(&mut browser).await;
    let question = browser.send(stars(&page, "2")).await;
    assert_eq!(question.texts("[data-element=feedback-rating-question]"), [it("site.rating.hard")]);
    let answers = question.texts("[data-element=feedback-rating-answer]");
    assert_eq!(answers.len(), 5, "{answers:?}");
    assert_eq!(answers[0], "A volte le indicazioni non erano chiare");
    let thanks = browser.send(question.form_with("[name=text]")).await;
    assert!(thanks.path.ends_with("/grazie"), "the second step may be left empty: {thanks:?}");
    assert_eq!(kept(&app, "beta").await, ["service-canteen|2|2026-09-15"]);
}

#[tokio::test]
async fn whoever_stops_after_the_stars_has_given_them() {
    let app = TestApp::start().await;
    let mut browser = Browser::at(&app, "alfa");
    let page = service_page(&mut browser).await;
    browser.send(stars(&page, "4")).await;
    assert_eq!(kept(&app, "alfa").await, ["service-canteen|4|2026-09-15"]);
}

#[tokio::test]
async fn what_cannot_be_kept_is_told_and_nothing_is_kept() {
    let app = TestApp::start().await;
    let mut browser = Browser::at(&app, "alfa");
    let page = service_page(&mut browser).await;
    let none = browser.send(page.form_with(BOX)).await;
    assert_eq!(none.status, 422);
    assert!(none.error("stars").contains(&it("errors.rating.no_stars")), "{}", none.error("stars"));
    for (rated, number) in
        [("service-canteen", "6"), ("service-transport", "5"), ("start", "5"), ("", "5")]
    {
        let form = Form::by_hand(&Rating {}.path(), &[("rated", rated), ("stars", number)]);
        assert_eq!(browser.post(&form).await.status, 422, "{rated} {number}");
    }
    assert!(kept(&app, "alfa").await.is_empty());
    let question = browser.send(stars(&page, "1")).await;
    let long = question.form_with("[name=text]").set("answer", &["technical"]);
    let long = browser.send(long.fill("text", &"è".repeat(201))).await;
    assert_eq!(long.status, 422);
    assert!(long.error("text").contains("200"), "{}", long.error("text"));
    assert_eq!(long.value("text").chars().count(), 201, "nothing typed is lost");
    assert!(long.has("#answer-technical[checked]"));
    assert_eq!(kept(&app, "alfa").await, ["service-canteen|1|2026-09-15"]);
}

#[tokio::test]
async fn a_rating_is_explained_by_whoever_gave_it_until_the_next_day_and_at_its_comune_only() {
    let app = TestApp::start().await;
    let mut browser = Browser::at(&app, "alfa");
    let page = service_page(&mut browser).await;
    let question = browser.send(stars(&page, "3")).await;
    let id = question.path.rsplit('/').next().unwrap().parse().unwrap();
    let path = RatingReason { rating: id }.path();
    assert_eq!(Browser::at(&app, "beta").get(&path).await.status, 404);
    let form = Form::by_hand(&path, &[("answer", "clear"), ("text", "altrove")]);
    assert_eq!(Browser::at(&app, "beta").post(&form).await.status, 404);
    assert_eq!(browser.get(&path).await.status, 200);
    app.clock.set("2026-09-17T00:00:01+02:00".parse().unwrap());
    assert_eq!(browser.get(&path).await.status, 404);
    assert_eq!(browser.post(&form).await.status, 404);
    assert_eq!(kept(&app, "alfa").await, ["service-canteen|3|2026-09-15"]);
}

#[tokio::test]
async fn one_browser_does_not_flood_the_ratings() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.start().await;
    let mut browser = family.browser;
    let rated = RatedPage::Submitted.to_string();
    let form = Form::by_hand(&Rating {}.path(), &[("rated", &rated), ("stars", "1")]);
    let mut statuses = Vec::new();
    for _ in 0..25 {
        statuses.push(browser.post(&form).await.status.as_u16());
    }
    let taken = statuses.iter().filter(|status| **status == 303).count();
    assert!(taken >= 20 && statuses.last() == Some(&429), "{statuses:?}");
}
