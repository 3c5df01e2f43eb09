//! The table of the product's doors: every route, every method, and what it says to everybody who may knock.
//!
//! A route that is added appears in the table by itself and fails the test until a person has read its line.

use axum::http::{HeaderMap, Method};
use routes::{Audience, Method as Verb, RouteInfo, Scope};
use std::fmt::Write as _;
use support::{
    app::{SHARED_HOST, TestApp},
    browser::Browser,
    cast::Cast,
    form::Form,
    page::Page,
};

const ACTORS: [&str; 7] =
    ["anonymous", "family_a", "family_b", "foreign_family", "person", "officer", "foreign_officer"];

/// Routes that end the session of whoever posts come last, so that everybody is in until then; the families' way out
/// ends an officer's session as well.
fn in_turn() -> Vec<&'static RouteInfo> {
    let mut all: Vec<_> = routes::all().collect();
    all.sort_by_key(|info| {
        ["office_sign_out", "sign_out"].iter().position(|name| *name == info.name)
    });
    all
}

/// What the address bar of an actor says at the end of one request: status, and for a redirect where to.
fn answer(page: &Page) -> String {
    let place = page.location().map(|location| {
        let segments = location.split('?').next().unwrap_or_default().split('/');
        let kept = segments.map(|segment| match segment.parse::<uuid::Uuid>() {
            Ok(_) => "*",
            Err(_) => segment,
        });
        kept.collect::<Vec<_>>().join("/")
    });
    match place {
        Some(place) => format!("{} {place}", page.status.as_u16()),
        None => page.status.as_u16().to_string(),
    }
}

async fn knock(browser: &mut Browser<'_>, info: &RouteInfo, verb: Verb, path: &str) -> Page {
    if info.scope == Scope::Platform {
        SHARED_HOST.clone_into(&mut browser.host);
    }
    match verb {
        Verb::Get => browser.get(path).await,
        // An empty form: whoever is let in is told what is missing, and nothing changes.
        Verb::Post => browser.post(&Form::by_hand(path, &[])).await,
    }
}

#[tokio::test]
async fn every_route_says_to_each_actor_what_the_table_says() {
    let app = TestApp::start().await;
    let cast = Cast::assemble(&app).await;
    let mut lines = Vec::new();
    for info in in_turn() {
        for verb in [Verb::Get, Verb::Post] {
            let path = cast.path(info);
            let mut line = format!("{:<20} {:<4}", info.name, format!("{verb:?}").to_uppercase());
            for (name, mut browser) in cast.actors() {
                let page = knock(&mut browser, info, verb, &path).await;
                assert!(page.status.as_u16() < 500, "{name} at {} {path}", info.name);
                write!(line, " | {:<25}", answer(&page)).unwrap();
            }
            lines.push(line.trim_end().to_owned());
        }
    }
    let mut head = format!("{:<20} {:<4}", "route", "");
    for actor in ACTORS {
        write!(head, " | {actor:<25}").unwrap();
    }
    lines.sort();
    lines.insert(0, head.trim_end().to_owned());
    insta::assert_snapshot!("routes_by_actor", lines.join("\n"));
}

#[tokio::test]
async fn the_table_names_its_actors_in_their_order() {
    let app = TestApp::start().await;
    let cast = Cast::assemble(&app).await;
    let names: Vec<&str> = cast.actors().iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ACTORS);
}

#[tokio::test]
async fn whose_a_page_is_not_learns_nothing_about_it() {
    let app = TestApp::start().await;
    let cast = Cast::assemble(&app).await;
    let nowhere = "0198c0de-0000-7000-8000-000000000001";
    for info in routes::all() {
        let strangers: &[&str] = match info.audience {
            Audience::Draft => &["family_b", "person", "officer", "anonymous", "foreign_family"],
            Audience::Officer => &["foreign_officer", "family_a", "anonymous"],
            // A person's page has one address for everybody: nothing of anybody's stands in it.
            Audience::Identity | Audience::Public | Audience::Platform => continue,
        };
        let real = cast.path(info);
        let mut invented = real.clone();
        for id in [cast.draft.to_string(), cast.application.to_string()] {
            invented = invented.replace(&id, nowhere);
        }
        for (_, mut browser) in
            cast.actors().into_iter().filter(|(name, _)| strangers.contains(name))
        {
            for verb in info.methods {
                let there = knock(&mut browser, info, *verb, &real).await;
                let not_there = knock(&mut browser, info, *verb, &invented).await;
                assert_eq!(there.status, not_there.status, "{}", info.name);
                let same = neutral(&there, &real) == neutral(&not_there, &invented);
                assert!(same, "{}: the same bytes whether or not it exists", info.name);
            }
        }
    }
}

/// The body without the one address that it may repeat.
fn neutral(page: &Page, path: &str) -> String {
    String::from_utf8_lossy(&page.bytes).replace(path, "HERE")
}

#[tokio::test]
async fn an_id_that_is_none_is_a_page_that_is_none() {
    let app = TestApp::start().await;
    let cast = Cast::assemble(&app).await;
    for info in routes::all()
        .filter(|info| info.pattern.contains("{draft}") || info.pattern.contains("{application}"))
    {
        for odd in
            ["x", "0", "..", "%00", "1%27%20OR%201=1--", "0198c0de-0000-7000-8000-00000000000g"]
        {
            let mut path = cast.path(info);
            for id in [cast.draft.to_string(), cast.application.to_string()] {
                path = path.replace(&id, odd);
            }
            for (name, mut browser) in cast.actors() {
                let page = browser.request(Method::GET, &path, HeaderMap::new(), Vec::new()).await;
                let known = [303, 400, 401, 404, 405].contains(&page.status.as_u16());
                assert!(known, "{name} at {path}: {page:?}");
            }
        }
    }
}
