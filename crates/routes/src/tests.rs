//! The table of routes is consistent, and links match their patterns.

use crate::{
    Audience, Method, Route, all,
    enrol::{Attachment, Document, DocumentFile, DocumentKind, EmailCode, NewPassword, Step},
    fill, find,
    office::OfficeConfirm,
    platform::StaticFile,
    tenant::Start,
};
use domain::{
    Locale,
    ids::{ApplicationId, AttachmentId, DraftId},
};
use std::collections::HashSet;

const ID: &str = "0198c0de-0000-7000-8000-000000000001";

fn matches(pattern: &str, path: &str) -> bool {
    let (wanted, given): (Vec<_>, Vec<_>) =
        (pattern.split('/').collect(), path.split('/').collect());
    let catch_all = wanted.last().is_some_and(|last| last.starts_with("{*"));
    (catch_all && given.len() >= wanted.len() || wanted.len() == given.len())
        && wanted.iter().zip(&given).all(|(w, g)| w.starts_with('{') && !g.is_empty() || w == g)
}

#[test]
fn names_are_unique_and_patterns_are_unique_in_their_scope() {
    let (mut names, mut patterns) = (HashSet::new(), HashSet::new());
    for info in all() {
        assert!(names.insert(info.name), "{}", info.name);
        assert!(patterns.insert((info.scope, info.pattern)), "{}", info.pattern);
        assert!(info.pattern.starts_with('/') && !info.methods.is_empty());
    }
}

#[test]
fn draft_pages_name_their_draft_and_office_pages_live_under_the_office() {
    for info in all() {
        assert_eq!(
            info.audience == Audience::Draft,
            info.pattern.contains("{draft}"),
            "{}",
            info.name
        );
        assert_eq!(
            info.name.starts_with("office_"),
            info.pattern.starts_with("/ufficio"),
            "{}",
            info.name
        );
        assert!(info.audience != Audience::Officer || info.name.starts_with("office_"));
    }
}

fn check<R: Route>(route: R) {
    let href = route.href("/taranto");
    let path = href.strip_prefix("/taranto").unwrap();
    assert!(matches(R::INFO.pattern, path), "{href}");
    assert!(!path.contains('{'), "{href}");
    let found = find(R::INFO.name).unwrap();
    assert_eq!(found.pattern, R::INFO.pattern);
}

#[test]
fn links_match_their_patterns() {
    let draft: DraftId = ID.parse().unwrap();
    let attachment: AttachmentId = ID.parse().unwrap();
    let application: ApplicationId = ID.parse().unwrap();
    check(Start {});
    check(EmailCode { draft });
    check(NewPassword { token: "a_B-9".into() });
    check(Step { draft, step: "pupil".into() });
    check(Attachment { draft, attachment });
    check(OfficeConfirm { application });
    check(StaticFile { file: "img/site.css".into() });
    for kind in DocumentKind::ALL {
        for document in Locale::ALL.map(|locale| kind.speaking(locale)) {
            check(Document { draft, document });
            assert_eq!(document.to_string().parse::<DocumentFile>().unwrap(), document);
        }
    }
    assert_eq!(EmailCode { draft }.href("/taranto"), format!("/taranto/iscrizioni/{ID}/codice"));
}

#[test]
fn parameters_cannot_leave_their_segment() {
    assert_eq!(
        Step { draft: ID.parse().unwrap(), step: "../x?y#z à".into() }.path(),
        format!("/iscrizioni/{ID}/passo/..%2Fx%3Fy%23z%20%C3%A0")
    );
    assert_eq!(fill("/static/{*file}", &[("file", "a/b c")]), "/static/a/b%20c");
}

#[test]
fn writes_are_posts_and_downloads_are_reads() {
    let writes: Vec<_> =
        all().filter(|i| i.methods.contains(&Method::Post)).map(|i| i.name).collect();
    assert!(
        writes.contains(&"summary")
            && !writes.contains(&"document")
            && !writes.contains(&"attachment")
    );
}
