//! Criteria of AgID's model that only a browser sees: fonts, the version and the classes of Bootstrap Italia.

use crate::browser::{
    chromium::{Seat, visit},
    portal::Portal,
    visitor::Visitor,
};
use domain::Locale;
use serde_json::{Value, json};

const PAGES: [&str; 6] =
    ["/", "/servizi/canteen", "/accessibilita", "/privacy", "/iscrizioni/nuova", "/verifica"];

/// Headings and paragraphs in another font than those of the criterion.
const OTHER_FONTS: &str = r#"
    const wanted = ['Titillium Web', 'Lora', 'Roboto Mono'];
    const first = (element) => getComputedStyle(element).fontFamily.split(',')[0].replace(/["']/g, '').trim();
    return [...document.querySelectorAll('h1, h2, h3, h4, h5, h6, p')]
        .filter((element) => !wanted.includes(first(element)))
        .map((element) => `${element.tagName} ${first(element)}: ${element.textContent.trim().slice(0, 40)}`);"#;

/// How many of a hundred class names that the page uses are Bootstrap Italia's.
const SHARE: &str = r"
    const library = [...document.styleSheets].find((sheet) => sheet.href.includes('bootstrap-italia'));
    const known = new Set();
    const collect = (rules) => {
        for (const rule of rules) {
            for (const name of (rule.selectorText || '').matchAll(/\.(-?[_a-zA-Z][\w-]*)/g)) known.add(name[1]);
            if (rule.cssRules) collect(rule.cssRules);
        }
    };
    collect(library.cssRules);
    const used = new Set([...document.querySelectorAll('[class]')].flatMap((element) => [...element.classList]));
    return Math.floor([...used].filter((name) => known.has(name)).length * 100 / used.size);";

const VERSION: &str =
    "return getComputedStyle(document.body).getPropertyValue('--bootstrap-italia-version');";

async fn on_each_page(script: &str, check: impl Fn(&str, Value)) {
    let portal = Portal::open().await;
    visit(&portal, Seat::desk("beta", Locale::It), async |visitor: &mut Visitor<'_>| {
        for path in PAGES {
            visitor.open(path).await;
            check(path, visitor.execute(script).await);
        }
    })
    .await;
}

#[tokio::test]
async fn c_se_1_3_headings_and_paragraphs_are_in_the_fonts_of_the_design_system() {
    on_each_page(OTHER_FONTS, |path, found| assert_eq!(found, json!([]), "{path}")).await;
}

#[tokio::test]
async fn the_validator_reads_the_version_of_bootstrap_italia() {
    on_each_page(VERSION, |path, found| {
        let version = found.as_str().unwrap_or_default().trim_matches([' ', '"', '\'']).to_owned();
        let major = version.split('.').next().and_then(|major| major.parse::<u32>().ok());
        assert!(major.is_some_and(|major| major >= 2), "{path}: {version}");
    })
    .await;
}

#[tokio::test]
async fn at_least_thirty_of_a_hundred_classes_are_those_of_bootstrap_italia() {
    on_each_page(SHARE, |path, found| {
        assert!(found.as_i64().is_some_and(|share| share >= 30), "{path}: {found} of 100");
    })
    .await;
}

#[tokio::test]
async fn the_pages_about_the_service_look_right_and_a_rating_is_given() {
    for seat in [Seat::desk("beta", Locale::It), Seat::telephone("beta", Locale::En)] {
        let portal = Portal::open().await;
        visit(&portal, seat, async |visitor: &mut Visitor<'_>| {
            visitor.chapter = "site-";
            visitor.open("/accessibilita").await;
            visitor.look("accessibility").await;
            visitor.open("/privacy").await;
            visitor.look("privacy").await;
            visitor.open("/servizi/canteen").await;
            visitor.element("#stars-4").await.click().await.expect("a star can be chosen");
            visitor.look("service").await;
            visitor.press_at(".rating-box button").await;
            visitor.element("[data-element=feedback-rating-positive]").await;
            visitor.look("rating").await;
            let answer = visitor.element("label[for=answer-clear]").await;
            answer.click().await.expect("an answer can be chosen");
            visitor.press_at("main form .btn-primary").await;
            visitor.arrive("/valutazione/grazie").await;
            visitor.look("thanks").await;
        })
        .await;
    }
}
