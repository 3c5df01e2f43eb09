//! Every operation, asked at one comune about what belongs to another: it is not there. At home it is.

mod reach;
mod reach_identity;
mod reach_rating;

use regex::Regex;
use std::{collections::BTreeSet, fs, path::Path};
use support::{app::TestApp, environment};

/// Operations that cannot be asked about somebody else's things, and why.
const NOTHING_TO_ASK_ABOUT: &[(&str, &str)] = &[
    ("drafts::start", "begins a new draft and takes no id"),
    ("identity_providers::current", "metadata that every tenant shares"),
    ("identity_providers::in_force", "metadata that every tenant shares"),
    ("identity_providers::newest", "metadata that every tenant shares"),
    ("identity_providers::record", "metadata that every tenant shares"),
    ("identity_providers::take_turn", "metadata that every tenant shares"),
    ("logins::begin", "begins a new sign-in and takes no id"),
    ("logins::refuse", "leaves a line in its own tenant's trail, whatever it is told"),
    ("logins::register", "reads its own tenant's register and takes no id"),
    ("officers::create", "makes a new account and takes no id"),
    ("ratings::give", "keeps a new rating and takes no id"),
    ("retention::schedule", "queues a job for its own tenant and takes no id"),
    ("saml_keys::add", "keeps a key of its own tenant and takes no id"),
    ("saml_keys::discard", "its own tenant's keys, and takes no id"),
    ("saml_keys::list", "its own tenant's keys, and takes no id"),
    ("saml_keys::published", "its own tenant's keys, and takes no id"),
    ("saml_keys::retire", "its own tenant's keys, and takes no id"),
    ("saml_keys::roll", "its own tenant's keys, and takes no id"),
    ("tenants::apply", "the operator's, over all tenants"),
    ("tenants::as_of", "settings that every visitor of that tenant reads"),
    ("tenants::reload", "the platform's, over all tenants"),
];

#[tokio::test]
async fn no_operation_reaches_anything_of_another_comune_and_each_reaches_it_at_home() {
    let app = TestApp::start().await;
    let things = reach::Things::of_alfa(&app).await;
    let elsewhere = reach::table(&app, &things, "beta").await;
    for (operation, reached) in &elsewhere {
        assert!(!reached, "{operation} reached alfa's things from beta");
    }
    for (operation, reached) in reach::table(&app, &things, "alfa").await {
        assert!(reached, "{operation} reaches nothing at home, so its line shows nothing");
    }
}

#[tokio::test]
async fn every_operation_has_a_line() {
    let app = TestApp::start().await;
    let things = reach::Things::of_alfa(&app).await;
    let mut lines: BTreeSet<String> = reach::table(&app, &things, "beta")
        .await
        .into_iter()
        .map(|(name, _)| name.into())
        .collect();
    lines.extend(NOTHING_TO_ASK_ABOUT.iter().map(|(name, _)| (*name).to_owned()));
    assert_eq!(lines, declared());
}

/// Public functions of the crate that take a context or the platform: `area::name`.
fn declared() -> BTreeSet<String> {
    let source = environment::root().join("crates/operations/src");
    let function = Regex::new(r"(?m)^pub async fn (\w+)\(\s*(?:ctx|platform):").unwrap();
    let mut found = BTreeSet::new();
    collect(&source, &source, &function, &mut found);
    assert!(found.len() > 25, "{found:?}");
    found
}

fn collect(source: &Path, folder: &Path, function: &Regex, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(source, &path, function, found);
            continue;
        }
        let within = path.strip_prefix(source).unwrap().to_string_lossy().into_owned();
        let area = within.split(['/', '.']).next().unwrap_or_default().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        found.extend(function.captures_iter(&text).map(|name| format!("{area}::{}", &name[1])));
    }
}
