//! Families who read neither Italian nor English: the whole way, in the script and the direction of their language.

use crate::browser::{
    chromium::{Seat, visit},
    journey::{self, Household},
    portal::Portal,
    visitor::Visitor,
};
use domain::Locale;
use serde_json::json;

/// A shipped comune that speaks all languages.
const SLUG: &str = "taranto";

async fn portal() -> Portal {
    let portal = Portal::open().await;
    portal.app.apply_folder("tenants").await;
    portal
}

/// From the start page to the three documents, every page looked at.
async fn walk(seat: Seat) {
    let portal = portal().await;
    visit(&portal, seat, async |visitor| {
        let family = Household::of(&portal, SLUG);
        journey::enrol(visitor, &family).await;
        let html = visitor.element("html").await;
        let (tag, direction) = (seat.language.tag(), seat.language.direction());
        assert_eq!(html.attr("lang").await.unwrap().as_deref(), Some(tag));
        assert_eq!(html.attr("dir").await.unwrap().as_deref(), Some(direction));
        let texts = journey::open_documents(visitor).await;
        let courtesy = visitor.words("documents.shared.courtesy");
        let joined = |text: &str| text.split_whitespace().collect::<String>();
        // A reader of PDFs gives shaped Arabic back in its own way.
        let (copies, binding) = texts.split_at(3);
        if direction == "ltr" {
            assert!(copies.iter().all(|text| joined(text).contains(&joined(&courtesy))));
        }
        assert!(binding.iter().all(|text| text.contains("Pagina 1 di")), "{binding:?}");
        visitor.press("enrol.submitted.status").await;
        visitor.look("status").await;
    })
    .await;
}

#[tokio::test]
async fn the_journey_on_a_telephone_in_arabic() {
    walk(Seat::telephone(SLUG, Locale::Ar)).await;
}

#[tokio::test]
async fn the_journey_at_a_desk_in_arabic() {
    walk(Seat::desk(SLUG, Locale::Ar)).await;
}

#[tokio::test]
async fn the_journey_on_a_telephone_in_chinese() {
    walk(Seat::telephone(SLUG, Locale::ZhHans)).await;
}

#[tokio::test]
async fn the_journey_at_a_desk_in_chinese() {
    walk(Seat::desk(SLUG, Locale::ZhHans)).await;
}

/// From the start page to a sent application, with a look at its last pages.
async fn send(visitor: &mut Visitor<'_>, portal: &Portal) {
    let family = Household::of(portal, SLUG);
    journey::begin(visitor, &family, false).await;
    journey::fill_in(visitor, &family, false).await;
    visitor.look("summary").await;
    journey::tick_boxes(visitor).await;
    visitor.press("enrol.summary.send").await;
    visitor.arrive("/inviata").await;
    visitor.look("submitted").await;
}

async fn walk_without_scripts(seat: Seat) {
    let portal = portal().await;
    visit(&portal, seat.without_scripts(), async |visitor| {
        send(visitor, &portal).await;
        assert_eq!(visitor.count("html.js").await, 0, "scripts are off");
        assert_eq!(visitor.fact("enrol.submitted.number").await, "2026/000001");
    })
    .await;
}

#[tokio::test]
async fn the_journey_without_scripts_in_arabic() {
    walk_without_scripts(Seat::telephone(SLUG, Locale::Ar)).await;
}

#[tokio::test]
async fn the_journey_without_scripts_in_chinese() {
    walk_without_scripts(Seat::desk(SLUG, Locale::ZhHans)).await;
}

/// From the icon on the home screen to a sent application.
async fn walk_the_app(seat: Seat) {
    let portal = portal().await;
    visit(&portal, seat.installed(), async |visitor| {
        let standalone = "return matchMedia('(display-mode: standalone)').matches";
        assert_eq!(visitor.execute(standalone).await, json!(true), "a window of its own");
        send(visitor, &portal).await;
        journey::open_documents(visitor).await;
        assert_eq!(visitor.execute(standalone).await, json!(true), "it was never left");
    })
    .await;
}

#[tokio::test]
async fn the_installed_app_in_italian() {
    walk_the_app(Seat::desk(SLUG, Locale::It)).await;
}

#[tokio::test]
async fn the_installed_app_in_arabic() {
    walk_the_app(Seat::telephone(SLUG, Locale::Ar)).await;
}

#[tokio::test]
async fn the_installed_app_in_chinese() {
    walk_the_app(Seat::telephone(SLUG, Locale::ZhHans)).await;
}

/// Chooses another language while a step is half written.
async fn change_in_the_middle(seat: Seat) {
    let portal = portal().await;
    visit(&portal, seat, async |visitor| {
        visitor.chapter = "language-";
        journey::begin(visitor, &Household::of(&portal, SLUG), false).await;
        visitor.write("pupil_surname", "Metà").await;
        visitor.write("residence.street", "Via delle Prove").await;
        choose(visitor, Locale::Ar).await;
        let html = visitor.element("html").await;
        assert_eq!(html.attr("dir").await.unwrap().as_deref(), Some("rtl"));
        for (name, typed) in [("pupil_surname", "Metà"), ("residence.street", "Via delle Prove")] {
            let control = visitor.element(&format!("main [name='{name}']")).await;
            assert_eq!(control.value().await.unwrap().as_deref(), Some(typed), "{name}");
        }
        assert_eq!(visitor.errors().await, "", "nobody has pressed anything yet");
        visitor.look("changed").await;
    })
    .await;
}

async fn choose(visitor: &Visitor<'_>, language: Locale) {
    visitor.element(".language-chooser summary").await.click().await.unwrap();
    visitor.press_at(&format!(".language-chooser [value='{language}']")).await;
}

#[tokio::test]
async fn nothing_typed_is_lost_when_the_language_changes() {
    change_in_the_middle(Seat::telephone(SLUG, Locale::It)).await;
}

#[tokio::test]
async fn nothing_typed_is_lost_when_the_language_changes_without_scripts() {
    change_in_the_middle(Seat::desk(SLUG, Locale::It).without_scripts()).await;
}

#[tokio::test]
async fn the_boxes_of_the_summary_stay_ticked_when_the_language_changes() {
    let portal = portal().await;
    visit(&portal, Seat::desk(SLUG, Locale::It), async |visitor| {
        let family = Household::of(&portal, SLUG);
        journey::begin(visitor, &family, false).await;
        journey::fill_in(visitor, &family, false).await;
        visitor.write("declarations", "yes").await;
        choose(visitor, Locale::Uk).await;
        let html = visitor.element("html").await;
        assert_eq!(html.attr("lang").await.unwrap().as_deref(), Some("uk"));
        for (name, ticked) in [("declarations", true), ("privacy", false)] {
            let tick = visitor.element(&format!("main [name={name}]")).await;
            assert_eq!(tick.is_selected().await.unwrap(), ticked, "{name}");
        }
        assert_eq!(visitor.errors().await, "", "nobody has pressed anything yet");
    })
    .await;
}
