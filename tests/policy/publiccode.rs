//! `publiccode.yml` as version 0.4 of its standard wants it, with the keys that the Italian catalogue reads.

use serde_yaml::Value;
use std::fs;
use support::environment;

fn read() -> Value {
    let text = fs::read_to_string(environment::root().join("publiccode.yml")).unwrap();
    serde_yaml::from_str(&text).expect("it is YAML")
}

/// The value at a path such as `legal/license`.
fn at<'v>(value: &'v Value, path: &str) -> &'v Value {
    let found = path.split('/').try_fold(value, |value, key| value.get(key));
    found.unwrap_or_else(|| panic!("{path} is missing"))
}

fn text<'v>(value: &'v Value, path: &str) -> &'v str {
    let text = at(value, path).as_str().unwrap_or_else(|| panic!("{path} is no text"));
    assert!(!text.trim().is_empty(), "{path} is empty");
    text
}

fn list<'v>(value: &'v Value, path: &str) -> Vec<&'v str> {
    let items = at(value, path).as_sequence().unwrap_or_else(|| panic!("{path} is no list"));
    assert!(!items.is_empty(), "{path} is empty");
    items.iter().map(|item| item.as_str().unwrap_or_else(|| panic!("{path}: no text"))).collect()
}

#[test]
fn what_the_standard_requires_is_there_with_values_it_allows() {
    let code = read();
    assert_eq!(text(&code, "publiccodeYmlVersion"), "0.4");
    assert_eq!(text(&code, "name"), "Campanella");
    assert!(text(&code, "url").starts_with("https://"));
    assert_eq!(list(&code, "platforms"), ["web"]);
    assert_eq!(text(&code, "softwareType"), "standalone/web");
    assert!(!list(&code, "categories").is_empty());
    let stages = ["concept", "development", "beta", "stable", "obsolete"];
    assert!(stages.contains(&text(&code, "developmentStatus")));
    assert_eq!(text(&code, "legal/license"), "EUPL-1.2");
    assert!(at(&code, "localisation/localisationReady").is_bool());
    // The day of the latest release is left out until there is one.
    if let Some(day) = code.get("releaseDate") {
        day.as_str().unwrap().parse::<jiff::civil::Date>().expect("a day like 2026-09-08");
    }
}

#[test]
fn whoever_is_to_be_asked_is_named() {
    let code = read();
    assert!(["internal", "community"].contains(&text(&code, "maintenance/type")));
    let contacts = at(&code, "maintenance/contacts").as_sequence().unwrap();
    assert!(!contacts.is_empty());
    for contact in contacts {
        text(contact, "name");
    }
}

#[test]
fn each_language_of_the_screens_is_offered_and_the_catalogues_two_are_described() {
    let code = read();
    let languages: Vec<&str> = domain::Locale::ALL.iter().map(|locale| locale.tag()).collect();
    assert_eq!(list(&code, "localisation/availableLanguages"), languages);
    for language in ["it", "en"] {
        let description = at(&code, &format!("description/{language}"));
        assert!(text(description, "shortDescription").chars().count() <= 150, "{language}");
        let long = text(description, "longDescription").chars().count();
        assert!((150..=10_000).contains(&long), "{language}: {long} characters");
        assert!(list(description, "features").len() > 1, "{language}");
    }
}

#[test]
fn the_italian_catalogue_learns_of_audience_and_platforms() {
    let code = read();
    let countries = list(&code, "intendedAudience/countries");
    assert!(countries.iter().any(|country| country.eq_ignore_ascii_case("it")), "{countries:?}");
    for scope in ["education", "local-authorities"] {
        assert!(list(&code, "intendedAudience/scope").contains(&scope));
    }
    assert_eq!(text(&code, "IT/countryExtensionVersion"), "1.0");
    for platform in ["spid", "cie", "anpr", "pagopa", "io"] {
        assert!(at(&code, &format!("IT/piattaforme/{platform}")).is_bool(), "{platform}");
    }
}

#[test]
fn its_version_is_the_one_that_is_built() {
    assert_eq!(text(&read(), "softwareVersion"), env!("CARGO_PKG_VERSION"));
}
