//! Finding tenants, replacing them, and the demo's windows.

use super::{Registry, host_of};
use crate::{DemoState, Tenant, TenantBundle, demo_windows, load_dir};
use domain::{
    SchoolService, SchoolYear,
    enrolment_window::{WindowKind, WindowState, parse_rome, rome_instant},
    ids::TenantId,
};
use jiff::{Timestamp, civil::Date};
use std::path::Path;
use uuid::Uuid;

fn bundles(folder: &str) -> Vec<TenantBundle> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
    load_dir(&root).unwrap().into_iter().map(|(_, loaded)| loaded.unwrap()).collect()
}

fn id(number: u128) -> TenantId {
    Uuid::from_u128(number).into()
}

fn registry() -> Registry {
    let registry = Registry::new();
    let all = bundles("tenants").into_iter().chain(bundles("tests/fixtures/tenants"));
    registry.replace(
        (1..).zip(all).map(|(number, bundle)| Tenant::new(id(number), 1, bundle)).collect(),
    );
    registry
}

fn instant(text: &str) -> Timestamp {
    rome_instant(parse_rome(text).unwrap()).unwrap()
}

fn tenant(slug: &str) -> std::sync::Arc<Tenant> {
    registry().by_slug(slug).unwrap()
}

#[test]
fn hosts_are_compared_as_the_web_does() {
    let registry = registry();
    for host in ["alfa.example.test", "ALFA.Example.Test:8443", "alfa.example.test."] {
        assert_eq!(registry.by_host(host).unwrap().slug(), "alfa", "{host}");
    }
    for host in ["", "example.test", "alfa.example.test:x", "alfa.example.test@x", "[::1]:80"] {
        assert!(registry.by_host(host).is_none(), "{host}");
    }
    assert_eq!(host_of("A.it.:80").as_deref(), Some("a.it"));
}

#[test]
fn a_registry_without_tenants_can_be_loaded() {
    let registry = Registry::new();
    assert!(!registry.is_loaded());
    registry.set_loaded();
    assert!(registry.is_loaded() && registry.all().is_empty());
}

#[test]
fn tenants_are_found_by_identifier_and_path() {
    let registry = registry();
    let found = registry.by_slug("taranto").unwrap();
    assert_eq!(registry.by_id(found.id()).unwrap().name(), "Comune di Taranto");
    assert!(registry.by_slug("Taranto").is_none());
    assert!(registry.by_id(id(99)).is_none());
}

#[test]
fn the_field_comune_searches_without_accents_or_case() {
    let registry = registry();
    let slugs = |query: &str| -> Vec<String> {
        registry.search(query, 10).iter().map(|found| found.slug().to_owned()).collect()
    };
    assert_eq!(slugs("  TÀRANTO"), ["taranto"]);
    assert_eq!(slugs("sull'alba"), ["montesole"]);
    assert_eq!(slugs("alba"), ["montesole"]);
    assert_eq!(slugs("sull alb"), ["montesole"]);
    assert_eq!(slugs("lba"), Vec::<String>::new(), "only starts of words");
    assert_eq!(slugs(""), Vec::<String>::new());
    assert_eq!(registry.all().len(), 4);
    assert_eq!(registry.search("t", 0).len(), 0);
}

#[test]
fn a_newer_version_takes_the_place_of_the_older_one() {
    let registry = registry();
    let alfa = registry.by_slug("alfa").unwrap();
    let mut bundle = alfa.bundle().clone();
    bundle.settings.access.hosts = vec!["new.example.test".to_owned().try_into().unwrap()];
    registry.replace(vec![Tenant::new(alfa.id(), 2, bundle)]);
    assert_eq!(registry.by_host("new.example.test").unwrap().version(), 2);
    assert!(registry.by_host("alfa.example.test").is_none(), "the old host is given up");
    assert_eq!(alfa.version(), 1, "a request under way keeps what it began with");
    registry.remove(alfa.id());
    assert!(registry.by_slug("alfa").is_none());
}

#[test]
fn a_version_in_force_or_known_to_be_unreadable_is_settled_and_a_newer_one_is_not() {
    let registry = registry();
    let alfa = registry.by_slug("alfa").unwrap().id();
    assert!(registry.is_settled(alfa, 1) && !registry.is_settled(alfa, 2));
    registry.set_unreadable(alfa, 2);
    assert!(registry.is_settled(alfa, 2) && !registry.is_settled(alfa, 3));
    assert_eq!(registry.by_slug("alfa").unwrap().version(), 1);
}

#[test]
fn a_body_of_another_schema_or_shape_cannot_be_read() {
    let mut body = tenant("alfa").bundle().to_body().unwrap();
    for schema in [9.into(), "x".into()] {
        body["settings"]["schema"] = schema;
        assert!(TenantBundle::from_body(body.clone()).is_err(), "{}", body["settings"]["schema"]);
    }
}

#[test]
fn windows_decide_what_is_open() {
    let (beta, now) = (tenant("beta"), instant("2026-09-15 10:00"));
    let year = SchoolYear::starting(2026).unwrap();
    let states: Vec<WindowState> =
        beta.offers(year, WindowKind::New, now).iter().map(|offer| offer.state).collect();
    assert!(matches!(
        states.as_slice(),
        [
            WindowState::Open { closes_at: Some(_) },
            WindowState::OpenLate { .. },
            WindowState::Closed { .. },
            WindowState::NotYetOpen { .. },
        ]
    ));
    let open = [SchoolService::Canteen, SchoolService::Transport];
    assert_eq!(beta.open_services(year, now), open);
    assert_eq!(beta.enrolling_year(WindowKind::New, now), Some(year));
    assert_eq!(beta.enrolling_year(WindowKind::Renewal, now), None);
    let alfa = tenant("alfa");
    assert_eq!(alfa.enrolling_year(WindowKind::New, instant("2026-09-08 07:59")), None);
    assert_eq!(alfa.shown_year(instant("2026-01-01 00:00")), Some(year));
    assert_eq!(alfa.shown_year(instant("2030-01-01 00:00")), Some(year));
}

#[test]
fn drafts_and_answers_have_their_days() {
    let (alfa, now) = (tenant("alfa"), instant("2026-09-15 10:00"));
    let year = SchoolYear::starting(2026).unwrap();
    assert_eq!(alfa.draft_expires_at(year, now), instant("2026-10-16 00:00"));
    let late = instant("2027-08-20 10:00");
    assert_eq!(alfa.draft_expires_at(year, late), instant("2027-09-01 00:00"));
    assert_eq!(alfa.answer_by(now), Date::constant(2026, 10, 15));
}

#[test]
fn the_demo_shows_every_state_on_any_day() {
    for today in [Date::constant(2027, 2, 28), Date::constant(2031, 11, 21)] {
        let mut states = Vec::new();
        for (number, mut bundle) in (1..).zip(bundles("tenants")) {
            demo_windows(&mut bundle, today);
            let tenant = Tenant::new(id(number), 1, bundle);
            let now = rome_instant(today.at(12, 0, 0, 0)).unwrap();
            let year = tenant.enrolling_year(WindowKind::New, now).unwrap();
            let first = if today.month() < 3 { today.year() - 1 } else { today.year() };
            assert_eq!(year.first(), first);
            assert_eq!(tenant.form(year).unwrap().school_year, Some(year));
            states.extend(tenant.windows().map(|window| window.state(now)));
            for (window, settings) in tenant.windows().zip(&tenant.settings().windows) {
                let shown = match window.state(now) {
                    WindowState::NotYetOpen { .. } => DemoState::NotYetOpen,
                    WindowState::Open { .. } => DemoState::Open,
                    WindowState::Closed { .. } => DemoState::Closed,
                    WindowState::OpenLate { .. } => DemoState::OpenLate,
                };
                assert_eq!(shown, settings.demo);
            }
        }
        assert!(states.iter().any(|state| matches!(state, WindowState::NotYetOpen { .. })));
        assert!(states.iter().any(|state| state.is_late()));
    }
}
