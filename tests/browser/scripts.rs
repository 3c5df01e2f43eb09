//! What scripts add: typing is saved by itself, rules are ticked off, haste sends nothing twice.

use crate::browser::{
    chromium::{Seat, visit},
    journey::{Household, begin, fill_in, sign_in, tick_boxes},
    portal::Portal,
    visitor::Visitor,
};
use domain::Locale;
use regex::Regex;
use support::sql;

async fn value(visitor: &Visitor<'_>, name: &str) -> String {
    let control = visitor.element(&format!("main [name='{name}']")).await;
    control.value().await.expect("a control").unwrap_or_default()
}

/// Rules of a password that are ticked off.
async fn met(visitor: &Visitor<'_>) -> Vec<String> {
    let script =
        "return [...document.querySelectorAll('[data-rule].met')].map((line) => line.dataset.rule)";
    serde_json::from_value(visitor.execute(script).await).expect("a list of rules")
}

#[tokio::test]
async fn what_was_typed_is_kept_without_pressing_anything() {
    let portal = Portal::open().await;
    visit(&portal, Seat::desk("alfa", Locale::It), async |visitor| {
        visitor.chapter = "scripts-";
        let family = Household::of(&portal, "alfa");
        begin(visitor, &family, false).await;
        visitor.write("residence.street", "Via delle Prove").await;
        let saved = async || {
            let line = visitor.text("[data-autosave-status]").await;
            line.contains("09:30").then_some(())
        };
        assert!(visitor.wait_for(saved).await.is_some(), "the page says that it saved");
        visitor.driver.refresh().await.expect("the page opens again");
        assert_eq!(value(visitor, "residence.street").await, "Via delle Prove");
        visitor.look("autosaved").await;
        // Leaving by a link, sooner than the page saves by itself.
        visitor.write("residence.number", "12").await;
        let step = visitor.path().await;
        visitor.press_at(".it-brand-wrapper a").await;
        visitor.open(&step).await;
        assert_eq!(value(visitor, "residence.number").await, "12");
    })
    .await;
}

#[tokio::test]
async fn the_rules_of_a_password_are_ticked_off_while_it_is_typed() {
    let portal = Portal::open().await;
    visit(&portal, Seat::desk("alfa", Locale::It), async |visitor| {
        visitor.chapter = "scripts-";
        let family = Household::of(&portal, "alfa");
        begin(visitor, &family, false).await;
        visitor.press("enrol.step.save_draft").await;
        let pattern = Regex::new(r"(?m)^ {4}(\S*[A-Z]\S*)$").expect("a pattern");
        let find = |text: &str| pattern.captures(text).map(|found| found[1].to_owned());
        let password = portal.mailed(&family.guardian.email, |mail| find(&mail.text)).await;
        sign_in(visitor, &family, &password).await;
        assert_eq!(visitor.title().await, "Cambio Password");
        assert_eq!(met(visitor).await, Vec::<String>::new());
        visitor.write("new_password", "4711081547").await;
        assert_eq!(met(visitor).await, ["length", "not-repeated"]);
        visitor.write("new_password", "abababababab").await;
        assert_eq!(met(visitor).await, ["length", "not-digits"]);
        visitor.write("new_password", "cavallo nuvola").await;
        assert_eq!(met(visitor).await, ["length", "not-digits", "not-repeated"]);
        visitor.look("password-rules").await;
    })
    .await;
}

#[tokio::test]
async fn a_double_click_and_a_resend_from_the_page_before_send_one_application() {
    let portal = Portal::open().await;
    visit(&portal, Seat::desk("alfa", Locale::It), async |visitor| {
        visitor.chapter = "scripts-";
        let family = Household::of(&portal, "alfa");
        begin(visitor, &family, false).await;
        fill_in(visitor, &family, false).await;
        tick_boxes(visitor).await;
        let button = visitor.element("main .btn-success").await;
        let twice = visitor.driver.action_chain().double_click_element(&button);
        twice.perform().await.expect("two quick presses");
        visitor.arrive("/inviata").await;
        assert_eq!(visitor.fact("enrol.submitted.number").await, "2026/000001");
        visitor.driver.back().await.expect("a page before");
        visitor.arrive("/riepilogo").await;
        tick_boxes(visitor).await;
        visitor.press_at("main .btn-success").await;
        visitor.arrive("/inviata").await;
        assert_eq!(visitor.fact("enrol.submitted.number").await, "2026/000001");
        assert_eq!(applications(&portal).await, 1);
    })
    .await;
}

async fn applications(portal: &Portal) -> i64 {
    let mut database = portal.app.database.app().await;
    let begin = format!("BEGIN; SET LOCAL app.tenant = '{}'", portal.app.tenant("alfa"));
    sql::execute(&mut database, &begin).await.expect("a transaction of the comune");
    sql::value(&mut database, "SELECT count(*) FROM application").await.expect("a number")
}
