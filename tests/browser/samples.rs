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

/// Which pages, and how they speak.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Choice {
    /// Every page in every state.
    Everything,
    /// Every page, in its first state.
    FirstStates,
    /// Every page in every state, with all its words longer by two fifths.
    Stretched,
}

/// Samples in a language; the office reads Italian.
fn samples(seat: Seat, choice: Choice) -> Vec<Sample> {
    let assets = web::State::asset_names();
    let engine = match choice {
        Choice::Stretched => Engine::stretched(assets),
        Choice::Everything | Choice::FirstStates => Engine::new(assets),
    };
    let engine = engine.expect("the templates load");
    let now = MORNING.parse().expect("an instant");
    let mut samples = Vec::new();
    for entry in PAGES {
        if entry.frame == FrameKind::Office && seat.language != Locale::It {
            continue;
        }
        let mut frame = sample::frame(entry.frame, seat.language);
        // Where its style sheet is.
        frame.mount = format!("/{}", seat.slug);
        let mut states = (entry.render)(&engine, &frame, now).expect("the sample renders");
        if choice == Choice::FirstStates {
            states.truncate(1);
        }
        for rendered in states {
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

async fn look_at(seat: Seat, choice: Choice) {
    with_samples(seat, choice, async |visitor, sample| {
        if choice == Choice::FirstStates {
            visitor.keep_picture(&sample.name).await;
        }
        visitor.examine(&sample.name).await;
        if choice == Choice::Everything {
            watch_styles(visitor, &sample.name).await;
            watch_contrast(visitor, &sample.name).await;
            let cut = visitor.execute(SPACE_OUT).await;
            assert_eq!(cut, json!([]), "{}: cut off when spaced out", sample.name);
        }
    })
    .await;
}

/// Opens one sample after the other.
async fn with_samples(seat: Seat, choice: Choice, look: impl AsyncFn(&Visitor<'_>, &Sample)) {
    let samples = Arc::new(samples(seat, choice));
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
            look(visitor, sample).await;
        }
    })
    .await;
}

#[tokio::test]
async fn no_page_in_any_state_has_barriers_on_a_telephone_in_italian() {
    look_at(Seat::telephone("alfa", Locale::It), Choice::Everything).await;
}

#[tokio::test]
async fn no_page_in_any_state_has_barriers_at_a_desk_in_english() {
    look_at(Seat::desk("beta", Locale::En), Choice::Everything).await;
}

/// A desk at 400 %, or the narrowest telephone (WCAG 2.1, 1.4.10), in a language of many words.
#[tokio::test]
async fn longer_words_find_room_on_the_narrowest_screen() {
    let seat = Seat { width: 320, ..Seat::telephone("alfa", Locale::It) };
    look_at(seat, Choice::Stretched).await;
}

/// Lines, paragraphs, letters and words as far apart as somebody may want them (WCAG 2.1, 1.4.12); what is cut off then.
const SPACE_OUT: &str = r"
    const wide = new CSSStyleSheet();
    wide.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
        p { margin-block-end: 2em !important }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, wide];
    const cut = (element) => {
        const { overflowX, overflowY, clip, clipPath } = getComputedStyle(element);
        if (overflowX === 'visible' && overflowY === 'visible' || clip !== 'auto' || clipPath !== 'none') return false;
        return element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
    };
    const page = document.documentElement;
    const wider = page.scrollWidth > page.clientWidth ? ['the page is wider than its window'] : [];
    const found = [...document.querySelectorAll('body *:not(input, select, textarea, svg)')].filter(cut);
    return [...wider, ...found.map((element) => `${element.tagName} ${element.className}`)];";

/// Words to be read, buttons and links apart, that contrast less than 7:1 (WCAG 2.1, 1.4.6).
const FIND_FAINT: &str = r"
    const done = arguments[arguments.length - 1];
    const words = ['p', 'li', 'dt', 'dd', 'label', 'legend', 'td', 'th', 'h1', 'h2', 'h3'].map((tag) => [`main ${tag}`]);
    const told = (node) => `${node.target}: ${node.failureSummary}`;
    axe.run({ include: words, exclude: [['a'], ['button'], ['.door-button']] }, { runOnly: ['color-contrast-enhanced'] }).then(
        (result) => done(result.passes.length ? result.violations.flatMap((rule) => rule.nodes.map(told)) : ['nothing was checked']),
        (error) => done([String(error)]),
    );";

/// Words to be read are no fainter than that.
async fn watch_contrast(visitor: &Visitor<'_>, name: &str) {
    let faint = visitor.driver.execute_async(FIND_FAINT, Vec::new()).await;
    let faint = faint.expect("the checker runs").json().clone();
    assert_eq!(faint, json!([]), "{name}: contrast below 7:1");
}

macro_rules! no_page_has_barriers {
    ($($name:ident: $seat:expr;)*) => {
        $(#[tokio::test]
        async fn $name() {
            look_at($seat, Choice::FirstStates).await;
        })*
    };
}

no_page_has_barriers! {
    no_page_has_barriers_on_a_telephone_in_french: Seat::telephone("alfa", Locale::Fr);
    no_page_has_barriers_on_a_telephone_in_spanish: Seat::telephone("alfa", Locale::Es);
    no_page_has_barriers_on_a_telephone_in_romanian: Seat::telephone("alfa", Locale::Ro);
    no_page_has_barriers_at_a_desk_in_albanian: Seat::desk("alfa", Locale::Sq);
    no_page_has_barriers_on_a_telephone_in_arabic: Seat::telephone("alfa", Locale::Ar);
    no_page_has_barriers_at_a_desk_in_chinese: Seat::desk("alfa", Locale::ZhHans);
    no_page_has_barriers_on_a_telephone_in_ukrainian: Seat::telephone("alfa", Locale::Uk);
}
