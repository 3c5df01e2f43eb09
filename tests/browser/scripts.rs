//! What scripts add: typing is saved by itself, rules are ticked off, haste sends nothing twice.

use crate::browser::{
    chromium::{Seat, visit},
    journey::{Household, begin, fill_in, sign_in, tick_boxes},
    portal::Portal,
    visitor::Visitor,
};
use domain::Locale;
use regex::Regex;
use serde_json::json;
use support::{files, sql};

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

/// Lets the waiting of half an hour be over at once; what a page would save by itself in the meantime waits instead.
async fn hurry(visitor: &Visitor<'_>, warning: u32, end: u32) {
    let source = format!(
        "const wait = window.setTimeout;
         const delays = [[600000, {warning}], [100000, {end}], [400, 60000]];
         window.setTimeout = (run, delay, ...rest) => {{
             const known = delays.find(([least]) => delay >= least);
             return wait(run, known ? known[1] : delay, ...rest);
         }};"
    );
    let script = json!({ "source": source });
    let cdp = visitor.driver.cdp();
    cdp.send_raw("Page.addScriptToEvaluateOnNewDocument", script).await.expect("it is kept");
    visitor.driver.refresh().await.expect("the page opens again");
    visitor.element("footer").await;
}

const WARNING: &str = "body > [data-session-box]";

#[tokio::test]
async fn before_a_session_ends_the_page_saves_what_was_typed_and_warns() {
    let portal = Portal::open().await;
    visit(&portal, Seat::desk("alfa", Locale::It), async |visitor| {
        visitor.chapter = "scripts-";
        let family = Household::of(&portal, "alfa");
        begin(visitor, &family, false).await;
        hurry(visitor, 3_000, 60_000).await;
        visitor.write("residence.street", "Via delle Prove").await;
        let title = visitor.words("shared.session.warning_title");
        assert!(visitor.text(WARNING).await.contains(&title));
        assert!(visitor.text("[data-autosave-status]").await.contains("09:30"), "saved");
        visitor.look("session-warning").await;
        assert_eq!(visitor.count(WARNING).await, 1, "until it is answered");
        visitor.element("[data-session-continue]").await.click().await.expect("it can be pressed");
        let gone = async || (visitor.count(WARNING).await == 0).then_some(());
        assert!(visitor.wait_for(gone).await.is_some(), "whoever stays is not warned any more");
        visitor.driver.refresh().await.expect("the page opens again");
        assert_eq!(value(visitor, "residence.street").await, "Via delle Prove");
    })
    .await;
}

#[tokio::test]
async fn whoever_has_left_the_desk_is_led_out_when_the_session_ends() {
    let portal = Portal::open().await;
    visit(&portal, Seat::desk("alfa", Locale::It), async |visitor| {
        let family = Household::of(&portal, "alfa");
        begin(visitor, &family, false).await;
        hurry(visitor, 500, 1_000).await;
        visitor.arrive("/sessione-scaduta").await;
    })
    .await;
}

/// Step after step, until one has that question.
async fn come_to(visitor: &Visitor<'_>, family: &Household, question: &str) {
    while visitor.count(&format!("main [name='{question}']")).await == 0 {
        let before = visitor.path().await;
        visitor.answer(&family.answers).await;
        visitor.press_at(".step-buttons [value=next]").await;
        assert_ne!(visitor.path().await, before, "{}", visitor.errors().await);
    }
}

#[tokio::test]
async fn a_question_that_depends_on_an_answer_comes_and_goes_with_it() {
    let portal = Portal::open().await;
    visit(&portal, Seat::desk("alfa", Locale::It), async |visitor| {
        visitor.chapter = "scripts-";
        let family = Household::of(&portal, "alfa");
        begin(visitor, &family, false).await;
        come_to(visitor, &family, "diet").await;
        let certificate = visitor.element("main [name=certificate]").await;
        for (diet, asked) in [("standard", false), ("health", true), ("standard", false)] {
            visitor.write("diet", diet).await;
            assert_eq!(certificate.is_displayed().await.expect("it is there"), asked, "{diet}");
        }
        visitor.write("diet", "health").await;
        visitor.look("certificate-asked").await;
    })
    .await;
}

#[tokio::test]
async fn a_file_too_large_is_refused_before_it_is_sent() {
    let portal = Portal::open().await;
    visit(&portal, Seat::desk("alfa", Locale::It), async |visitor| {
        visitor.chapter = "scripts-";
        let family = Household::of(&portal, "alfa");
        begin(visitor, &family, false).await;
        come_to(visitor, &family, "identity_document").await;
        let folder = tempfile::tempdir().expect("a folder for files");
        let refusal = visitor.words("enrol.step.file_too_large");
        let large = files::pdf_of(10_000_001);
        let choices = [("grande.pdf", large.as_slice(), &*refusal), ("carta.pdf", files::PDF, "")];
        for (name, bytes, words) in choices {
            let file = folder.path().join(name);
            std::fs::write(&file, bytes).expect("a file");
            let control = visitor.element("main input[name=identity_document]").await;
            control.send_keys(file.to_str().expect("a path")).await.expect("it can be chosen");
            let line = visitor.text("[data-autosave-status]").await;
            assert_eq!(line, words, "{name}");
            let kept = !value(visitor, "identity_document").await.is_empty();
            assert_eq!(kept, words.is_empty(), "{name}");
            visitor.look(name.trim_end_matches(".pdf")).await;
        }
    })
    .await;
}

async fn applications(portal: &Portal) -> i64 {
    let mut database = portal.app.database.app().await;
    let begin = format!("BEGIN; SET LOCAL app.tenant = '{}'", portal.app.tenant("alfa"));
    sql::execute(&mut database, &begin).await.expect("a transaction of the comune");
    sql::value(&mut database, "SELECT count(*) FROM application").await.expect("a number")
}
