//! Every page in every state that it can show, also those that no walk comes past.

use crate::browser::{
    chromium::{Seat, visit},
    portal::Portal,
    visitor::Visitor,
};
use axum::{Router, extract::Path, http::header, response::Html, routing::get};
use domain::Locale;
use pages::{Engine, FrameKind, PAGES, sample};
use serde_json::json;
use std::sync::Arc;
use support::{app::MORNING, environment};

/// A rendered page with its name in a report.
struct Sample {
    name: String,
    html: String,
}

/// All samples in a language; the office reads Italian.
fn samples(seat: Seat) -> Vec<Sample> {
    let engine = Engine::new(web::State::asset_names()).expect("the templates load");
    let now = MORNING.parse().expect("an instant");
    let mut samples = Vec::new();
    for entry in PAGES {
        if entry.frame == FrameKind::Office && seat.language != Locale::It {
            continue;
        }
        let mut frame = sample::frame(entry.frame, seat.language);
        // Where its style sheet is.
        frame.mount = format!("/{}", seat.slug);
        for rendered in (entry.render)(&engine, &frame, now).expect("the sample renders") {
            let stem = entry.template.trim_end_matches(".html").replace('/', ".");
            // A page that leaves by itself would be gone before it is looked at.
            let html = rendered.html.replace(" data-submit-now", "");
            samples.push(Sample { name: format!("{stem}.{}", rendered.name), html });
        }
    }
    samples
}

/// What stands in for every image that an operator may have.
const LOGO: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="120" height="32"><rect width="120" height="32" fill="#06c"/></svg>"##;

/// Where the library's whole style sheet is.
const WHOLE: &str = "/campioni/intero.css";

/// Rules of the library that would change the page and that its lean sheet does not have.
const FIND_LOST_RULES: &str = r"
    const done = arguments[arguments.length - 1];
    const states = /::?(?!not|is|where|has|nth|first|last|only|root|empty)[a-z-]+(\([^)]*\))?/g;
    const selectors = (rules) => [...rules].flatMap((rule) => {
        if (rule.selectorText) return rule.selectorText.split(/,(?![^(]*\))/).map((text) => text.trim());
        return rule.cssRules && !(rule instanceof CSSKeyframesRule) ? selectors(rule.cssRules) : [];
    });
    const applies = (selector) => {
        try {
            return document.querySelector(selector.replace(states, '') || '*');
        } catch {
            return false;
        }
    };
    const find = async () => {
        const whole = new CSSStyleSheet();
        whole.replaceSync(await (await fetch(arguments[0])).text());
        const lean = new Set([...document.styleSheets].flatMap((sheet) => selectors(sheet.cssRules)));
        const lost = [...new Set(selectors(whole.cssRules))].filter((selector) => !lean.has(selector));
        return lost.length ? lost.filter(applies) : ['the sheets are the same'];
    };
    find().then(done, (error) => done([String(error)]));";

/// The page looks as it would with the whole library.
async fn watch_styles(visitor: &Visitor<'_>, name: &str) {
    let lost = visitor.driver.execute_async(FIND_LOST_RULES, vec![json!(WHOLE)]).await;
    let lost = lost.expect("the sheets are compared").json().clone();
    assert_eq!(lost, json!([]), "{name}: rules of the library that the page lacks");
}

async fn look_at_all(seat: Seat) {
    let samples = Arc::new(samples(seat));
    let shown = Arc::clone(&samples);
    let show = async move |Path(number): Path<usize>| Html(shown[number].html.clone());
    let image = async || ([(header::CONTENT_TYPE, "image/svg+xml")], LOGO);
    let beside = Router::new()
        .route("/campioni/{number}", get(show))
        .route("/montesole/accesso/loghi/{name}", get(image))
        .route(WHOLE, get(async || environment::asset("bootstrap-italia.whole.css")));
    let portal = Portal::open_with(beside).await;
    visit(&portal, seat, async |visitor| {
        for (number, sample) in samples.iter().enumerate() {
            visitor.follow(&format!("/campioni/{number}")).await;
            visitor.examine(&sample.name).await;
            watch_styles(visitor, &sample.name).await;
        }
    })
    .await;
}

#[tokio::test]
async fn no_page_in_any_state_has_barriers_on_a_telephone_in_italian() {
    look_at_all(Seat::telephone("alfa", Locale::It)).await;
}

#[tokio::test]
async fn no_page_in_any_state_has_barriers_at_a_desk_in_english() {
    look_at_all(Seat::desk("beta", Locale::En)).await;
}
