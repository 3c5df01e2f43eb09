//! The whole way without a mouse: everything is reached with the tabulator, in the order of the page, and seen to be.

use crate::browser::{
    chromium::{Seat, visit},
    journey::{self, Household},
    portal::Portal,
    visitor::Visitor,
};
use domain::Locale;
use thirtyfour::{TypingData, prelude::*};

/// More stops than any page has.
const MOST_STOPS: usize = 120;

/// Where the focus is, and whether it can be seen: an outline or a shadow of its own, and nothing that lies above it
/// (WCAG 2.2, 2.4.7, 2.4.11, 2.4.12).
const FOCUS: &str = r"
    const at = document.activeElement;
    const style = getComputedStyle(at);
    const hidden = at.closest('.visually-hidden, .visually-hidden-focusable:not(:focus)');
    const marked = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
    const clear = [...at.getClientRects()].every(({ left, right, top, bottom }) =>
        [[left + 2, top + 2], [right - 2, bottom - 2]].every(([x, y]) => {
            const above = document.elementFromPoint(x, y);
            return above && (at.contains(above) || above.contains(at) || [...(at.labels ?? [])].some((label) => label.contains(above)));
        }));
    return [at.matches(arguments[0]), hidden === null && marked && clear, `${at.tagName} ${at.name || at.className || at.getAttribute('href')}`];";

/// Strikes keys wherever the focus is.
async fn keys(visitor: &Visitor<'_>, text: impl Into<TypingData>) {
    visitor.driver.action_chain().send_keys(text).perform().await.expect("keys");
}

/// Goes on with the tabulator until what fits has the focus.
async fn tab_to(visitor: &Visitor<'_>, css: &str) {
    for _ in 0..MOST_STOPS {
        keys(visitor, Key::Tab + "").await;
        let at = visitor.driver.execute(FOCUS, vec![css.into()]).await.expect("a script");
        let (there, seen, name): (bool, bool, String) =
            serde_json::from_value(at.json().clone()).expect("three facts");
        // Between the last control and the first one the page itself has it.
        assert!(seen || name.starts_with("BODY"), "the focus on {name} cannot be seen");
        if there {
            return;
        }
    }
    panic!("{css} is not reached on {}: {}", visitor.path().await, visitor.errors().await);
}

/// Presses a key that leads to another page.
async fn press(visitor: &Visitor<'_>, key: Key) {
    let before = visitor.element("html").await;
    keys(visitor, key + "").await;
    visitor.leave(&before).await;
}

async fn state(visitor: &Visitor<'_>, script: &str) -> String {
    visitor.execute(script).await.as_str().unwrap_or_default().to_owned()
}

/// Answers one question with the keys that its kind has.
async fn answer(visitor: &Visitor<'_>, name: &str, values: &[String]) {
    let css = format!("main [name='{name}']:not([type=hidden])");
    let first = visitor.element(&css).await;
    let kind = first.attr("type").await.expect("a control").unwrap_or_default();
    match (first.tag_name().await.expect("a tag").as_str(), kind.as_str()) {
        (_, "file" | "hidden") => {}
        (_, "checkbox") => {
            for value in values {
                tab_to(visitor, &format!("{css}[value='{value}']")).await;
                if state(visitor, "return String(document.activeElement.checked)").await != "true" {
                    keys(visitor, " ").await;
                }
            }
        }
        (_, "radio") => {
            tab_to(visitor, &css).await;
            keys(visitor, " ").await;
            for _ in 0..MOST_STOPS {
                let value = state(visitor, "return document.activeElement.value").await;
                if values.contains(&value) {
                    break;
                }
                keys(visitor, Key::Down + "").await;
            }
        }
        ("select", _) => {
            tab_to(visitor, &css).await;
            for _ in 0..MOST_STOPS {
                if values.contains(&state(visitor, "return document.activeElement.value").await) {
                    break;
                }
                keys(visitor, Key::Down + "").await;
            }
        }
        _ => {
            tab_to(visitor, &css).await;
            keys(visitor, values.concat()).await;
        }
    }
}

/// Names of what the page asks, in its order.
const ASKED: &str = r"
    const asked = [...document.querySelectorAll('main form [name]:not([name^=_]):not([readonly])')];
    return [...new Set(asked.map((control) => control.name))];";

async fn step(visitor: &Visitor<'_>, family: &Household) {
    let asked: Vec<String> =
        serde_json::from_value(visitor.execute(ASKED).await).expect("a list of names");
    for name in asked {
        // What stands there already, such as the verified address, is left as it is.
        let typed = "const it = document.querySelector(`main [name='NAME']`); \
                     return ['text', 'email', 'tel'].includes(it.type) ? it.value : ''";
        let prefilled = !state(visitor, &typed.replace("NAME", &name)).await.is_empty();
        let known = family.answers.iter().find(|(known, _)| *known == name);
        if let Some((_, values)) = known.filter(|_| !prefilled) {
            answer(visitor, &name, values).await;
        }
    }
    tab_to(visitor, ".step-buttons [value=next]").await;
    press(visitor, Key::Enter).await;
}

async fn enrol(seat: Seat) {
    let portal = Portal::open().await;
    portal.app.apply_folder("tenants").await;
    visit(&portal, seat, async |visitor| {
        let family = Household::of(&portal, seat.slug);
        visitor.open("/").await;
        keys(visitor, Key::Tab + "").await;
        keys(visitor, Key::Enter + "").await;
        assert_eq!(
            state(visitor, "return location.hash").await,
            "#main-container",
            "skips the header"
        );
        tab_to(visitor, "main a[href$='/iscrizioni/nuova']").await;
        press(visitor, Key::Enter).await;
        tab_to(visitor, "[name=codice_fiscale]").await;
        keys(visitor, family.pupil.codice_fiscale().as_str()).await;
        press(visitor, Key::Enter).await;
        tab_to(visitor, "[name=email]").await;
        keys(visitor, family.guardian.email.as_str()).await;
        press(visitor, Key::Enter).await;
        tab_to(visitor, "[name=code]").await;
        keys(visitor, journey::mailed_code(visitor, &family.guardian.email).await).await;
        press(visitor, Key::Enter).await;
        tab_to(visitor, "[name=understood]").await;
        keys(visitor, " ").await;
        tab_to(visitor, "main form .btn-primary").await;
        press(visitor, Key::Enter).await;

        // A refused step: the summary of errors has the focus, and leads to what it names.
        tab_to(visitor, ".step-buttons [value=next]").await;
        press(visitor, Key::Enter).await;
        assert_eq!(state(visitor, "return document.activeElement.id").await, "error-summary");
        tab_to(visitor, "#error-summary a").await;
        keys(visitor, Key::Enter + "").await;
        assert_eq!(state(visitor, "return document.activeElement.name").await, "pupil_surname");
        keys(visitor, family.pupil.surname.as_str()).await;

        while !visitor.path().await.ends_with("/riepilogo") {
            let before = visitor.path().await;
            step(visitor, &family).await;
            assert_ne!(visitor.path().await, before, "{}", visitor.errors().await);
        }
        for name in ["declarations", "privacy"] {
            tab_to(visitor, &format!("[name={name}]")).await;
            keys(visitor, " ").await;
        }
        tab_to(visitor, "main form .btn-success").await;
        press(visitor, Key::Enter).await;
        visitor.arrive("/inviata").await;
        tab_to(visitor, ".download-list a").await;
    })
    .await;
}

#[tokio::test]
async fn a_family_enrols_without_a_mouse() {
    enrol(Seat::desk("alfa", Locale::It)).await;
}

#[tokio::test]
async fn a_family_enrols_without_a_mouse_in_arabic() {
    enrol(Seat::desk("taranto", Locale::Ar)).await;
}

#[tokio::test]
async fn a_family_enrols_without_a_mouse_in_chinese() {
    enrol(Seat::telephone("taranto", Locale::ZhHans)).await;
}
